/** How a request is met: the steps of an answer that is written as a list, and the facts that are still to be asked for. */
import { type AskedFact, askFor, factsAskedFor } from '../domain/asked-facts.ts';
import type { Procedure } from '../domain/assist.ts';
import type { Entry } from '../domain/entry.ts';
import type { Language } from '../domain/language.ts';

const MARK = /^\s*(?:(?:第?[一二三四五六七八九十\d]{1,2}步?|step \d{1,2})[.、)）:：]\s*|[①-⑳]\s*|[-*•]\s+)/i;
/** Numbers within a line: "1. …2. …", "①…②…". */
const INLINE = /(?<=[。；;，,.！!：:\s]|^)(?=(?:\d{1,2}[.、)）](?!\d)|[①-⑳]))/;
const LEAST_STEPS = 2;
const MAX_STEPS = 12;

/** The steps of a text that is a list; none where it is a sentence or two. */
export function stepsOf(text: string): string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const pieces = lines.length >= LEAST_STEPS ? lines : (lines[0] ?? '').split(INLINE);
  const marked = pieces.filter((piece) => MARK.test(piece));
  const steps = (marked.length >= LEAST_STEPS ? marked : lines.length > LEAST_STEPS ? lines : []).map((piece) =>
    piece.replace(MARK, '').trim(),
  );
  return steps.filter((step) => step !== '').slice(0, MAX_STEPS);
}

/** Undefined where there is nothing to tick off. `text`: the reply that is suggested first. */
export function procedureOf(
  text: string | undefined,
  entry: Entry | undefined,
  told: ReadonlySet<AskedFact>,
  language: Language,
): Procedure | undefined {
  const steps = stepsOf(text ?? '').map((step) => ({ text: step }));
  const asked = [...factsAskedFor(entry?.ask ?? ''), ...factsAskedFor(text ?? '')];
  const missing = [...new Set(asked)]
    .filter((fact) => fact !== 'details' && !told.has(fact))
    .map((fact) => ({ fact, ask: askFor([fact], language) }));
  return steps.length === 0 && missing.length === 0 ? undefined : { steps, missing };
}
