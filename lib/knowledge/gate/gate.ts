import type { Conflict } from '../../domain/comparison.ts';
import type { ReleaseId } from '../../domain/ids.ts';
import type { Golden } from '../../domain/knowledge.ts';
import type { CompileFigures, LostGolden, ReleaseReport } from '../../domain/release.ts';
import type { SampledTurn } from '../../domain/sampled-turn.ts';
import type { Settings } from '../../domain/tenant.ts';
import { findConflicts } from '../checks/conflicts.ts';
import { NONE } from './ask.ts';
import { blockersOf, type Findings, limitsOf } from './blockers.ts';
import { type Compared, comparisonOf } from './compare.ts';
import { compareGolden, distinctGolden, isCovered, turnOf } from './golden-questions.ts';
import { expiring, type Moment } from './moment.ts';
import { compareOwn, confusedPairs } from './own.ts';
import { compareRecent } from './recent.ts';
import { askAll, type Side } from './side.ts';
import { compareStandard } from './standard-questions.ts';

/** What of long lists a report shows; blockers say how many there are. */
const MAX_LOST_SHOWN = 100;
const MAX_LISTED = 200;

export type GateInput = {
  next: Side;
  /** What is live; undefined when nothing is. */
  live: Side | undefined;
  against: ReleaseId;
  compile: CompileFigures;
  /** The tenant's own golden questions, then the packs'. */
  golden: readonly Golden[];
  packGolden: readonly Golden[];
  /** What customers asked lately. */
  turns: readonly SampledTurn[];
  settings: Settings;
  /** The moment it is gated for (epoch ms). */
  at: number;
  /** Called with questions asked and questions to ask. */
  onProgress?: (done: number, total: number) => void;
};

type Asked = { golden: Compared[]; pack: Compared[]; standard: Compared[]; recent: Compared[]; uncovered: number };

/** Calls back with how many of all questions have been asked. */
function counting(total: number, onProgress: GateInput['onProgress']): () => void {
  let done = 0;
  return () => {
    done += 1;
    onProgress?.(done, total);
  };
}

/** Puts every question to both releases. */
async function askBoth(input: GateInput, moment: Moment): Promise<Asked> {
  const { next, live, settings, turns } = input;
  const stated = distinctGolden(
    input.golden,
    input.packGolden.filter(({ intent }) => intent !== NONE),
  );
  const golden = stated.filter(isCovered(next.entries));
  const questions = golden.map(turnOf);
  const onAsked = counting((questions.length + turns.length) * (live === undefined ? 1 : 2), input.onProgress);
  const ask = async (side: Side | undefined, asked: Parameters<typeof askAll>[1]) =>
    side === undefined ? [] : askAll(side.ask, asked, moment.at, onAsked);
  const sure = next.engine.threshold(settings.targetPrecision.autoReply);
  const judging = { entries: next.entries, moment, sure };
  const compared = compareGolden(golden, await ask(live, questions), await ask(next, questions), judging);
  const isOwn = new Set<Golden>(input.golden);
  const shownFrom = ({ engine }: Side): number => engine.threshold(settings.targetPrecision.suggest);
  return {
    golden: compared.filter((_, at) => isOwn.has(golden[at] ?? NO_GOLDEN)),
    pack: compared.filter((_, at) => !isOwn.has(golden[at] ?? NO_GOLDEN)),
    recent: compareRecent(turns, await ask(live, turns), await ask(next, turns), holdsIn(next)),
    standard: await compareStandard(next, live, moment, shownFrom),
    uncovered: stated.length - golden.length,
  };
}

function holdsIn({ entries }: Side): (intent: string) => boolean {
  const intents = new Set(entries.map(({ intent }) => intent));
  return (intent) => intents.has(intent);
}

const NO_GOLDEN: Golden = { text: '', intent: '' };

/** What was golden before there was a list of its own: the golden questions and every entry's standard question. */
function summary(
  asked: readonly Compared[],
  uncovered: number,
): Pick<
  ReleaseReport,
  'accuracy' | 'goldenRight' | 'goldenTotal' | 'goldenUncovered' | 'lost' | 'lostTotal' | 'gained'
> {
  const right = asked.filter(({ after }) => after.right === true).length;
  const lost = asked.filter(({ change }) => change === 'lost');
  return {
    ...(asked.length === 0 ? {} : { accuracy: right / asked.length }),
    goldenRight: right,
    goldenTotal: asked.length,
    goldenUncovered: uncovered,
    lost: lost.slice(0, MAX_LOST_SHOWN).map(lostGolden),
    lostTotal: lost.length,
    gained: asked.filter(({ change }) => change === 'gained').length,
  };
}

const lostGolden = ({ question: { text, language, expected = '' }, after }: Compared): LostGolden => ({
  text,
  intent: expected,
  ...(language === undefined ? {} : { language }),
  got: after.got,
});

/** Those of the live release, where the next has any to compare them with. */
const knownConflicts = (conflicts: readonly Conflict[], live: Side | undefined, at: number): Conflict[] =>
  live !== undefined && conflicts.some(({ kind }) => kind === 'same_question')
    ? findConflicts(live.entries, { at })
    : [];

/**
 * Replays what is known to be right, every entry's own questions and what customers asked lately on the new release and
 * on the live one, as of a moment, and says what changes and what should keep it from going live.
 */
export async function gate(input: GateInput): Promise<ReleaseReport> {
  const { next, live, settings, at, against, compile } = input;
  const { golden, pack, standard, recent, uncovered } = await askBoth(input, { at, settings });
  const own = compareOwn(live?.verdicts ?? [], next.verdicts);
  const conflicts = findConflicts(next.entries, { at });
  const findings: Findings = {
    asked: [...golden, ...standard],
    pack,
    own,
    recent,
    conflicts,
    knownConflicts: knownConflicts(conflicts, live, at),
    isLive: live === undefined ? () => false : holdsIn(live),
  };
  return {
    ...summary([...golden, ...pack, ...standard], uncovered),
    against,
    compile,
    golden: comparisonOf([...golden, ...pack]),
    own: comparisonOf(own),
    recent: comparisonOf(recent),
    pairs: confusedPairs(next.verdicts),
    expiring: expiring(next.entries, at).slice(0, MAX_LISTED),
    conflicts: conflicts.slice(0, MAX_LISTED),
    blockers: blockersOf(findings, limitsOf(settings)),
  };
}
