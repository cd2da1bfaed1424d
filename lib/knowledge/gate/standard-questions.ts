import type { Entry } from '../../domain/entry.ts';
import { exactKey, normalize } from '../../engine/normalize.ts';
import type { Engine } from '../../engine/types.ts';
import { NOTHING } from './ask.ts';
import { type Compared, changeOf, type Verdict } from './compare.ts';
import { isAnswerable, type Moment } from './moment.ts';
import { breathe, type Side } from './side.ts';

const AT_ONCE = 5;

/** Which entries a text is a question of, by language: `''` holds those that answer in any. */
type Owners = Map<string, Map<string, number>>;

function ownersOf(entries: readonly Entry[]): Owners {
  const owners: Owners = new Map();
  entries.forEach(({ question, similarQuestions, language = '' }, index) => {
    const asked = owners.get(language) ?? new Map<string, number>();
    owners.set(language, asked);
    for (const text of [question, ...similarQuestions]) {
      const key = exactKey(normalize(text));
      const other = asked.get(key);
      asked.set(key, other === undefined || other === index ? index : SEVERAL);
    }
  });
  return owners;
}

const SEVERAL = -1;

/** The one entry that a text is a question of, among those that a message in the language may get. */
function soleOwner(owners: Owners, text: string, language: string | undefined): number | undefined {
  const key = exactKey(normalize(text));
  const rooms = language === undefined ? [...owners.values()] : [owners.get(language), owners.get('')];
  const found = rooms.flatMap((room) => room?.get(key) ?? []);
  return found.length === 1 && found[0] !== SEVERAL ? found[0] : undefined;
}

/**
 * Says which intent a release gives an authored question, and whether an agent is shown it. What equals one entry's
 * question alone is that entry (see `engine/open.ts`); only what several claim, or none does, has to be asked.
 */
function answering(
  side: Side,
  shownFrom: number,
): (entry: Entry) => { got: string; confidence: number; shown: boolean } {
  const owners = ownersOf(side.entries);
  const intents = new Set(side.entries.map(({ intent }) => intent));
  return ({ question, language, intent }) => {
    const owner = soleOwner(owners, question, language);
    if (owner !== undefined) return { got: side.entries[owner]?.intent ?? NOTHING, confidence: 1, shown: true };
    if (!intents.has(intent)) return { got: NOTHING, confidence: 0, shown: false };
    const { got, confidence } = askEngine(side, question, language);
    return { got, confidence, shown: confidence >= shownFrom };
  };
}

function askEngine(
  { engine, entries }: Side,
  text: string,
  language: Entry['language'],
): { got: string; confidence: number } {
  const options: Parameters<Engine['classify']>[1] = language === undefined ? { limit: 1 } : { limit: 1, language };
  const best = engine.classify(text, options).candidates[0];
  return {
    got: best === undefined ? NOTHING : (entries[best.index]?.intent ?? NOTHING),
    confidence: best?.confidence ?? 0,
  };
}

/**
 * Every entry that has something to say at that moment must answer its own standard question. Lost is what the live
 * release had right where an agent saw it.
 */
export async function compareStandard(
  next: Side,
  live: Side | undefined,
  moment: Moment,
  shownFrom: (side: Side) => number,
): Promise<Compared[]> {
  const asked = next.entries.filter((entry) => entry.passage === undefined && isAnswerable(entry, moment));
  const now = answering(next, shownFrom(next));
  const before = live === undefined ? undefined : answering(live, shownFrom(live));
  const all: Compared[] = [];
  for (const [index, entry] of asked.entries()) {
    await breathe(index, AT_ONCE);
    const is = now(entry);
    const was = before?.(entry);
    const { question: text, language, intent: expected } = entry;
    const after: Verdict = { got: is.got, confidence: is.confidence, right: is.got === expected };
    const earlier: Verdict | undefined =
      was === undefined ? undefined : { got: was.got, confidence: was.confidence, right: was.got === expected };
    const change = changeOf(earlier, after);
    const unseen = change === 'lost' && was?.shown === false;
    all.push({ question: { text, language, expected }, before: earlier, after, change: unseen ? 'changed' : change });
  }
  return all;
}
