import type { Entry } from '../../domain/entry.ts';
import type { Language } from '../../domain/language.ts';
import type { Classification } from '../../engine/types.ts';
import type { Knowledge, Line } from '../situation.ts';
import { contentWords } from './content-words.ts';
import { type Ellipsis, ellipsisOf } from './ellipsis.ts';
import { type Focus, readFocus, type Topic } from './focus.ts';
import { isKin } from './kin.ts';
import { grams, objectsIn, support, topicWords } from './topic-words.ts';

export type ResolveInput = {
  knowledge: Knowledge;
  language: Language;
  history: readonly Line[];
  sent: readonly string[];
  /** The only way to the engine. */
  classify(text: string): Classification;
};

/** A message as it is to be classified; `topic` is set where the conversation had to complete it. */
export type Resolved = { text: string; classification: Classification; topic?: Topic };

/** A follow-up to a follow-up is read through both, not further. */
const DEPTH = 2;

/**
 * What a completed reading counts for beside the others. One that only repeats the topic must be clearer than one that
 * takes it further, since joining a question to a message always makes it look like that question; so must one that
 * leaves the topic's family, and one that keeps the topic's noun beside the message's own.
 */
const REPEATS = { thin: 0.45, noun: 0.5, push: 0.8 } as const;
const REPEATS_DESPITE_ANSWER = 0.5;
const REPEATS_KNOWN = 0.7;
const LEAVES = 0.7;
/** A message with words of its own that is this clear alone needs nothing. */
const CERTAIN = 0.9;
/** The message alone, when it is not of the topic's family: with words of its own, and without. */
const ALONE = 0.8;
const WORDLESS = 0.2;
/** The share of a message's own words that the entry must know, 0-1. */
const SUPPORT = 0.6;

/**
 * Completes a message that means little alone by the conversation's topic ("那运费谁出" after a return is "那运费谁出
 * 退货"), by whichever completion the classifier finds clearest. A confidence is always that of the text it was given
 * for; a message that stands alone is left as it is.
 */
export function resolveMessage(input: ResolveInput, words: string, depth = DEPTH): Resolved {
  const classification = input.classify(words);
  const alone: Resolved = { text: words, classification };
  const ellipsis = ellipsisOf(words);
  const own = contentWords(words);
  if (ellipsis === 'whole' || input.history.length === 0 || depth === 0) return alone;
  if (own.length > 0 && (classification.candidates[0]?.confidence ?? 0) >= CERTAIN) return alone;
  const focus = readFocus({
    ...input,
    read: (line, before) => resolveMessage({ ...input, history: before }, line, depth - 1),
  });
  const readings = focus.flatMap((topic) => completions(input, { topic, words, ellipsis, answered: focus.length > 1 }));
  const [best] = readings.sort((a, b) => b.score - a.score);
  const score = aloneScore(input.knowledge, classification, focus, own.length > 0);
  return best !== undefined && best.score > score ? best.resolved : alone;
}

type FollowUp = { topic: Topic; words: string; ellipsis: Exclude<Ellipsis, 'whole'>; answered: boolean };
type Completion = { resolved: Resolved; score: number };

function aloneScore(knowledge: Knowledge, { candidates }: Classification, focus: Focus, hasWords: boolean): number {
  const [best] = candidates;
  if (best === undefined) return 0;
  const entry = knowledge.entry(best.index);
  const stays = focus.length === 0 || focus.some((topic) => isKin(entry, topic.entry));
  return best.confidence * (stays ? 1 : hasWords ? ALONE : WORDLESS);
}

function completions({ knowledge, language, classify }: ResolveInput, followUp: FollowUp): Completion[] {
  return completedTexts(followUp, language).flatMap(({ text, replaces }) => {
    const classification = { ...classify(text), exact: false };
    const [best] = classification.candidates;
    const entry = best === undefined ? undefined : knowledge.entry(best.index);
    if (best === undefined || entry === undefined || !isSupported(entry, followUp)) return [];
    const weight = weightOf(entry, followUp, replaces);
    return [{ resolved: { text, classification, topic: followUp.topic }, score: best.confidence * weight }];
  });
}

/** What a message says of its own must be something the entry is asked about; a named noun may be new to it. */
function isSupported(entry: Entry, { words, ellipsis }: FollowUp): boolean {
  return ellipsis === 'noun' || support(entry, contentWords(words)) >= SUPPORT;
}

function weightOf(found: Entry, followUp: FollowUp, replaces: boolean): number {
  const { topic, ellipsis } = followUp;
  if (replaces) return found.id === topic.entry.id ? REPEATS_KNOWN : 1;
  if (found.id === topic.entry.id) return repeatWeight(followUp);
  return ellipsis === 'noun' || !isKin(found, topic.entry) ? LEAVES : 1;
}

/** A word that the topic's own questions hold speaks for the topic; an answer since then speaks against asking it again. */
function repeatWeight({ topic, words, ellipsis, answered }: FollowUp): number {
  if (answered && topic.by === 'asked') return Math.min(REPEATS_DESPITE_ANSWER, REPEATS[ellipsis]);
  return ellipsis === 'thin' && contentWords(words).length > 0 ? REPEATS_KNOWN : REPEATS[ellipsis];
}

type CompletedText = { text: string; replaces: boolean };

/** The message with the topic's words, with its whole question, and the question with the message's noun in its place. */
function completedTexts({ topic, words, ellipsis }: FollowUp, language: Language): CompletedText[] {
  const known = topicWords(topic.entry);
  const objects = objectsIn(topic.question, known);
  const shares = new Map(known.map(({ word, share }) => [word, share]));
  const telling = (object: string) => Math.max(0, ...grams(object).map((gram) => shares.get(gram) ?? 0));
  const short = shortest(topic, objects, telling);
  const glue = language === 'zh' ? '' : ' ';
  const all = objects.join(glue);
  const texts = (ellipsis === 'push' && all !== '' ? [all] : [short, all])
    .filter((object) => object !== '')
    .map((object) => `${words} ${object}`);
  const joined = topic.by === 'said' ? texts : [...texts, `${topic.question} ${words}`];
  const replaced =
    topic.by === 'asked' && ellipsis === 'noun' ? substitutions(topic.question, words, objects, glue) : [];
  return [
    ...[...new Set(replaced)].map((text) => ({ text, replaces: true })),
    ...[...new Set(joined)].map((text) => ({ text, replaces: false })),
  ];
}

/** The most telling word of the topic, the customer's own if there is one. */
function shortest({ entry, question }: Topic, objects: readonly string[], telling: (object: string) => number): string {
  const pairs = topicWords(entry).filter(({ word }) => word.length > 1 && HAN.test(word) && question.includes(word));
  if (pairs[0] !== undefined) return pairs[0].word;
  const [own] = objects.toSorted((a, b) => telling(b) - telling(a));
  return own ?? topicWords(entry)[0]?.word ?? '';
}

/** "积分怎么用" with "那余额呢" is "余额怎么用": the noun in the place of its like, else of each word of the topic. */
function substitutions(question: string, words: string, objects: readonly string[], glue: string): string[] {
  const typed = KINDS.flatMap((kind) => {
    const noun = kind.exec(words)?.[0];
    return noun === undefined || !kind.test(question) ? [] : [question.replace(kind, noun)];
  });
  if (typed.length > 0) return typed;
  const noun = contentWords(words).join(glue);
  const places = new Set(objects.flatMap((object) => [object, ...(HAN.test(object) ? grams(object) : [])]));
  return [...places].slice(0, MAX_PLACES).map((place) => question.toLowerCase().replace(place, noun));
}

const MAX_PLACES = 6;
const HAN = /^\p{Script=Han}/u;
/** Sizes and numbers, and colours: one stands for another of its kind. */
const KINDS: readonly RegExp[] = [
  /\d+(?:\.\d+)?/,
  /\b(?:x{0,3}[sml]|[2-6]xl)\b|\b(?:extra )?(?:small|medium|large)\b/i,
  /[红橙黄绿蓝紫黑白灰粉棕银金](?=色|的|款|呢|$)|\b(?:red|orange|yellow|green|blue|navy|purple|pink|black|white|gr[ae]y|brown|beige|silver|gold)\b/i,
];
