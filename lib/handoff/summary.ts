/** A conversation in a few lines, by rules: what is wanted, what was tried, what is known, the mood, what is open. */
import type { Assist } from '../domain/assist.ts';
import type { SummaryPoint } from '../domain/contract/drafts.ts';
import type { Message } from '../domain/message.ts';
import { ASKING_ACTS, type Entity } from '../domain/understanding.ts';
import { isCall, isCourtesy, onlyAsksForPerson } from './calls.ts';
import { orderFacts } from './order-facts.ts';
import { standing } from './standing.ts';
import { type TitleInput, titlesOf } from './titles.ts';

const MAX_WANTED = 3;
const MAX_TRIED = 3;
const MAX_TEXT = 160;
/** Facts worth a line; a greeting's time of day is none. Orders are read from cards and bare numbers as well. */
const TELLING: ReadonlySet<string> = new Set<Entity['type']>([
  'tracking_number',
  'amount',
  'price_range',
  'size',
  'color',
  'quantity',
  'product',
  'date',
  'coupon_code',
]);

/** `messages` oldest first, `assists` in the order of their turns. */
export type SummaryInput = TitleInput;

const cut = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text);

const saysMore = (text: string): boolean =>
  text !== '' && !isCall(text) && !isCourtesy(text) && !onlyAsksForPerson(text);

/** What was said, each thing once; without thanks, calls and the wish for a person where anything else was said. */
function textOf(messages: readonly Message[], ids: readonly string[]): string {
  const said = messages
    .filter((message) => ids.includes(message.id) && message.recalled !== true)
    .map(({ text }) => text.trim())
    .filter((text) => text !== '');
  const telling = said.filter(saysMore);
  return [...new Set(telling.length > 0 ? telling : said)].join(' ');
}

/** Points in the order an agent asks: wanted, tried, facts, mood, open. Each names the messages it comes from. */
export function summarise(given: SummaryInput): SummaryPoint[] {
  const input = { ...given, assists: standing(given.assists, given.messages) };
  const points = [...wanted(input), ...tried(input), ...facts(input), ...mood(input), ...open(input)];
  return [...new Map(points.map((point) => [`${point.kind}\n${point.text}`, point])).values()];
}

/** Who asks for a person wants them for something, and often says it in the same breath. */
const asksIn =
  (messages: readonly Message[]) =>
  ({ understanding: { act }, messageIds }: Assist): boolean =>
    ASKING_ACTS.has(act) && (act !== 'ask_human' || saysMore(textOf(messages, messageIds)));

function wanted({ messages, assists }: SummaryInput): SummaryPoint[] {
  const points = pointsOf('wanted', assists.filter(asksIn(messages)), messages);
  const telling = points.filter(({ text }) => !isCall(text));
  return (telling.length > 0 ? telling : points).slice(-MAX_WANTED);
}

/** What each of these turns says, where it says anything. */
const pointsOf = (kind: 'wanted' | 'open', turns: readonly Assist[], messages: readonly Message[]): SummaryPoint[] =>
  turns
    .map(({ messageIds }) => ({ kind, text: cut(textOf(messages, messageIds)), messageIds: [...messageIds] }))
    .filter(({ text }) => text !== '');

/** Words that only ask for patience, greet or say goodbye: nothing was tried with them. */
const COURTESY =
  /^(?:[^。！？!?.]{0,14}(?:稍等|稍候|请等|核实一下|为您(?:查|核实)|在的|在呢|您好|你好|欢迎光临|不客气|再见|祝您)[^。]{0,24}|(?:hi|hello|hey|thanks|thank you|you're welcome|one moment|just a moment|let me (?:check|look)|bye|good (?:morning|afternoon|evening))\b.{0,60})$/i;

/** The bot's "which of these do you mean:", whose choices stand below it: asking back is no answer either. */
const ASKS_BACK = /[:：]\s*$/;

/** Whether a line of bot or agent says something of the matter: no notice, no mere courtesy, no asking back. */
export const isSubstance = ({ author, text, notice, recalled }: Message): boolean =>
  author.type !== 'customer' &&
  notice !== true &&
  recalled !== true &&
  text.trim() !== '' &&
  !COURTESY.test(text.trim()) &&
  !(author.type === 'bot' && ASKS_BACK.test(text));

function tried({ messages }: SummaryInput): SummaryPoint[] {
  return messages
    .filter(isSubstance)
    .slice(-MAX_TRIED)
    .map(({ id, text }) => ({ kind: 'tried', text: cut(text), messageIds: [id] }));
}

function facts(input: SummaryInput): SummaryPoint[] {
  const { messages, assists } = input;
  const orders = orderFacts(input).map(({ number, state, messageIds }) => ({
    kind: 'fact' as const,
    text: `order_number: ${number}${state === undefined ? '' : ` (${state})`}`,
    messageIds,
  }));
  const titles = titlesOf(input);
  const found = new Map<string, SummaryPoint>();
  for (const { understanding, messageIds } of assists) {
    for (const { type, value, text } of understanding.entities) {
      if (!TELLING.has(type)) continue;
      const said = messages.filter((message) => messageIds.includes(message.id) && message.text.includes(text));
      // A product's value is its id: it is told by its title, else by what the customer called it.
      const line = `${type}: ${type === 'product' ? (titles.get(value) ?? titles.get(text) ?? text) : value}`;
      found.set(line, { kind: 'fact', text: line, messageIds: said.map(({ id }) => id) });
    }
  }
  return [...orders, ...productCards(messages, titles), ...found.values()];
}

/** Products that the customer showed by card. */
const productCards = (messages: readonly Message[], titles: ReadonlyMap<string, string>): SummaryPoint[] =>
  messages
    .filter(({ author, recalled }) => author.type === 'customer' && recalled !== true)
    .flatMap(({ id, parts }) =>
      parts.flatMap(({ kind, productId, text }) =>
        kind === 'product_card' && productId !== undefined
          ? [
              {
                kind: 'fact' as const,
                text: `product: ${titles.get(productId) ?? text ?? productId}`,
                messageIds: [id],
              },
            ]
          : [],
      ),
    );

function mood({ assists }: SummaryInput): SummaryPoint[] {
  const last = assists.findLast(({ understanding }) => understanding.sentiment.label !== 'neutral');
  if (last === undefined) return [];
  const { label, angry } = last.understanding.sentiment;
  return [{ kind: 'mood', text: angry ? 'angry' : label, messageIds: [...last.messageIds] }];
}

/** Questions that nobody has said anything of substance to since: being told to wait is no answer, "anyone?" no question. */
function open({ messages, assists }: SummaryInput): SummaryPoint[] {
  const answered = messages.findLastIndex(isSubstance);
  const since = new Set<string>(messages.slice(answered + 1).map(({ id }) => id));
  const asks = asksIn(messages);
  const asked = assists.filter((assist) => asks(assist) && assist.messageIds.some((id) => since.has(id)));
  return pointsOf('open', asked, messages).filter(({ text }) => !isCall(text));
}
