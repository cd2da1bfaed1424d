import type { Language } from '../domain/language.ts';
import type { AnswerContext } from './answer-options.ts';
import { platformOf } from './facts.ts';
import { turnSeed } from './ids.ts';
import type { Situation } from './situation.ts';
import { slotValues } from './slot-values.ts';
import type { Subject } from './subject.ts';

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
  };
}
