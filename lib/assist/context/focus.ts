import type { Entry } from '../../domain/entry.ts';
import type { Language } from '../../domain/language.ts';
import type { Classification } from '../../engine/types.ts';
import type { Knowledge, Line } from '../situation.ts';
import { peel } from '../understand/courtesy.ts';
import { contentWords } from './content-words.ts';
import { isKin } from './kin.ts';

/** What the conversation is about: the question it was last about as the customer put it, and its entry. */
export type Topic = {
  /** In the customer's words, resolved if they leant on an earlier question; the agent's words where the agent led. */
  question: string;
  entry: Entry;
  /** `said`: what the agent or bot said last, `asked`: what the customer asked last. */
  by: 'asked' | 'said';
  /** It was an entry's own answer that was said. */
  sent?: boolean;
};

/** Topics a follow-up may lean on, the customer's first. */
export type Focus = readonly Topic[];

export type FocusInput = {
  knowledge: Knowledge;
  language: Language;
  /** Before the turn, oldest first. */
  history: readonly Line[];
  /** Texts and `entryId#answer` that were sent in this conversation. */
  sent: readonly string[];
  classify(text: string): Classification;
  /** How a customer's line was to be read, in the light of what came before it. */
  read(line: string, before: readonly Line[]): { text: string; classification: Classification };
};

/** A line less likely than this to be any entry's has no topic. */
const PLAUSIBLE = 0.15;
/** What an agent says in free words names a topic only if it is this clear. */
const CLEAR = 0.5;
/** Turns of the customer looked back, and units read of a line. */
const MAX_TURNS = 3;
const MAX_LINE = 200;

/** The topics of a conversation: what the customer asked last, and what the agent or bot said since. */
export function readFocus(input: FocusInput): Focus {
  const asked = askedTopic(input);
  const said = saidTopic(input);
  if (asked === undefined) return said === undefined ? [] : [said];
  return said === undefined || !leadsOn(said, asked) ? [asked] : [asked, said];
}

/** An answer takes the question further, or offers something of its kind; other words of an agent are chance. */
function leadsOn({ entry, sent }: Topic, asked: Topic): boolean {
  return entry.id !== asked.entry.id && (sent === true || isKin(entry, asked.entry));
}

/** Which order or parcel it was about is no word of its topic. */
const IDENTIFIER = /[A-Za-z]{0,4}-?\d{6,}(?:-\d{2,})?/g;

/** Of several questions at once the entry's own one stands for what was asked. */
const isOneQuestion = (text: string): boolean => !/[?？].*[\p{L}\p{N}]/su.test(text);

/** The customer's last turn that names a topic; courtesies, numbers and remarks are passed over. */
function askedTopic({ knowledge, history, read }: FocusInput): Topic | undefined {
  let end = history.length;
  for (let turns = 0; turns < MAX_TURNS; turns += 1) {
    end = history.findLastIndex((line, at) => at < end && line.author === 'customer') + 1;
    if (end === 0) return undefined;
    const start = history.findLastIndex((line, at) => at < end && line.author !== 'customer') + 1;
    const line = peel(
      history
        .slice(start, end)
        .map(({ text }) => text)
        .join(' ')
        .slice(-MAX_LINE)
        .replaceAll(IDENTIFIER, ' '),
    ).rest;
    end = start;
    if (!isTelling(line)) continue;
    const { text, classification } = read(line, history.slice(0, start));
    const [best] = classification.candidates;
    if (best === undefined || best.confidence < PLAUSIBLE) continue;
    const entry = knowledge.entry(best.index);
    return { question: isOneQuestion(text) ? text : entry.question, entry, by: 'asked' };
  }
  return undefined;
}

/** The entry of the answer that was sent last; of free words, the entry they are clearly about. */
function saidTopic({ knowledge, history, sent, classify }: FocusInput): Topic | undefined {
  const since = history.slice(history.findLastIndex(({ author }) => author === 'customer') + 1);
  const question = since
    .map(({ text }) => text)
    .join(' ')
    .slice(-MAX_LINE);
  if (question.trim() === '') return undefined;
  const answered = sentEntry(knowledge, sent, since);
  if (answered !== undefined) return { question, entry: answered, by: 'said', sent: true };
  const line = peel(question).rest;
  const [best] = isTelling(line) ? classify(line).candidates : [];
  return best !== undefined && best.confidence >= CLEAR
    ? { question, entry: knowledge.entry(best.index), by: 'said' }
    : undefined;
}

/** The entry whose answer was sent last, if that was said since. */
function sentEntry(knowledge: Knowledge, sent: readonly string[], since: readonly Line[]): Entry | undefined {
  const entryOf = (key: string) => knowledge.entryById(key.slice(0, Math.max(0, key.lastIndexOf('#'))));
  const text = sent.findLast((one) => entryOf(one) === undefined);
  const key = sent.findLast((one) => entryOf(one) !== undefined);
  const isLatest = text !== undefined && since.some((line) => line.text.includes(text));
  return key === undefined || !isLatest ? undefined : entryOf(key);
}

/** Numbers and closed words alone tell nothing. */
function isTelling(line: string): boolean {
  return /\p{L}/u.test(line) && (contentWords(line).some((word) => /\p{L}/u.test(word)) || /[?？呢吗]/.test(line));
}
