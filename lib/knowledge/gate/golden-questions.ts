import type { Entry } from '../../domain/entry.ts';
import type { Golden } from '../../domain/knowledge.ts';
import { type AskedTurn, isExpected, NONE, NOTHING, placeOf, type Reply } from './ask.ts';
import { type Change, type Compared, changeOf, type Verdict } from './compare.ts';
import { isAnswerable, type Moment } from './moment.ts';

export const turnOf = ({ text, language }: Golden): AskedTurn => ({
  text,
  history: [],
  ...(language === undefined ? {} : { language }),
});

/** Each question once; the tenant's own word on what is right wins over a pack's. */
export function distinctGolden(...lists: readonly (readonly Golden[])[]): Golden[] {
  const byText = new Map<string, Golden>();
  for (const golden of lists.flat()) {
    const key = JSON.stringify([golden.text, golden.language]);
    if (!byText.has(key)) byText.set(key, golden);
  }
  return [...byText.values()];
}

/** Whether the knowledge has anything that could answer it. Taking an entry out is a decision, not a loss. */
export function isCovered(entries: readonly Entry[]): (golden: Golden) => boolean {
  const names = new Set<string>(entries.flatMap(({ id, intent }) => [id, intent]));
  return ({ intent }) => intent === NONE || names.has(intent);
}

/** Of a question that nothing should answer, right is to show nothing. */
function verdictOf({ intent }: Golden, reply: Reply): Verdict {
  const { shown, confidence } = reply;
  const got = reply.ranked[0]?.intent ?? NOTHING;
  if (intent === NONE) return { got: shown ? got : NOTHING, confidence, right: !shown, place: shown ? -1 : 0 };
  const place = placeOf(intent, reply);
  return { got, confidence, right: place === 0, place };
}

export type Judging = {
  /** The entries of the release that is judged, and when. */
  entries: readonly Entry[];
  moment: Moment;
  /** A confidence that the bot may answer alone with. */
  sure: number;
};

/**
 * Lost is what an agent was rightly shown and would now miss: it is no longer first, or nothing of it can be sent then. A
 * confidence that falls below the threshold is no loss.
 */
function answeredChange({ intent }: Golden, [was, is]: Both, { before, after, judging }: Asking): Change | undefined {
  const isGone = is.right === true && !after.shown && !canSay(intent, judging);
  const missed = was.right === true && (is.right !== true || isGone);
  if (missed) return before.shown ? 'lost' : 'changed';
  return changeOf(was, is);
}

/** Of what nothing should answer, it is lost where the bot would now answer alone. */
function unansweredChange([was, is]: Both, { after, judging }: Asking): Change | undefined {
  const change = changeOf(was, is);
  return change === 'lost' && after.confidence < judging.sure ? 'changed' : change;
}

type Both = readonly [was: Verdict, is: Verdict];
type Asking = { before: Reply; after: Reply; judging: Judging };

const canSay = (expected: string, { entries, moment }: Judging): boolean =>
  entries.some(
    (entry) => isExpected(expected, { entryId: entry.id, intent: entry.intent }) && isAnswerable(entry, moment),
  );

/** The golden questions as both releases answer them; `before` is empty where nothing is live. */
export function compareGolden(
  golden: readonly Golden[],
  before: readonly Reply[],
  after: readonly Reply[],
  judging: Judging,
): Compared[] {
  return golden.flatMap((one, at) => {
    const [was, is] = [before[at], after[at]];
    if (is === undefined) return [];
    const question = { text: one.text, language: one.language, expected: one.intent };
    const now = verdictOf(one, is);
    if (was === undefined) return [{ question, after: now }];
    const both: Both = [verdictOf(one, was), now];
    const asking = { before: was, after: is, judging };
    const change = one.intent === NONE ? unansweredChange(both, asking) : answeredChange(one, both, asking);
    return [{ question, before: both[0], after: now, change }];
  });
}
