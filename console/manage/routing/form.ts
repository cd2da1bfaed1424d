/** The settings as a form, and the form as a change of the settings. */

import { fieldWords } from '../../refused-words.ts';
import type { Spec } from './sections.ts';
import { type Clock, filled, put, type Row, rowsOf, type Tree, textOf, typedValue, valueAt } from './values.ts';

/** What is typed: fields by their place, tables by theirs. */
export type Draft = { fields: Readonly<Record<string, string>>; rows: Readonly<Record<string, readonly Row[]>> };

const isText = (place: string): boolean => /^(?:wording|phrases)\./.test(place);

/** One text for both languages stands in both fields. */
const worded = (settings: unknown, place: string): unknown => {
  const found = valueAt(settings, place);
  const whole = valueAt(settings, place.split('.').slice(0, -1).join('.'));
  return found === undefined && isText(place) && typeof whole === 'string' ? whole : found;
};

/** The settings as they stand in the form. */
export function draftOf(settings: unknown, specs: readonly Spec[], clock: Clock): Draft {
  const fields: Record<string, string> = {};
  const rows: Record<string, Row[]> = {};
  for (const spec of specs) {
    if (spec.sort === 'field') fields[spec.key] = textOf(worded(settings, spec.key), spec, clock);
    else rows[spec.key] = rowsOf(valueAt(settings, spec.key), spec, clock);
  }
  return { fields, rows };
}

/** Tables that are not there at all when they are empty: nothing set is not the same as nothing wanted. */
const OPTIONAL = new Set([
  'routing.hours.week',
  'routing.hours.holidays',
  'routing.priorities.tags',
  'routing.priorities.value',
  'routing.peak.schedule',
]);
const ALWAYS = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '24:00' };
/** These belong together: they go whole, or not at all. */
const isLead = ({ key }: Spec): boolean => key.startsWith('opening.lead.');
/** Of these each may be left out: it is the product's then. */
const OWN_DEFAULT = new Set(['opening.lead.priceFell', 'opening.lead.backInStock']);
const headOf = ({ key }: Spec): string => key.split('.')[0] ?? '';
/** These go as far as they were touched, what stands under one name together: none of them belongs to another. */
const isAlone = (spec: Spec): boolean => !['routing', 'opening'].includes(headOf(spec));
/** Emptied, their parts are as the product has them; of anything else that was emptied the server says what it wants. */
const MAY_BE_EMPTY = new Set(['gate', 'model']);

const isTouched = ({ key }: Spec, draft: Draft, before: Draft): boolean =>
  draft.fields[key] !== before.fields[key] || JSON.stringify(draft.rows[key]) !== JSON.stringify(before.rows[key]);

function emptied(spec: Spec): unknown {
  if (spec.key === 'callbackUrl') return null;
  return isAlone(spec) && !MAY_BE_EMPTY.has(headOf(spec)) ? '' : undefined;
}

/** What a field or table adds to the change; undefined: nothing. */
function changeOf(spec: Spec, draft: Draft, clock: Clock): unknown {
  if (spec.sort === 'table') {
    const rows = draft.rows[spec.key] ?? [];
    return rows.length > 0 || !OPTIONAL.has(spec.key) ? filled(rows, spec, clock) : undefined;
  }
  const value = typedValue(draft.fields[spec.key] ?? '', spec, clock);
  if (value !== undefined) return value;
  if (spec.kind === 'list') return [];
  return isLead(spec) && !OWN_DEFAULT.has(spec.key) ? 0 : emptied(spec);
}

/** The form as a change of the settings: routing whole, texts as far as they were touched, a lead's score whole or not. */
export function patchOf(draft: Draft, before: Draft, specs: readonly Spec[], clock: Clock): Tree {
  const patch: Tree = {};
  const hasLead = specs.some(
    (spec) => isLead(spec) && ((draft.fields[spec.key] ?? '') !== '' || (draft.rows[spec.key] ?? []).length > 0),
  );
  const touched = new Set(specs.filter((spec) => isTouched(spec, draft, before)).map(headOf));
  const isSent = (spec: Spec): boolean =>
    !isText(spec.key) && (hasLead || !isLead(spec)) && (!isAlone(spec) || touched.has(headOf(spec)));
  for (const spec of specs.filter(isSent)) {
    const change = changeOf(spec, draft, clock);
    if (change !== undefined) put(patch, spec.key, change);
    else if (MAY_BE_EMPTY.has(headOf(spec))) patch[headOf(spec)] ??= {};
  }
  const isAlwaysOpen = valueAt(patch, 'routing.hours.week') === undefined;
  if (isAlwaysOpen && valueAt(patch, 'routing.hours') !== undefined) put(patch, 'routing.hours.week', [ALWAYS]);
  return { ...patch, ...textsOf('wording', draft, before), ...textsOf('phrases', draft, before) };
}

/** A text that was emptied tells nothing; one that was never set is the product's own. */
function textsOf(head: 'wording' | 'phrases', { fields }: Draft, before: Draft): Tree {
  const names = new Set(
    Object.keys(fields).flatMap((key) => (key.startsWith(`${head}.`) ? [key.split('.')[1] ?? ''] : [])),
  );
  const texts = [...names].flatMap((name) => {
    const both = (['zh', 'en'] as const).flatMap((language) => {
      const place = `${head}.${name}.${language}`;
      const text = (fields[place] ?? '').trim();
      return text === '' && (before.fields[place] ?? '') === '' ? [] : [[language, text] as const];
    });
    const isSame = both.every(([language, text]) => before.fields[`${head}.${name}.${language}`] === text);
    return isSame ? [] : [[name, Object.fromEntries(both)] as const];
  });
  return texts.length === 0 ? {} : { [head]: Object.fromEntries(texts) };
}

export type Wrong = { path: string; message: string };

/** What the server says is wrong at a place, or within it. */
export function wrongAt(errors: readonly Wrong[], place: string): string | undefined {
  const path = `body.${place}`;
  const found = errors.find((one) => one.path === path || one.path.startsWith(`${path}.`));
  return found === undefined ? undefined : fieldWords(found.message);
}
