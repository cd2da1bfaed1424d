/** What was read of messages that a customer has withdrawn since is taken back with them: it is no fact any more. */
import type { Assist } from '../domain/assist.ts';
import type { Message } from '../domain/message.ts';

/**
 * Assists without what only withdrawn messages say. One that has no other message goes; of one that has, the entities,
 * questions and order that stand nowhere else. `messages`: all that are known, withdrawn ones marked.
 */
export function standing(assists: readonly Assist[], messages: readonly Message[]): Assist[] {
  const gone = messages.filter(({ recalled }) => recalled === true);
  if (gone.length === 0) return [...assists];
  const ids = new Set<string>(gone.map(({ id }) => id));
  return assists.flatMap((assist) => {
    const left = assist.messageIds.filter((id) => !ids.has(id));
    if (left.length === assist.messageIds.length) return [assist];
    return left.length === 0 ? [] : [without(assist, left, messages)];
  });
}

function without(assist: Assist, left: Assist['messageIds'], messages: readonly Message[]): Assist {
  const { order, understanding, ...rest } = assist;
  const said = (ids: readonly string[], text: string): boolean =>
    messages.some((message) => ids.includes(message.id) && tells(message, text));
  const stands = (text: string): boolean => said(left, text) || !said(assist.messageIds, text);
  return {
    ...rest,
    messageIds: left,
    understanding: {
      ...understanding,
      entities: understanding.entities.filter(({ text }) => stands(text)),
      questions: understanding.questions.filter(({ text }) => stands(text)),
    },
    ...(order === undefined || !stands(order.number) ? {} : { order }),
  };
}

/** In words, or on a card. */
const tells = ({ text, parts }: Message, words: string): boolean =>
  text.includes(words) || parts.some(({ orderNumber, productId }) => words === orderNumber || words === productId);
