import { fitting, type Judged } from './homedepot.ts';

const DEEP = 10;

/** Recall@10 and MRR@10 over searches; of products nobody judged none counts as fitting. */
export function measure(
  judged: readonly Judged[],
  search: (query: string) => readonly string[],
): { recall: number; mrr: number } {
  let recall = 0;
  let mrr = 0;
  for (const one of judged) {
    const good = fitting(one);
    const top = search(one.query).slice(0, DEEP);
    recall += top.filter((id) => good.has(id)).length / good.size;
    const first = top.findIndex((id) => good.has(id));
    mrr += first < 0 ? 0 : 1 / (first + 1);
  }
  return { recall: recall / judged.length, mrr: mrr / judged.length };
}
