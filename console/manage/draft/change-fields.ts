import type { FieldChange } from '../../../lib/domain/diff.ts';
import { fill } from '../../words/words.ts';
import { w } from './words.ts';

/** A change as it is shown: one text against another, or lines that came and went. */
export type ShownChange =
  | { kind: 'text'; label: string; before: string; after: string }
  | { kind: 'lines'; label: string; added: string[]; removed: string[] };

const SIMILAR = 'similarQuestions';

/** The questions that came and went are told together, everything else field by field. */
export function shownChanges(fields: readonly FieldChange[]): ShownChange[] {
  const similar = fields.filter(({ path }) => path === SIMILAR || path.startsWith(`${SIMILAR}.`));
  const others = fields.filter((field) => !similar.includes(field)).map(oneChange);
  return similar.length === 0 ? others : [...others, linesOf(similar)];
}

function oneChange({ path, before, after }: FieldChange): ShownChange {
  return {
    kind: 'text',
    label: labelOf(path, before, after),
    before: textOf(path, before),
    after: textOf(path, after),
  };
}

const strings = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined).map(String);

function linesOf(fields: readonly FieldChange[]): ShownChange {
  const before = fields.flatMap((field) => strings(field.before));
  const after = fields.flatMap((field) => strings(field.after));
  return {
    kind: 'lines',
    label: w.value.fields[SIMILAR] ?? SIMILAR,
    added: after.filter((one) => !before.includes(one)),
    removed: before.filter((one) => !after.includes(one)),
  };
}

/** `answers.0.when` as "Answer 1 · Only when". */
function labelOf(path: string, before: unknown, after: unknown): string {
  const say = w.value;
  const [head = '', place, name] = path.split('.');
  if (head !== 'answers' || place === undefined) return say.fields[head] ?? path;
  if (place === 'order') return say.order;
  const n = { n: Number(place) + 1 };
  if (name !== undefined) return `${fill(say.answerN, n)} · ${say.fields[name] ?? name}`;
  if (before === undefined) return fill(say.newAnswer, n);
  return fill(after === undefined ? say.goneAnswer : say.answerN, n);
}

function textOf(path: string, value: unknown): string {
  if (value === undefined) return '';
  if (path === 'answers.order' && Array.isArray(value)) return value.map((place) => Number(place) + 1).join(' → ');
  if (Array.isArray(value)) return value.map(String).join(', ');
  return value !== null && typeof value === 'object' ? objectText(value) : String(value);
}

/** A whole answer: its text, then what else it says. */
function objectText(value: object): string {
  const { text, ...rest } = value as { text?: string };
  const more = Object.entries(rest).map(([name, one]) => `${w.value.fields[name] ?? name}: ${String(one)}`);
  return [...(text === undefined ? [] : [text]), ...more].join('\n');
}
