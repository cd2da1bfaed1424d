/** The orders that a conversation names: in words, by card, or by a number that stands alone. */
import type { Assist } from '../domain/assist.ts';
import type { Customer } from '../domain/customer.ts';
import type { Message } from '../domain/message.ts';
import { meantTexts } from '../domain/slips.ts';

/** `state`: the platform's word; undefined for an order that it has said nothing of. */
export type OrderFact = { number: string; state: string | undefined; messageIds: string[] };

type Input = { messages: readonly Message[]; assists: readonly Assist[]; customer: Customer | undefined };

/** A shorter number is found in any text. */
const SHORTEST = 4;

type Named = { number: string; messageId: string | undefined };

/** Each order once, in the order in which it was first named, with the messages that name it. */
export function orderFacts(input: Input): OrderFact[] {
  const states = new Map((input.customer?.orders ?? []).map(({ number, status }) => [number, status]));
  const found = new Map<string, Set<string>>();
  for (const { number, messageId } of [...inMessages(input), ...inAssists(input)]) {
    const ids = found.get(number) ?? new Set();
    found.set(number, messageId === undefined ? ids : ids.add(messageId));
  }
  return [...found].map(([number, ids]) => ({ number, state: states.get(number), messageIds: [...ids] }));
}

const customers = ({ author, recalled }: Message): boolean => author.type === 'customer' && recalled !== true;

/** As they are meant: a number that the customer put right in the next line is none of theirs. */
const inMessages = ({ messages, customer }: Input): Named[] =>
  runsOf(messages).flatMap((run) => {
    const meant = meantTexts(run.map(({ text }) => text));
    return run.flatMap((message, at) => {
      const text = meant[at];
      const numbers = text === undefined ? [] : numbersIn({ ...message, text }, customer);
      return numbers.map((number) => ({ number, messageId: message.id }));
    });
  });

/** The customer's consecutive messages. */
function runsOf(messages: readonly Message[]): Message[][] {
  const runs: Message[][] = [[]];
  for (const message of messages) {
    if (customers(message)) runs.at(-1)?.push(message);
    else if (message.author.type !== 'customer') runs.push([]);
  }
  return runs;
}

/** What was read as an order's number, and the order that the panel found behind it. */
function inAssists({ messages, assists }: Input): Named[] {
  return assists.flatMap(({ understanding, messageIds, order }) => {
    const ids = new Set<string>(messageIds);
    const read = understanding.entities
      .filter(({ type }) => type === 'order_number')
      .map(({ value, text }) => ({
        number: value,
        messageId: messages.find((message) => ids.has(message.id) && message.text.includes(text))?.id,
      }));
    const shown = order?.known === true ? [{ number: order.number, messageId: messageIds[0] }] : [];
    return [...read, ...shown];
  });
}

/** By card, or the customer's own number written anywhere. */
function numbersIn({ text, parts }: Message, customer: Customer | undefined): string[] {
  const cards = parts.flatMap(({ orderNumber }) => (orderNumber === undefined ? [] : [orderNumber]));
  const own = (customer?.orders ?? []).map(({ number }) => number);
  return [...cards, ...own.filter((number) => number.length >= SHORTEST && text.includes(number))];
}
