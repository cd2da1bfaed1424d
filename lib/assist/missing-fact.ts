/** What an intent still needs from the customer when nobody is there to ask: nothing is asked twice, and nothing promised. */
import type { Entry } from '../domain/entry.ts';
import { fillSlots } from '../domain/slots.ts';
import type { AnswerContext } from './answer-options.ts';
import { openQuestion } from './answers.ts';

/** What is still open of the entry's own question; undefined where nothing is, or it was put before. */
export function missingFact(entry: Entry | undefined, context: AnswerContext): string | undefined {
  const filled = entry?.ask === undefined ? undefined : fillSlots(entry.ask, context.slots);
  if (filled?.ok !== true || filled.text === '' || context.sent.has(filled.text)) return undefined;
  const open = openQuestion(filled.text, context);
  return open === undefined || context.sent.has(open) ? undefined : open;
}

/** Clauses in which somebody says what they will do now: "我马上帮您查", "I'll look it up". */
const PROMISE =
  /^(?:我|我们|这边|马上|立刻|立即|这就)|(?:马上|立刻|立即|这就|帮您|为您|给您)|^(?:i|we)(?:'|’)?(?:ll| will| can|'m|’m)\b|^let me\b/i;

/** A question without what follows from answering it: at night nobody looks it up at once. Empty where nothing is left. */
export function askOnly(ask: string): string {
  const sentences = ask.match(/[^。.！!？?；;～~\n]+[。.！!？?；;～~\n]*/g) ?? [];
  const kept = sentences.map(withoutPromise).filter((text) => /[\p{L}\p{N}]/u.test(text));
  return kept.join('').trim();
}

function withoutPromise(sentence: string): string {
  const clauses = sentence.match(/[^，,]+[，,]?/g) ?? [];
  const kept = clauses.filter((clause) => !PROMISE.test(clause.trim()));
  if (kept.length === clauses.length) return sentence;
  const text = kept
    .join('')
    .trimEnd()
    .replace(/[，,]$/, '');
  return text === '' ? '' : `${text}${/[\p{Script=Han}）)]$/u.test(text) ? '。' : '.'}`;
}
