import type { Owner } from '../domain/conversation.ts';
import type { Entry } from '../domain/entry.ts';
import type { Language } from '../domain/language.ts';
import { ASKING_ACTS } from '../domain/understanding.ts';
import type { Candidate } from '../engine/types.ts';
import { byUse } from './by-use.ts';
import type { Knowledge } from './situation.ts';
import { asksForPerson } from './understand/asks-person.ts';
import type { Reading } from './understand.ts';

/** An entry that may answer, with its calibrated probability. */
export type Ranked = { entry: Entry; confidence: number };

export type Retrieved = {
  /** Best first. */
  ranked: readonly Ranked[];
  /** The turn equals an authored question, or a tapped choice names its entry. */
  exact: boolean;
  /** Of a turn that asks several questions, the entries that may answer each, in the order of asking; else empty. */
  asked: readonly (readonly Ranked[])[];
};

/** `entry:<id>` is the value of a clarification's button. */
const CHOICE = 'entry:';
export const choiceValue = (entryId: string): string => CHOICE + entryId;
/** The value of the button that asks for a person. */
export const PERSON_CHOICE = 'human';

/**
 * What leading the search is worth in the order: with one question an entry about all, since there is little to learn a
 * class from; with twenty it decides between probabilities that hardly differ. On two public FAQ sets of one question an
 * entry the first answer is right 4 and 8 points more often so; with five questions a class it gains half a point.
 */
const searchWeight = ({ report, size }: Knowledge['engine']): number => 2 / (1 + report.questions / Math.max(1, size));
const NOTHING: Retrieved = { ranked: [], exact: false, asked: [] };

/**
 * The entries that may answer a turn; none where it asks nothing, however much its words resemble a question. Their
 * order is their probability's and, the more so the fewer questions an entry has, the search's; the probability itself
 * stays what the classifier gave.
 * What only the search finds is not added: outside the twenty candidates a probability is under 1/21, below any
 * threshold.
 */
export function retrieve(knowledge: Knowledge | undefined, reading: Reading): Retrieved {
  if (knowledge === undefined) return NOTHING;
  const chosen = chosenEntry(knowledge, reading.media.tapped);
  if (chosen !== undefined) return { ranked: [{ entry: chosen, confidence: 1 }], exact: true, asked: [] };
  const asks = reading.exact || ASKING_ACTS.has(reading.understanding.act);
  if (!asks || reading.query.trim() === '') return NOTHING;
  const { language } = reading.understanding;
  const candidates = reading.candidates.length > 0 ? reading.candidates : otherLanguage(knowledge, reading.query);
  const ordered = reading.exact ? candidates : bySearchToo(knowledge, reading.query, language, candidates);
  const rankedOf = ({ index, confidence }: Candidate): Ranked => ({ entry: knowledge.entry(index), confidence });
  const asked = reading.questions.map(({ candidates: own }) => own.map(rankedOf));
  const best = asked.flatMap((own) => own.slice(0, 1));
  const ranked = merge(best, ordered.map(rankedOf));
  const { name } = reading.understanding.intent;
  return { ranked: reading.exact ? ranked : byUse(knowledge, name, ranked), exact: reading.exact, asked };
}

/** What an agent may say: whoever reads it is the person, and passes nobody on to one. */
export function besideAgent(retrieved: Retrieved, owner: Owner): Retrieved {
  if (!owner.startsWith('agent:')) return retrieved;
  const own = (ranked: readonly Ranked[]) => ranked.filter(({ entry }) => !asksForPerson(entry.question));
  return { ...retrieved, ranked: own(retrieved.ranked), asked: retrieved.asked.map(own) };
}

/** Each entry once, with the higher of its confidences: a question is clearer alone than among others. */
function merge(asked: readonly Ranked[], whole: readonly Ranked[]): readonly Ranked[] {
  if (asked.length === 0) return whole;
  const best = new Map<string, Ranked>();
  for (const one of [...asked, ...whole]) {
    const known = best.get(one.entry.id);
    if (known === undefined || one.confidence > known.confidence) best.set(one.entry.id, one);
  }
  return [...best.values()].sort((a, b) => b.confidence - a.confidence);
}

function chosenEntry(knowledge: Knowledge, tapped: readonly string[]): Entry | undefined {
  const value = tapped.findLast((one) => one.startsWith(CHOICE));
  return value === undefined ? undefined : knowledge.entryById(value.slice(CHOICE.length));
}

/** When nothing is written in the customer's language, an agent is better off with the other one than with nothing. */
function otherLanguage(knowledge: Knowledge, query: string): readonly Candidate[] {
  return knowledge.engine.classify(query).candidates;
}

/** Searches only where that can change which comes first. */
function bySearchToo(
  knowledge: Knowledge,
  query: string,
  language: Language,
  candidates: readonly Candidate[],
): readonly Candidate[] {
  const [first, second] = candidates;
  const weight = searchWeight(knowledge.engine);
  if (first === undefined || second === undefined || first.confidence - second.confidence > weight) return candidates;
  const hits = knowledge.engine.search(query, { language });
  const places = new Map(hits.map((hit, place) => [hit.index, place]));
  const order = ({ index, confidence }: Candidate) => {
    const place = places.get(index);
    return place === undefined ? confidence : confidence + weight / (1 + place);
  };
  return candidates.toSorted((a, b) => order(b) - order(a));
}
