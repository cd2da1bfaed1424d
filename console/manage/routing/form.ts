/**
 * What can be set of routing, place by place. A place is where a value stands in the settings, as the server names it
 * when it refuses one (`routing.sla.0.firstResponseMs`); what is typed there is kept as text until it is saved.
 */

export type Kind = 'text' | 'long' | 'number' | 'list' | 'date' | 'moment' | 'days' | 'languages' | 'mode' | 'switch';
export type Cell = {
  key: string;
  kind: Kind /** What one of the unit shown is worth in the settings. */;
  scale?: number;
};
export type FieldSpec = Cell & { sort: 'field' };
/** `record`: its rows are names with a number each. */
export type TableSpec = { sort: 'table'; key: string; record?: boolean; columns: readonly Cell[] };
export type Spec = FieldSpec | TableSpec;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

const field = (key: string, kind: Kind, scale?: number): FieldSpec => ({
  sort: 'field',
  key,
  kind,
  ...(scale === undefined ? {} : { scale }),
});
const cell = (key: string, kind: Kind, scale?: number): Cell => ({
  key,
  kind,
  ...(scale === undefined ? {} : { scale }),
});
const table = (key: string, ...columns: readonly Cell[]): TableSpec => ({ sort: 'table', key, columns });
const record = (key: string): TableSpec => ({
  ...table(key, cell('name', 'text'), cell('points', 'number')),
  record: true,
});

export const SECTIONS = {
  reach: [
    field('routing.mode', 'mode'),
    field('routing.offerMs', 'number', SECOND),
    field('routing.overflowMs', 'number', SECOND),
    field('routing.capacity', 'number'),
    field('routing.stickyMs', 'number', DAY),
    field('routing.maxWaiting', 'number'),
    field('routing.tellEveryMs', 'number', SECOND),
  ],
  hours: [
    table('routing.hours.week', cell('days', 'days'), cell('from', 'text'), cell('until', 'text')),
    table(
      'routing.hours.holidays',
      cell('date', 'date'),
      cell('name', 'text'),
      cell('from', 'text'),
      cell('until', 'text'),
    ),
    field('wording.outOfHours.zh', 'long'),
    field('wording.outOfHours.en', 'long'),
  ],
  skills: [
    table(
      'routing.skills',
      cell('skill', 'text'),
      cell('intents', 'list'),
      cell('languages', 'languages'),
      cell('categories', 'list'),
      cell('tags', 'list'),
    ),
  ],
  sla: [
    table(
      'routing.sla',
      cell('skill', 'text'),
      cell('firstResponseMs', 'number', SECOND),
      cell('resolutionMs', 'number', MINUTE),
      cell('warnBeforeMs', 'number', SECOND),
    ),
  ],
  priorities: [
    field('routing.priorities.angry', 'number'),
    field('routing.priorities.waitMs', 'number', MINUTE),
    record('routing.priorities.tags'),
    table('routing.priorities.value', cell('atLeast', 'number'), cell('points', 'number')),
  ],
  peak: [
    field('routing.peak.waitingPerAgent', 'number'),
    field('routing.peak.topics', 'list'),
    table('routing.peak.schedule', cell('from', 'moment'), cell('until', 'moment'), cell('topics', 'list')),
    field('wording.queueFull.zh', 'long'),
    field('wording.queueFull.en', 'long'),
  ],
  waiting: [
    field('routing.selfService', 'list'),
    field('wording.selfService.zh', 'long'),
    field('wording.selfService.en', 'long'),
    field('wording.position.zh', 'long'),
    field('wording.position.en', 'long'),
  ],
  opening: [
    field('opening.enabled', 'switch'),
    field('opening.lead.perView', 'number'),
    field('opening.lead.viewedAgain', 'number'),
    field('opening.lead.inCart', 'number'),
    field('opening.lead.returning', 'number'),
    field('opening.lead.priceFell', 'number'),
    field('opening.lead.backInStock', 'number'),
    record('opening.lead.perTag'),
    table('opening.lead.cartValue', cell('atLeast', 'number'), cell('points', 'number')),
  ],
} as const satisfies Record<string, readonly Spec[]>;
export type SectionName = keyof typeof SECTIONS;
export const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[];

const SPECS: readonly Spec[] = Object.values(SECTIONS).flat();

export type Row = Readonly<Record<string, string>>;
/** What is typed: fields by their place, tables by theirs. */
export type Draft = { fields: Readonly<Record<string, string>>; rows: Readonly<Record<string, readonly Row[]>> };

type Tree = { [name: string]: unknown };
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

export function valueAt(tree: unknown, place: string): unknown {
  return place.split('.').reduce<unknown>((value, name) => (isTree(value) ? value[name] : undefined), tree);
}

function put(tree: Tree, place: string, value: unknown): void {
  const names = place.split('.');
  const last = names.pop() ?? '';
  let at = tree;
  for (const name of names) {
    const next = isTree(at[name]) ? at[name] : {};
    at[name] = next;
    at = next;
  }
  at[last] = value;
}

/** How times are told: the tenant's clock. */
export type Clock = { show: (iso: string) => string; read: (text: string) => string };

const textOf = (value: unknown, { kind, scale = 1 }: Cell, clock: Clock): string => {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.join(kind === 'days' || kind === 'languages' ? ',' : ', ');
  if (typeof value === 'number') return String(value / scale);
  return kind === 'moment' ? clock.show(String(value)) : String(value);
};

export const listed = (text: string): string[] =>
  text
    .split(/[,，、\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** What was typed as a value; what cannot be read goes as it is, so that the server says what is wrong with it. */
function typedValue(text: string, { kind, scale = 1 }: Cell, clock: Clock): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  if (kind === 'switch') return trimmed === 'true';
  if (kind === 'list' || kind === 'languages') return listed(trimmed);
  if (kind === 'days') return listed(trimmed).map(Number);
  if (kind === 'moment') return clock.read(trimmed);
  if (kind !== 'number') return trimmed;
  const number = Number(trimmed);
  return Number.isNaN(number) ? trimmed : Math.round(number * scale * 1e6) / 1e6;
}

function rowsOf(value: unknown, { columns, record: isRecord }: TableSpec, clock: Clock): Row[] {
  if (isRecord === true) {
    return isTree(value) ? Object.entries(value).map(([name, points]) => ({ name, points: String(points) })) : [];
  }
  const rows = Array.isArray(value) ? value.filter(isTree) : [];
  return rows.map((row) => Object.fromEntries(columns.map((one) => [one.key, textOf(row[one.key], one, clock)])));
}

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

function filled(rows: readonly Row[], { columns, record: isRecord }: TableSpec, clock: Clock): unknown {
  if (isRecord === true) {
    const [name, points] = columns;
    if (name === undefined || points === undefined) return undefined;
    return Object.fromEntries(
      rows.map((row) => [row['name'] ?? '', typedValue(row['points'] ?? '', points, clock) ?? 0]),
    );
  }
  return rows.map((row) => {
    const cells = columns.map((one) => [one.key, typedValue(row[one.key] ?? '', one, clock)] as const);
    return Object.fromEntries(cells.filter(([, value]) => value !== undefined));
  });
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
  for (const spec of SPECS.filter((one) => !isWording(one) && (hasLead || !isLead(one)))) {
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
