/** The settings as a form, and the form as a change of the settings. */
import { SPECS, type Spec } from './sections.ts';
import { type Clock, filled, put, type Row, rowsOf, type Tree, textOf, typedValue, valueAt } from './values.ts';

/** What is typed: fields by their place, tables by theirs. */
export type Draft = { fields: Readonly<Record<string, string>>; rows: Readonly<Record<string, readonly Row[]>> };

/** One text for both languages stands in both fields. */
const worded = (settings: unknown, place: string): unknown => {
  const found = valueAt(settings, place);
  const whole = valueAt(settings, place.split('.').slice(0, -1).join('.'));
  return found === undefined && place.startsWith('wording.') && typeof whole === 'string' ? whole : found;
};

/** The settings as they stand in the form. */
export function draftOf(settings: unknown, clock: Clock): Draft {
  const fields: Record<string, string> = {};
  const rows: Record<string, Row[]> = {};
  for (const spec of SPECS) {
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
/** These go only where they were touched: none of them belongs to another. */
const isAlone = ({ key }: Spec): boolean => !/^(?:routing|opening|wording)\./.test(key);
const isWording = ({ key }: Spec): boolean => key.startsWith('wording.');

/** What a field or table adds to the change; undefined: nothing. */
function changeOf(spec: Spec, draft: Draft, clock: Clock): unknown {
  if (spec.sort === 'table') {
    const rows = draft.rows[spec.key] ?? [];
    return rows.length > 0 || !OPTIONAL.has(spec.key) ? filled(rows, spec, clock) : undefined;
  }
  const value = typedValue(draft.fields[spec.key] ?? '', spec, clock);
  if (value !== undefined) return value;
  if (spec.kind === 'list') return [];
  return isLead(spec) && !OWN_DEFAULT.has(spec.key) ? 0 : undefined;
}

/** The form as a change of the settings: routing whole, texts as far as they were touched, a lead's score whole or not. */
export function patchOf(draft: Draft, before: Draft, clock: Clock): Tree {
  const patch: Tree = {};
  const hasLead = SPECS.some(
    (spec) => isLead(spec) && ((draft.fields[spec.key] ?? '') !== '' || (draft.rows[spec.key] ?? []).length > 0),
  );
  const isSent = (spec: Spec): boolean =>
    !isWording(spec) &&
    (hasLead || !isLead(spec)) &&
    !(isAlone(spec) && draft.fields[spec.key] === before.fields[spec.key]);
  for (const spec of SPECS.filter(isSent)) {
    const change = changeOf(spec, draft, clock);
    if (change !== undefined) put(patch, spec.key, change);
  }
  const isAlwaysOpen = valueAt(patch, 'routing.hours.week') === undefined;
  if (isAlwaysOpen && valueAt(patch, 'routing.hours') !== undefined) put(patch, 'routing.hours.week', [ALWAYS]);
  return { ...patch, wording: wordingOf(draft, before) };
}

/** A text that was emptied tells nothing; one that was never set is the product's own. */
function wordingOf({ fields }: Draft, before: Draft): Tree {
  const names = new Set(SPECS.flatMap(({ key }) => (key.startsWith('wording.') ? [key.split('.')[1] ?? ''] : [])));
  const texts = [...names].flatMap((name) => {
    const both = (['zh', 'en'] as const).flatMap((language) => {
      const place = `wording.${name}.${language}`;
      const text = (fields[place] ?? '').trim();
      return text === '' && (before.fields[place] ?? '') === '' ? [] : [[language, text] as const];
    });
    return both.length === 0 ? [] : [[name, Object.fromEntries(both)] as const];
  });
  return Object.fromEntries(texts);
}

export type Wrong = { path: string; message: string };

/** What the server says is wrong at a place, or within it. */
export function wrongAt(errors: readonly Wrong[], place: string): string | undefined {
  const path = `body.${place}`;
  return errors.find((one) => one.path === path || one.path.startsWith(`${path}.`))?.message;
}
