import { type AskedFact, knownFacts, toldBare } from '../domain/asked-facts.ts';
import type { Language } from '../domain/language.ts';
import { statusLabel } from '../domain/order-status.ts';
import type { AnswerContext } from './answer-options.ts';
import { type OrderCandidates, platformOf } from './facts.ts';
import { turnSeed } from './ids.ts';
import type { Situation } from './situation.ts';
import { slotValues } from './slot-values.ts';
import type { Subject } from './subject.ts';
import { readEntities } from './understand/entities.ts';

/** What a turn's answers are chosen and filled with, once it is known what the turn is about. */
export function answerContext(situation: Situation, language: Language, subject: Subject): AnswerContext {
  return {
    at: situation.at,
    platform: platformOf(situation.conversationId),
    channel: situation.channel,
    shop: situation.shop,
    facts: subject.facts,
    slots: slotValues(situation, language, subject.order, subject.product),
    orderKnown: subject.orders.length === 1 && subject.orders[0] !== 'unknown',
    productKnown: subject.productKnown,
    sent: new Set(situation.sent),
    turn: turnSeed(situation.conversationId, situation.turn.id),
    language,
    told: once(() => toldIn(situation)),
    whichOrder: whichOrder(subject.orders, language),
  };
}

/** Read when an answer asks for something: most do not. */
function once<T>(read: () => T): () => T {
  let value: { read: T } | undefined;
  return () => {
    value ??= { read: read() };
    return value.read;
  };
}

/** What the customer has said in the turn and before it, shown by card or photo, or the platform said of them. */
export function toldIn({ history, turn, customer, catalog }: Situation): ReadonlySet<AskedFact> {
  const earlier = history.filter(({ author }) => author === 'customer').map(({ text }) => text);
  const now = turn.parts.map(({ text, transcript }) => text ?? transcript ?? '');
  const entities = readEntities([...earlier, ...now].join('\n'), catalog);
  const shown = history.flatMap((line) => line.shown ?? []);
  const bare = toldBare([...history, { author: 'customer', text: now.join('\n') }]);
  return new Set([...knownFacts({ customer, entities, parts: turn.parts }), ...shown, ...bare]);
}

const MAX_ORDERS = 4;

/** "Which order is it: 1 (shipped) or 2 (paid)?", where there are few enough to choose from. */
function whichOrder(orders: OrderCandidates, language: Language): string | undefined {
  const known = orders.filter((order) => typeof order === 'object');
  if (known.length < 2 || known.length > MAX_ORDERS || known.length < orders.length) return undefined;
  const names = known.map(({ number, status }) => [number, statusLabel(status, language)] as const);
  if (language === 'zh')
    return `请问是哪一笔订单：${names.map(([number, state]) => `${number}（${state}）`).join('、')}？`;
  return `Which order is it: ${names.map(([number, state]) => `${number} (${state})`).join(' or ')}?`;
}
