/** What an admin may say of routing and of the desk: strict, so that a slip is an error that names its place, not silence. */
import * as z from 'zod';
import { OpeningRule } from './opening.ts';
import { isPlainOrigin } from './origin.ts';
import { Hours, Peak, Priorities, Routing, SkillRule, SlaTarget } from './routing.ts';
import { Settings } from './tenant.ts';

type Issue = (path: PropertyKey[], message: string) => void;
/** Minutes of the week, `until` beyond `from`. */
type Span = { from: number; until: number; path: PropertyKey[] };

const DAY = 1_440;
const WEEK = 7 * DAY;
const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

function spanOf(from: string, until: string, path: PropertyKey[], issue: Issue): Span | undefined {
  const [start, end] = [minutes(from), minutes(until)];
  if (start === DAY) issue([...path, 'from'], 'a stretch cannot begin at the end of the day: 24:00 only ends it');
  else if (start === end) issue([...path, 'until'], 'it ends where it begins; the whole day is 00:00 to 24:00');
  else return { from: start, until: end < start ? end + DAY : end, path };
  return undefined;
}

/** Each pair of neighbours that share a minute is named at the later one. A week begins anew on Monday. */
function overlaps(spans: readonly Span[], round: number, issue: Issue): void {
  const sorted = spans.toSorted((a, b) => a.from - b.from);
  const first = sorted[0];
  const again = first === undefined ? [] : [{ ...first, from: first.from + round, until: first.until + round }];
  for (const [at, span] of [...sorted, ...again].entries()) {
    const before = sorted[at - 1];
    if (before !== undefined && before.until > span.from)
      issue(span.path, 'it overlaps with another stretch of the same time');
  }
}

function checkWeek(week: Hours['week'], issue: Issue): void {
  if (week.length === 0) issue(['week'], 'no stretch at all: nobody would ever be there; null takes the hours away');
  const spans = week.flatMap(({ days, from, until }, at) => {
    const span = spanOf(from, until, ['week', at], issue);
    if (new Set(days).size < days.length) issue(['week', at, 'days'], 'a day is named twice');
    if (span === undefined) return [];
    return [...new Set(days)].map((day) => {
      const start = (day - 1) * DAY;
      return { ...span, from: start + span.from, until: start + span.until };
    });
  });
  overlaps(spans, WEEK, issue);
}

type Holiday = NonNullable<Hours['holidays']>[number];

function checkHolidays(holidays: readonly Holiday[], issue: Issue): void {
  const placed = holidays.map((holiday, at) => ({ holiday, path: ['holidays', at] }));
  for (const date of new Set(holidays.map((one) => one.date))) {
    const rows = placed.filter(({ holiday }) => holiday.date === date);
    const late = rows.slice(1).find(({ holiday }) => isClosed(holiday) || isClosed(rows[0]?.holiday));
    if (late !== undefined) issue([...late.path, 'date'], 'this day is named twice');
    const open = rows.filter(({ holiday }) => !isClosed(holiday));
    overlaps(
      open.flatMap(({ holiday, path }) => holidaySpan(holiday, path, issue) ?? []),
      2 * DAY,
      issue,
    );
  }
}

const isClosed = (holiday: Holiday | undefined): boolean => holiday?.from === undefined && holiday?.until === undefined;

function holidaySpan({ from, until }: Holiday, path: PropertyKey[], issue: Issue): Span | undefined {
  if (from !== undefined && until !== undefined) return spanOf(from, until, path, issue);
  issue(path, 'it needs both from and until, or neither: closed all day');
  return undefined;
}

const HoursRequest = z
  .strictObject({
    week: z.array(z.strictObject(Hours.shape.week.element.shape)).max(50),
    holidays: z.array(z.strictObject(Hours.shape.holidays.unwrap().element.shape)).max(400).optional(),
  })
  .superRefine(({ week, holidays = [] }, context) => {
    const issue: Issue = (path, message) => context.addIssue({ code: 'custom', path, message });
    checkWeek(week, issue);
    checkHolidays(holidays, issue);
  });

const PeakRequest = z.strictObject({
  ...Peak.shape,
  schedule: z
    .array(
      z
        .strictObject(Peak.shape.schedule.unwrap().element.shape)
        .refine(({ from, until }) => Date.parse(from) < Date.parse(until), {
          path: ['until'],
          message: 'it ends before it begins',
        }),
    )
    .max(50)
    .optional(),
});

/** A rule without a condition takes everything that comes to it: rules after it would never be asked. */
const SkillRules = z
  .array(z.strictObject(SkillRule.shape))
  .max(200)
  .superRefine((rules, context) => {
    for (const [at, { skill: _, ...conditions }] of rules.entries()) {
      const takesAll = Object.values(conditions).every((one) => one === undefined);
      if (takesAll && at < rules.length - 1) {
        context.addIssue({
          code: 'custom',
          path: [at],
          message: 'it holds for everything, so no rule after it ever does',
        });
      }
    }
  });

const SlaTargets = z
  .array(z.strictObject(SlaTarget.shape))
  .max(100)
  .superRefine((targets, context) => {
    const seen = new Set<string | undefined>();
    for (const [at, { skill, firstResponseMs, resolutionMs }] of targets.entries()) {
      const issue = (path: PropertyKey[], message: string) =>
        context.addIssue({ code: 'custom', path: [at, ...path], message });
      if (seen.has(skill)) issue(['skill'], 'this skill has a target already');
      if (firstResponseMs === undefined && resolutionMs === undefined) issue([], 'it promises nothing');
      seen.add(skill);
    }
  });

/** Settings are read with every message, and kept with each: a year's holidays and 200 rules fit well. */
const MAX_CHARACTERS = 64_000;

const fields = {
  ...Routing.shape,
  skills: SkillRules,
  priorities: z.strictObject({
    ...Priorities.shape,
    value: z.array(z.strictObject(Priorities.shape.value.unwrap().element.shape)).max(10).optional(),
  }),
  sla: SlaTargets,
  hours: HoursRequest,
  peak: PeakRequest,
};

/** What is left out stays as it is; `null` takes a field back to the default. */
export const RoutingPatch = z
  .strictObject(nullableAll(fields))
  .partial()
  .refine((patch) => JSON.stringify(patch).length <= MAX_CHARACTERS, `more than ${MAX_CHARACTERS} characters`);
export type RoutingPatch = z.infer<typeof RoutingPatch>;

type Nullable<T extends Record<string, z.ZodType>> = { [K in keyof T]: z.ZodNullable<T[K]> };
function nullableAll<T extends Record<string, z.ZodType>>(shape: T): Nullable<T> {
  const entries = Object.entries(shape).map(([name, schema]) => [name, schema.nullable()]);
  return Object.fromEntries(entries) as Nullable<T>;
}

const { lead } = OpeningRule.shape;
export const OpeningPatch = z
  .strictObject({
    ...OpeningRule.shape,
    lead: z.strictObject({
      ...lead.shape,
      cartValue: z.array(z.strictObject(lead.shape.cartValue.element.shape)).max(10),
    }),
  })
  .partial();

const { origins } = Settings.shape.embed.unwrap().shape;
/** What was stored before is read as it is, and shown to browsers only where it is plain. */
export const EmbedPatch = z.strictObject({
  origins: z.array(origins.element.refine(isPlainOrigin, 'a host in letters, digits, dots and hyphens')).max(20),
});
