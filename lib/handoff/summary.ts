/** A conversation in a few lines, by rules: what is wanted, what was tried, what is known, the mood, what is open. */
import type { Assist } from '../domain/assist.ts';
import type { SummaryPoint } from '../domain/contract/drafts.ts';
import type { Customer } from '../domain/customer.ts';
import type { Message } from '../domain/message.ts';
import { ASKING_ACTS, type Entity } from '../domain/understanding.ts';

const MAX_WANTED = 3;
const MAX_TRIED = 3;
const MAX_TEXT = 160;
/** Facts worth a line; a greeting's time of day is none. */
const TELLING: ReadonlySet<string> = new Set<Entity['type']>([
  'order_number',
  'tracking_number',
  'amount',
  'size',
  'color',
  'product',
  'date',
]);

export type SummaryInput = {
  /** Oldest first. */
  messages: readonly Message[];
  /** In the order of their turns. */
  assists: readonly Assist[];
  customer: Customer | undefined;
};

const cut = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text);

const textOf = (messages: readonly Message[], ids: readonly string[]): string =>
  messages
    .filter((message) => ids.includes(message.id) && message.recalled !== true)
    .map(({ text }) => text.trim())
    .filter((text) => text !== '')
    .join(' ');

/** Points in the order an agent asks: wanted, tried, facts, mood, open. Each names the messages it comes from. */
export function summarise(input: SummaryInput): SummaryPoint[] {
  return [...wanted(input), ...tried(input), ...facts(input), ...mood(input), ...open(input)];
}

const asks = ({ understanding }: Assist): boolean =>
  ASKING_ACTS.has(understanding.act) && understanding.act !== 'ask_human';

function wanted({ messages, assists }: SummaryInput): SummaryPoint[] {
  return assists
    .filter(asks)
    .slice(-MAX_WANTED)
    .map(({ messageIds }) => ({
      kind: 'wanted' as const,
      text: cut(textOf(messages, messageIds)),
      messageIds: [...messageIds],
    }))
    .filter(({ text }) => text !== '');
}

function tried({ messages }: SummaryInput): SummaryPoint[] {
  return messages
    .filter(({ author, text }) => author.type === 'bot' && text.trim() !== '')
    .slice(-MAX_TRIED)
    .map(({ id, text }) => ({ kind: 'tried', text: cut(text), messageIds: [id] }));
}

function facts({ messages, assists, customer }: SummaryInput): SummaryPoint[] {
  const found = new Map<string, SummaryPoint>();
  for (const { understanding, messageIds } of assists) {
    for (const { type, value, text } of understanding.entities) {
      if (!TELLING.has(type)) continue;
      const said = messages.filter((message) => messageIds.includes(message.id) && message.text.includes(text));
      const order = customer?.orders?.find(({ number }) => type === 'order_number' && number === value);
      const line = order === undefined ? `${type}: ${value}` : `${type}: ${value} (${order.status})`;
      found.set(`${type}:${value}`, { kind: 'fact', text: line, messageIds: said.map(({ id }) => id) });
    }
  }
  return [...found.values()];
}

function mood({ assists }: SummaryInput): SummaryPoint[] {
  const last = assists.findLast(({ understanding }) => understanding.sentiment.label !== 'neutral');
  if (last === undefined) return [];
  const { label, angry } = last.understanding.sentiment;
  return [{ kind: 'mood', text: angry ? 'angry' : label, messageIds: [...last.messageIds] }];
}

/** Questions of the newest turns that nobody has answered since. */
function open({ messages, assists }: SummaryInput): SummaryPoint[] {
  const answered = messages.findLastIndex(({ author }) => author.type !== 'customer');
  const since = new Set<string>(messages.slice(answered + 1).map(({ id }) => id));
  return assists
    .filter((assist) => asks(assist) && assist.messageIds.some((id) => since.has(id)))
    .map(({ messageIds }) => ({
      kind: 'open' as const,
      text: cut(textOf(messages, messageIds)),
      messageIds: [...messageIds],
    }));
}
