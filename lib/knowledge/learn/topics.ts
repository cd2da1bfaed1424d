/** Groups of questions as managers read them: a title, examples, what agents answered, and a draft entry out of it. */
import { createHash } from 'node:crypto';
import type { Entry } from '../../domain/entry.ts';
import { EntryId } from '../../domain/ids.ts';
import type { Language } from '../../domain/language.ts';
import { hasMasked, scrub } from '../../domain/personal-data/scrub.ts';
import { exactKey, normalize } from '../../engine/normalize.ts';
import { byCentrality, groupsIn, type Meaning, type Space, spaceOf } from './meaning.ts';
import { draftableReply, type ReplyKind, sharedWords, type TypicalReply, typicalReplies } from './replies.ts';

/** A question that somebody asked, and what was answered to it. Texts are masked. */
export type Asked = Meaning & {
  text: string;
  /** It says by itself what it asks. */
  alone: boolean;
  language: Language;
  /** Which turn it is of: a turn that asks several questions is of several topics. */
  turn: number;
  replies: readonly string[];
};

export type Topic = {
  id: string;
  title: string;
  language: Language;
  /** Places in the list of questions. */
  members: readonly number[];
  examples: string[];
  replies: TypicalReply[];
  proposal: Entry | undefined;
};

export const MAX_TEXT = 300;
const MAX_REPLY = 1_000;
const EXAMPLES = 8;
const SIMILAR = 30;
/** A title is looked for among so many of the most central questions. */
const MIDDLE = 6;
const LONGEST_TITLE = 60;
/** Fragments that were sent one after the other. */
const JOINED = /(?<=[\p{Script=Han},，.。!！?？])\s+(?=\S)|\s(?=\p{Script=Han})/u;
/** Shorter than this a text asks nothing that stands alone. */
const SHORTEST = 3;

/** What a text names of a topic; a character alone names none unless an entry is known to answer it. */
const FEWEST_LETTERS = 2;
const KNOWN = 0.5;

/** Whether a question says what it is about: "怎么办" and "what now?" are asked about anything. */
export function namesTopic({ about, entries }: Meaning): boolean {
  return about.length >= FEWEST_LETTERS || (entries[0]?.probability ?? 0) >= KNOWN;
}

/** Topics of all languages, the largest first. Questions that name no topic are in none. */
export function topicsOf(asked: readonly Asked[], kindOf: (text: string) => ReplyKind, least?: number): Topic[] {
  const space = spaceOf(asked);
  const places = asked.flatMap((one, at) => (namesTopic(one) ? [at] : []));
  const languages: readonly Language[] = ['zh', 'en'];
  return languages
    .flatMap((language) =>
      groupsIn(
        space,
        places.filter((at) => asked[at]?.language === language),
        least,
      ),
    )
    .map((members) => topicOf(space, asked, members, kindOf))
    .sort((a, b) => b.members.length - a.members.length || (a.id < b.id ? -1 : 1));
}

function topicOf(
  space: Space,
  asked: readonly Asked[],
  members: readonly number[],
  kindOf: (text: string) => ReplyKind,
): Topic {
  const central = byCentrality(space, members).flatMap((at) => asked[at] ?? []);
  const best = central.filter(({ alone }) => alone);
  const questions = distinct([...best, ...central].map(({ meant }) => tidy(meant)));
  const title = titleOf(questions);
  const language = central[0]?.language ?? 'zh';
  const given = members.flatMap((at) => repliesOf(asked[at]));
  const replies = typicalReplies(given, kindOf, sharedWords(central.map(({ about }) => about)));
  return {
    id: topicId(language, title),
    title,
    language,
    members,
    examples: distinct(central.map(({ text }) => scrub(text, MAX_TEXT))).slice(0, EXAMPLES),
    replies,
    proposal: proposalOf(language, title, questions, replies),
  };
}

/** Of the questions in the middle of a topic the first that is one plain sentence. */
function titleOf(questions: readonly string[]): string {
  const middle = questions.slice(0, MIDDLE);
  const plain = middle.find((text) => standsAlone(text) && text.length <= LONGEST_TITLE && !JOINED.test(text));
  return plain ?? middle.find(standsAlone) ?? questions[0] ?? '';
}

const repliesOf = (one: Asked | undefined) =>
  (one?.replies ?? []).map((text) => ({ turn: one?.turn ?? 0, text: scrub(text, MAX_REPLY) }));

/** Questions are asked in one line, without the commas that fragments are joined by. */
const tidy = (text: string): string =>
  scrub(text, MAX_TEXT)
    .replace(/\s+/g, ' ')
    .replace(/^[\s,，。.!！;；、~～]+|[\s,，。.;；、~～]+$/gu, '');

/** In the words of whoever asked first. */
function distinct(texts: readonly string[]): string[] {
  const first = new Map<string, string>();
  for (const text of texts) {
    const key = exactKey(normalize(text));
    if (key !== '' && !first.has(key)) first.set(key, text);
  }
  return [...first.values()];
}

const standsAlone = (text: string): boolean => text.length >= SHORTEST && !hasMasked(text);

/** The same for the same question, whenever it is found. */
export const topicId = (language: Language, title: string): string =>
  createHash('sha256')
    .update(`${language}\n${exactKey(normalize(title))}`)
    .digest('hex')
    .slice(0, 12);

/** What a manager is offered to publish: never answered alone before somebody has read it. */
export function proposalOf(
  language: Language,
  title: string,
  questions: readonly string[],
  replies: readonly TypicalReply[],
): Entry | undefined {
  const reply = draftableReply(replies);
  if (reply === undefined || !standsAlone(title)) return undefined;
  const id = EntryId.parse(`learnt.${topicId(language, title)}.${language}`);
  return {
    id,
    intent: id,
    language,
    question: title,
    similarQuestions: questions.filter((text) => text !== title && standsAlone(text)).slice(0, SIMILAR),
    answers: [{ text: reply.text }],
    policy: 'assist',
  };
}
