import type { Expiry } from '../../domain/comparison.ts';
import { parseCondition } from '../../domain/condition.ts';
import { evaluate, type Facts } from '../../domain/condition-truth.ts';
import type { Answer, Entry } from '../../domain/entry.ts';
import { localTime } from '../../domain/local-time.ts';
import type { Settings } from '../../domain/tenant.ts';
import { shopFactsIn } from '../check-text.ts';

/** How far the gate looks ahead for answers that end or begin. */
const WINDOW_DAYS = 14;
const DAY_MS = 86_400_000;

/** A moment that releases are judged at: epoch ms, with the shop's clock and facts. */
export type Moment = { at: number; settings: Pick<Settings, 'timeZone' | 'shopFacts'> };

/** What the clock alone says: facts of orders and customers are unknown. */
function clockFacts({ at, settings }: Moment): Facts {
  const { year, month, day, hour, minute, weekday } = localTime(at, settings.timeZone);
  return { time: hour * 60 + minute, weekday, date: year * 10_000 + month * 100 + day };
}

const holdsNow = ({ validFrom, validUntil }: Answer, at: number): boolean =>
  (validFrom === undefined || Date.parse(validFrom) <= at) && (validUntil === undefined || at < Date.parse(validUntil));

/** Whether an answer may be sent to somebody at that moment. */
function isUsable(answer: Answer, moment: Moment): boolean {
  if (!holdsNow(answer, moment.at)) return false;
  if (shopFactsIn(answer.text).some((fact) => moment.settings.shopFacts[fact] === undefined)) return false;
  if (answer.when === undefined || answer.when.trim() === '') return true;
  const parsed = parseCondition(answer.when);
  return parsed.ok && evaluate(parsed.condition, clockFacts(moment)).value !== 'false';
}

/** Whether an entry has anything to say to somebody at that moment. */
export const isAnswerable = (entry: Entry, moment: Moment): boolean =>
  entry.answers.some((answer) => isUsable(answer, moment));

/** Answers that end or begin within the window from a moment on, the soonest first. */
export function expiring(entries: readonly Entry[], from: number, days: number = WINDOW_DAYS): Expiry[] {
  const until = from + days * DAY_MS;
  const within = (at: string | undefined): at is string =>
    at !== undefined && Date.parse(at) > from && Date.parse(at) <= until;
  const found = entries.flatMap(({ id, answers }) =>
    answers.flatMap(({ validFrom, validUntil }, answer): Expiry[] => [
      ...(within(validFrom) ? [{ entryId: id, answer, kind: 'begins' as const, at: validFrom }] : []),
      ...(within(validUntil) ? [{ entryId: id, answer, kind: 'ends' as const, at: validUntil }] : []),
    ]),
  );
  return found.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
