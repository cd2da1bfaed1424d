import type { Blocker, Conflict } from '../../domain/comparison.ts';
import type { Settings } from '../../domain/tenant.ts';
import { chanceOfLosses } from '../../measure/paired.ts';
import { NOTHING } from './ask.ts';
import type { Compared } from './compare.ts';

/** What a tenant that says nothing lets pass: see `Settings.gate`. */
export const DEFAULT_LIMITS = { goldenLost: 0, accuracyDrop: 0.02, recentLost: 0.1 };
export type Limits = typeof DEFAULT_LIMITS;

export const limitsOf = ({ gate = {} }: Pick<Settings, 'gate'>): Limits => ({
  goldenLost: gate.goldenLost ?? DEFAULT_LIMITS.goldenLost,
  accuracyDrop: gate.accuracyDrop ?? DEFAULT_LIMITS.accuracyDrop,
  recentLost: gate.recentLost ?? DEFAULT_LIMITS.recentLost,
});

/** A fall that neither release being better explains more often than this is taken for chance. */
const CHANCE = 0.05;
const QUOTED = 3;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const quoted = (texts: readonly string[]): string =>
  texts
    .slice(0, QUOTED)
    .map((text) => `"${text}"`)
    .join(', ') + (texts.length > QUOTED ? ', …' : '');
const plural = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

const lostOf = (all: readonly Compared[]): Compared[] => all.filter(({ change }) => change === 'lost');

/** Which entries took the lost questions, most often first: where to look. */
function takers(lost: readonly Compared[]): string {
  const counts = new Map<string, number>();
  for (const { after } of lost) if (after.got !== NOTHING) counts.set(after.got, (counts.get(after.got) ?? 0) + 1);
  const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, QUOTED);
  return most.map(([intent, count]) => `${intent} (${count})`).join(', ');
}

function goldenBlocker(lost: readonly Compared[], { goldenLost }: Limits): Blocker[] {
  if (lost.length <= goldenLost) return [];
  const told = lost.slice(0, QUOTED).map(({ question: { text, expected }, after: { got } }) => {
    if (expected === 'none') return `"${text}" should be answered by nothing and is now answered by ${got}`;
    if (got === expected || got === NOTHING) return `"${text}" (${expected}) now gets no answer`;
    return `"${text}" (${expected}) now goes to ${got}`;
  });
  const detail =
    `${plural(lost.length, 'question that the live release answers rightly is', 'questions that the live release answers rightly are')} lost` +
    `${goldenLost > 0 ? ` (${goldenLost} may be)` : ''}: ${told.join('; ')}${lost.length > QUOTED ? '; …' : ''}. ` +
    'Add the question to its entry as a similar question, or take what resembles it out of the entry that it goes to; ' +
    'where the new answer is the right one, change the golden question (or write your own over a pack’s).';
  return [{ kind: 'golden_lost', detail, count: lost.length }];
}

type Fall = { drop: number; lost: readonly Compared[]; real: boolean };

/** How much less is right of what was asked before, and whether chance alone would do it. */
function fall(of: number, lost: readonly Compared[], losses: number, gained: number): Fall {
  return { drop: of === 0 ? 0 : (losses - gained) / of, lost, real: chanceOfLosses(losses, gained) < CHANCE };
}

const gainedIn = (all: readonly Compared[]): number => all.filter(({ change }) => change === 'gained').length;

/**
 * A pack's golden questions are not the shop's own word: nearly every change moves one or two of hundreds of borderline
 * ones. They count in sum, over what the live release could have answered.
 */
function packBlocker(
  pack: readonly Compared[],
  { accuracyDrop }: Limits,
  isLive: (intent: string) => boolean,
): Blocker[] {
  const shared = pack.filter(({ before, question }) => before !== undefined && isLive(question.expected ?? ''));
  const { drop, lost, real } = fall(shared.length, lostOf(shared), lostOf(shared).length, gainedIn(shared));
  if (drop <= accuracyDrop || !real) return [];
  const detail =
    `Of the packs' golden questions, ${percent(drop)} fewer are answered rightly (${percent(accuracyDrop)} may be lost): ` +
    `${quoted(lost.map(({ question }) => question.text))}. They now go to ${takers(lost)}.`;
  return [{ kind: 'golden_lost', detail, count: lost.length }];
}

/**
 * Among more entries each is harder to tell from the others, so what new entries take counts only beyond what they
 * bring: authored questions of theirs that are recognised. Else installing a pack beside ten entries would be blocked.
 */
function accuracyBlocker(
  own: readonly Compared[],
  { accuracyDrop }: Limits,
  isLive: (intent: string) => boolean,
): Blocker[] {
  const shared = own.filter(({ before }) => before !== undefined);
  const lost = lostOf(shared);
  const taken = lost.filter(({ after }) => after.got !== NOTHING && !isLive(after.got)).length;
  const brought = own.filter(
    ({ before, after, question }) => before === undefined && after.right === true && !isLive(question.expected ?? ''),
  ).length;
  const losses = lost.length - taken + Math.max(0, taken - brought);
  const { drop, real } = fall(shared.length, lost, losses, gainedIn(shared));
  if (drop <= accuracyDrop || !real) return [];
  const detail =
    `Of the authored questions that both releases were tested with, ${percent(drop)} fewer are recognised without having been learnt ` +
    `(${percent(accuracyDrop)} may be lost): ${quoted(lost.map(({ question }) => question.text))}. ` +
    `They now go to ${takers(lost)}. Merge entries that mean the same, or make their questions differ.`;
  return [{ kind: 'accuracy', detail, count: lost.length }];
}

function recentBlocker(recent: readonly Compared[], { recentLost }: Limits): Blocker[] {
  const shared = recent.filter(({ before }) => before !== undefined);
  const answered = shared.filter(({ before }) => before?.got !== NOTHING).length;
  const { drop, lost, real } = fall(answered, lostOf(shared), lostOf(shared).length, gainedIn(shared));
  if (drop <= recentLost || !real) return [];
  const detail =
    `Of the recent customers' turns that the live release had a suggestion for, ${percent(drop)} would get none any more, or one of other entries because theirs are gone ` +
    `(${percent(recentLost)} may): ${quoted(lost.map(({ question }) => question.text))}. ` +
    `They were answered by ${takers(lost.map((one) => ({ ...one, after: one.before ?? one.after })))}: ` +
    'see whether something was taken out of those entries by mistake.';
  return [{ kind: 'recent_turns', detail, count: lost.length }];
}

const nameOf = ({ kind, entryIds, question }: Conflict): string =>
  JSON.stringify([kind, [...entryIds].sort(), question]);

/** A conflict that is live already was let through by somebody: it is listed, and blocks nothing again. */
function conflictBlocker(conflicts: readonly Conflict[], known: readonly Conflict[]): Blocker[] {
  const live = new Set(known.map(nameOf));
  const open = conflicts.filter((one) => one.kind === 'same_question' && !live.has(nameOf(one)));
  if (open.length === 0) return [];
  const detail =
    `${plural(open.length, 'conflict is', 'conflicts are')} unresolved: ` +
    `${open
      .slice(0, QUOTED)
      .map((one) => one.detail)
      .join('; ')}${open.length > QUOTED ? '; …' : ''}.`;
  return [{ kind: 'conflict', detail, count: open.length }];
}

export type Findings = {
  /** The tenant's own golden questions and the standard questions: each counts. */
  asked: readonly Compared[];
  /** The packs' golden questions. */
  pack: readonly Compared[];
  own: readonly Compared[];
  recent: readonly Compared[];
  conflicts: readonly Conflict[];
  /** The live release's. */
  knownConflicts: readonly Conflict[];
  /** Whether the live release has an intent. */
  isLive: (intent: string) => boolean;
};

/** What a text is worth that is an authored question of another entry: somebody wrote the contrary of what is golden. */
const AUTHORED = 0.98;

/** Why a release should not go live, in words that say what to do about it. Nothing blocks that chance explains. */
export function blockersOf(findings: Findings, limits: Limits): Blocker[] {
  const { asked, pack, own, recent, conflicts, knownConflicts, isLive } = findings;
  const rewritten = lostOf(pack).filter(({ after }) => after.got !== NOTHING && after.confidence >= AUTHORED);
  return [
    ...goldenBlocker([...lostOf(asked), ...rewritten], limits),
    ...packBlocker(pack, limits, isLive),
    ...accuracyBlocker(own, limits, isLive),
    ...recentBlocker(recent, limits),
    ...conflictBlocker(conflicts, knownConflicts),
  ];
}
