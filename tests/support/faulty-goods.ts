/** Lines of `tests/data/faulty-goods.yaml`. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';

const Lines = z.strictObject({ zh: z.array(z.string()).min(1), en: z.array(z.string()).min(1) });
const Part = z.strictObject({ faulty: Lines, lookalike: Lines });
const FaultyGoods = z.strictObject({ tuned: Part, held_out: Part });

export const faultyGoods = (): z.infer<typeof FaultyGoods> =>
  FaultyGoods.parse(parse(readFileSync('tests/data/faulty-goods.yaml', 'utf8')));

/** The share of lines, of both languages, of which something holds. */
export function shareOf(
  { zh, en }: z.infer<typeof Lines>,
  holds: (line: string, language: 'zh' | 'en') => boolean,
): number {
  const hits = zh.filter((line) => holds(line, 'zh')).length + en.filter((line) => holds(line, 'en')).length;
  return hits / (zh.length + en.length);
}
