import { setImmediate } from 'node:timers/promises';
import { Entry } from '../domain/entry.ts';
import type { ReleaseId } from '../domain/ids.ts';
import type { CompileFigures, Golden, LostGolden, ReleaseReport } from '../domain/knowledge.ts';
import type { Engine } from '../engine/types.ts';

/** What of the lost questions a report shows; their number is always said. */
const MAX_LOST_SHOWN = 100;
/** Questions asked before other work gets its turn: messages must not wait for a release. */
const AT_ONCE = 5;
/** The precision above which an agent is shown a suggestion by default; below it nobody saw the live answer. */
const SHOWN_PRECISION = 0.5;

/** An intent that is never authored: what an engine says that knows nothing. */
const NOTHING = '';

type Verdict = { right: boolean; shown: boolean; got: string };

/** The intents behind an engine's classes, each payload parsed once. */
function intentsOf(engine: Engine): (index: number) => string {
  const known = new Map<number, string>();
  const decoder = new TextDecoder();
  return (index) => {
    const intent = known.get(index) ?? Entry.parse(JSON.parse(decoder.decode(engine.payload(index)))).intent;
    known.set(index, intent);
    return intent;
  };
}

async function ask(engine: Engine, golden: readonly Golden[]): Promise<Verdict[]> {
  const intentAt = intentsOf(engine);
  const threshold = engine.threshold(SHOWN_PRECISION);
  const verdicts: Verdict[] = [];
  for (const [index, { text, intent, language }] of golden.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await setImmediate();
    const options = language === undefined ? { limit: 1 } : { limit: 1, language };
    const best = engine.classify(text, options).candidates[0];
    const got = best === undefined ? NOTHING : intentAt(best.index);
    verdicts.push({ got, right: got === intent, shown: (best?.confidence ?? 0) >= threshold });
  }
  return verdicts;
}

/** Every entry must answer its own question; the golden questions that came with it come on top, each once. */
function questions(entries: readonly Entry[], golden: readonly Golden[]): { asked: Golden[]; uncovered: number } {
  const intents = new Set(entries.map((entry) => entry.intent));
  const covered = golden.filter(({ intent }) => intents.has(intent));
  const own: Golden[] = entries.map(({ question, intent, language }) => ({
    text: question,
    intent,
    ...(language === undefined ? {} : { language }),
  }));
  const asked = new Map([...covered, ...own].map((one) => [JSON.stringify([one.text, one.intent, one.language]), one]));
  return { asked: [...asked.values()], uncovered: golden.length - covered.length };
}

export type GateInput = {
  entries: readonly Entry[];
  golden: readonly Golden[];
  next: Engine;
  /** The live release's engine; undefined when there is none. */
  live: Engine | undefined;
  against: ReleaseId;
  compile: CompileFigures;
};

/** What changed from one engine's verdicts to the other's, question by question. */
function compare(
  asked: readonly Golden[],
  before: readonly Verdict[],
  now: readonly Verdict[],
): { lost: LostGolden[]; gained: number } {
  const pairs = asked.flatMap((golden, index) => {
    const was = before[index];
    const is = now[index];
    return was === undefined || is === undefined ? [] : [{ golden, was, is }];
  });
  return {
    lost: pairs
      .filter(({ was, is }) => was.right && was.shown && !is.right)
      .map(({ golden, is }) => ({ ...golden, got: is.got })),
    gained: pairs.filter(({ was, is }) => !was.right && is.right).length,
  };
}

/**
 * Replays the golden questions on the new release and on the live one. A question is lost when the live release put
 * the right answer before an agent and the new one does not even rank it first. Questions of intents that the draft no
 * longer has are counted, not held against it: taking an entry out is a decision.
 */
export async function gate({ entries, golden, next, live, against, compile }: GateInput): Promise<ReleaseReport> {
  const { asked, uncovered } = questions(entries, golden);
  const now = await ask(next, asked);
  const { lost, gained } = compare(asked, live === undefined ? [] : await ask(live, asked), now);
  const right = now.filter((verdict) => verdict.right).length;
  return {
    ...(asked.length === 0 ? {} : { accuracy: right / asked.length }),
    goldenRight: right,
    goldenTotal: asked.length,
    goldenUncovered: uncovered,
    lost: lost.slice(0, MAX_LOST_SHOWN),
    lostTotal: lost.length,
    gained,
    against,
    compile,
  };
}
