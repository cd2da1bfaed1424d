/**
 * The same reply once more: a key pressed twice, or an answer to something that was not asked. What is said all day (a
 * greeting, "one moment", "yes") is let pass, and so is the same answer to the same question.
 */
import { type Assist, everySuggestion } from '../../domain/assist.ts';
import type { ReplyWarning } from '../../domain/contract/desk-tools.ts';
import type { Message } from '../../domain/message.ts';
import { ASKING_ACTS } from '../../domain/understanding.ts';
import { exactKey, MAX_LENGTH, normalize } from '../../engine/normalize.ts';
import { similarity } from '../../handoff/match.ts';
import { replyKind } from '../reply-kind.ts';
import type { Check, Standing } from './types.ts';

/** Chinese characters and other words: what a reply of one word has at most, and a phrase that only holds or greets. */
const ONE_WORD = 3;
const PHRASE = 16;
/** Said again behind something that the customer wrote, a short reply is mostly meant: "可以的，亲". */
const SHORT = 8;
/** A day later it is a reminder. */
const LONGEST_MS = 24 * 3_600_000;
/** From here on two questions are the same one. */
const ALIKE = 0.5;

const sizeOf = (text: string): number => text.match(/\p{Script=Han}|[[\p{L}\p{N}]--\p{Script=Han}]+/gv)?.length ?? 0;
/** What is compared, to its last letter: width, case, blanks, marks and what is not seen do not make another reply. */
const keyOf = (text: string): string => exactKey(normalize(text)) + text.slice(MAX_LENGTH);

/** What stands with the customer; a reply that never reached them is sent again with good reason. */
const reached = ({ author, recalled, notice, delivery }: Message): boolean =>
  author.type !== 'customer' && recalled !== true && notice !== true && delivery !== 'failed' && delivery !== 'dropped';

const isSaidAllDay = (text: string, size: number): boolean =>
  size <= ONE_WORD || (size <= PHRASE && ['hold', 'courtesy'].includes(replyKind(text)));

type Ask = { assist: Assist; text: string };
/** The newest turn that messages at these places are of, and what it says. */
function askOf({ messages, assists }: Standing, from: number, until: number): Ask | undefined {
  const ids = new Set<string>(messages.slice(from, until).map(({ id }) => id));
  const assist = assists.findLast(({ messageIds }) => messageIds.some((id) => ids.has(id)));
  if (assist === undefined) return undefined;
  const said = messages.filter(({ id }) => assist.messageIds.includes(id));
  return { assist, text: said.map(({ text }) => text).join('\n') };
}

const intentsOf = ({ understanding: { intent, questions } }: Assist): string[] =>
  [intent, ...questions.map((question) => question.intent)]
    .map(({ name }) => name)
    .filter((name) => name !== 'unknown');

/** Whether what the customer wrote since asks something that this reply did not answer already. */
function asksElse(standing: Standing, at: number, key: string): boolean {
  const now = askOf(standing, at + 1, standing.messages.length);
  if (now === undefined || !ASKING_ACTS.has(now.assist.understanding.act)) return false;
  if (everySuggestion(now.assist).some(({ text }) => keyOf(text) === key)) return false;
  const before = askOf(standing, 0, at);
  if (before === undefined) return true;
  const known = intentsOf(before.assist);
  return !intentsOf(now.assist).some((name) => known.includes(name)) && similarity(before.text, now.text) < ALIKE;
}

function ago(ms: number): { zh: string; en: string } {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return { zh: '刚刚', en: 'just now' };
  if (minutes < 60) return { zh: `${minutes} 分钟前`, en: minutes === 1 ? 'a minute ago' : `${minutes} minutes ago` };
  const hours = Math.round(minutes / 60);
  return { zh: `${hours} 小时前`, en: hours === 1 ? 'an hour ago' : `${hours} hours ago` };
}

function warning({ author, at }: Message, now: number, isAnswer: boolean): ReplyWarning {
  const when = ago(Math.max(0, now - Date.parse(at)));
  const who = author.type === 'bot' ? { zh: '机器人', en: 'The bot sent' } : { zh: '', en: 'This was sent' };
  const since = isAnswer
    ? { zh: '客户后来问的是别的', en: 'and the customer has asked something else since' }
    : { zh: '客户还没有再说话', en: 'and the customer has not written since' };
  const message = {
    zh: `${who.zh}${when.zh}发过同样的话，${since.zh}`,
    en: `${who.en}${author.type === 'bot' ? ' this' : ''} ${when.en}, ${since.en}`,
  };
  // It is about the reply as a whole: there is no place in it to show.
  return { kind: 'repeated', text: '', start: 0, end: 0, message };
}

export const checkRepeated: Check = (text, { standing }) => {
  const size = sizeOf(text);
  if (standing === undefined || isSaidAllDay(text, size)) return [];
  const { messages, now } = standing;
  const key = keyOf(text);
  const at = messages.findLastIndex((message) => reached(message) && keyOf(message.text) === key);
  const same = messages[at];
  if (same === undefined || now - Date.parse(same.at) > LONGEST_MS) return [];
  const isAnswer = messages
    .slice(at + 1)
    .some(({ author, recalled }) => author.type === 'customer' && recalled !== true);
  if (!isAnswer) return [warning(same, now, false)];
  const isMeant = size <= SHORT || replyKind(text) !== 'answer';
  return isMeant || !asksElse(standing, at, key) ? [] : [warning(same, now, true)];
};
