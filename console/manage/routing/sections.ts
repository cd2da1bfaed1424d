/**
 * What can be set of routing and before the first word, place by place. A place is where a value stands in the settings, as the server
 * names it when it refuses one (`routing.sla.0.firstResponseMs`).
 */

type Kind =
  | 'text'
  | 'long'
  | 'number'
  | 'list'
  | 'date'
  | 'moment'
  | 'days'
  | 'languages'
  | 'choice'
  /** A choice whose ways need a sentence each. */
  | 'ways'
  /** A text that may be empty. */
  | 'note'
  | 'switch';
export type Cell = {
  key: string;
  kind: Kind;
  /** What one of the unit shown is worth in the settings. */
  scale?: number;
};
type FieldSpec = Cell & { sort: 'field' };
/** `record`: its rows are names with a number each. */
export type TableSpec = { sort: 'table'; key: string; record?: boolean; columns: readonly Cell[] };
export type Spec = FieldSpec | TableSpec;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

export const field = (key: string, kind: Kind, scale?: number): FieldSpec => ({
  sort: 'field',
  key,
  kind,
  ...(scale === undefined ? {} : { scale }),
});
export const cell = (key: string, kind: Kind, scale?: number): Cell => ({
  key,
  kind,
  ...(scale === undefined ? {} : { scale }),
});
export const table = (key: string, ...columns: readonly Cell[]): TableSpec => ({ sort: 'table', key, columns });
const record = (key: string): TableSpec => ({
  ...table(key, cell('name', 'text'), cell('points', 'number')),
  record: true,
});

export const SECTIONS = {
  reach: [
    field('routing.mode', 'choice'),
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
    field('wording.handoffNotice.zh', 'long'),
    field('wording.handoffNotice.en', 'long'),
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
