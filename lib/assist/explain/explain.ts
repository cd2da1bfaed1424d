/** How an assist came about, from what its own run computed: nothing is ranked, weighed or decided a second time. */
import type { Assist } from '../../domain/assist.ts';
import type { Entry } from '../../domain/entry.ts';
import type { ExplainedCandidate, Explanation } from '../../domain/explanation.ts';
import { questionsOf } from '../../domain/questions.ts';
import { exactKey, normalize } from '../../engine/normalize.ts';
import type { Candidate } from '../../engine/types.ts';
import { respondTraced, type Trace } from '../respond.ts';
import type { Ranked } from '../retrieve.ts';
import type { Knowledge, ReadProducts, Situation } from '../situation.ts';
import { fittingOf, isForeign, type Suggested } from '../suggest.ts';
import { type Heard, listening } from './listen.ts';
import { type Refusal, verdicts } from './verdicts.ts';

const SHOWN_CANDIDATES = 5;
const SHOWN_NGRAMS = 12;

/** One text that the knowledge was asked about: what it ranked, and what was offered of it. */
type Asked = {
  text: string;
  classified: Heard['classified'][number] | undefined;
  ranked: readonly Ranked[];
  offered: Suggested;
};
type Scene = { knowledge: Knowledge; trace: Trace; heard: Heard };

/** The assist of a situation together with why it is what it is. */
export async function respondExplained(
  situation: Situation,
  readProducts: ReadProducts,
  now?: () => number,
): Promise<Assist & { explanation: Explanation }> {
  const { knowledge } = situation;
  if (knowledge === undefined) {
    const { assist, trace } = await respondTraced(situation, readProducts, now);
    return { ...assist, explanation: { asks: trace.chance, asked: [] } };
  }
  const { knowledge: listened, heard } = listening(knowledge);
  const { assist, trace } = await respondTraced({ ...situation, knowledge: listened }, readProducts, now);
  const scene = { knowledge, trace, heard };
  const asked = askedOf(scene).map((one) => ({ text: one.text, candidates: candidatesOf(scene, one) }));
  return { ...assist, explanation: { asks: trace.chance, asked } };
}

/** The texts that were classified: each of several questions, else the one that the ranking rests on. */
function askedOf(scene: Scene): Asked[] {
  const { trace } = scene;
  const { reading, retrieved, suggested } = trace;
  if (retrieved.asked.length > 1) {
    return reading.questions.map(({ candidates, query }, at) => {
      const classified = classifiedAs(scene, candidates);
      return {
        text: classified?.text ?? query,
        classified,
        ranked: retrieved.asked[at] ?? [],
        offered: suggested.each[at] ?? suggested,
      };
    });
  }
  const ranked = retrieved.ranked.length > 0 ? retrieved.ranked : rankedOf(scene, reading.candidates);
  const classified = retrieved.ranked.length > 0 ? behind(scene, ranked) : classifiedAs(scene, reading.candidates);
  const text = classified?.text ?? (reading.query.trim() === '' ? reading.text : reading.query);
  return ranked.length === 0 && text.trim() === '' ? [] : [{ text, classified, ranked, offered: suggested }];
}

function rankedOf({ knowledge }: Scene, candidates: readonly Candidate[]): Ranked[] {
  return candidates.map(({ index, confidence }) => ({ entry: knowledge.entry(index), confidence }));
}

function classifiedAs({ heard }: Scene, candidates: readonly Candidate[]): Asked['classified'] {
  return heard.classified.findLast((one) => one.candidates === candidates);
}

/** The classification whose confidences the ranking carries: of a question taken up again, that of the question. */
function behind(scene: Scene, [first]: readonly Ranked[]): Asked['classified'] {
  const own = classifiedAs(scene, scene.trace.reading.candidates);
  const holds = (one: Asked['classified']): boolean =>
    one?.candidates.some(({ key, confidence }) => key === first?.entry.id && confidence === first.confidence) === true;
  return holds(own) ? own : scene.heard.classified.findLast(holds);
}

function candidatesOf(scene: Scene, asked: Asked): ExplainedCandidate[] {
  return asked.ranked.slice(0, SHOWN_CANDIDATES).map((ranked) => candidateOf(scene, asked, ranked));
}

function candidateOf(
  { knowledge, trace, heard }: Scene,
  asked: Asked,
  { entry, confidence }: Ranked,
): ExplainedCandidate {
  const { context, retrieved } = trace;
  const offers = asked.offered.offers.filter(({ entryId }) => entryId === entry.id);
  const shown = new Set(offers.map(({ suggestion }) => suggestion.source.answer ?? ('ask' as const)));
  const hits = heard.searched.findLast(({ text }) => text === trace.reading.query)?.hits ?? [];
  const place = hits.findIndex(({ key }) => key === entry.id) + 1;
  const isTapped = retrieved.exact && asked.classified === undefined;
  const { language, policy } = entry;
  return {
    entryId: entry.id,
    intent: entry.intent,
    question: entry.question,
    confidence,
    exact: isTapped || exactQuestion(entry, asked.text) !== undefined,
    ...matchedOf(knowledge, asked, entry),
    ...(place === 0 ? {} : { searchPlace: place }),
    policy,
    ...(language === undefined ? {} : { language }),
    ...verdicts(entry, context, shown, refusalOf(trace, asked, entry)),
  };
}

/** Why an answer of this entry that could be sent is not among the replies. */
function refusalOf({ reading, retrieved, thresholds, chance }: Trace, { ranked }: Asked, entry: Entry): Refusal {
  const { language } = reading.understanding;
  if (retrieved.ranked.length === 0) return 'not_asked';
  const { fitting, refused } = fittingOf({ ranked, threshold: thresholds.suggest, asks: chance, language });
  if (refused !== undefined) return refused;
  if (fitting.some((one) => one.entry.id === entry.id)) return 'not_shown';
  return isForeign(entry.language, language) ? 'other_language' : 'below_threshold';
}

/** The authored question that a text equals after normalisation. */
function exactQuestion(entry: Entry, text: string): string | undefined {
  const key = exactKey(normalize(text));
  return key === '' ? undefined : questionsOf(entry).find((question) => exactKey(normalize(question)) === key);
}

type Matched = Pick<ExplainedCandidate, 'matched' | 'meaning'>;

function matchedOf({ engine }: Knowledge, { text, classified }: Asked, entry: Entry): Matched {
  const index = engine.indexOf(entry.id);
  if (index === undefined || classified === undefined) return {};
  const { nearest, ngrams, meaning } = engine.explain(classified.text, index, classified.options);
  const carried = ngrams.filter(({ weight }) => weight > 0).slice(0, SHOWN_NGRAMS);
  const exact = exactQuestion(entry, text);
  const question = exact ?? (nearest === undefined ? undefined : questionsOf(entry)[nearest.question]);
  const similarity = exact === undefined ? (nearest?.similarity ?? 0) : 1;
  return {
    ...(question === undefined ? {} : { matched: { question, similarity, ngrams: carried } }),
    ...(meaning === undefined ? {} : { meaning }),
  };
}
