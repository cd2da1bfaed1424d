import { fillSlots } from '../domain/slots.ts';
import { ASKING_ACTS } from '../domain/understanding.ts';
import { orderNumbered } from './facts.ts';
import type { Retrieved } from './retrieve.ts';
import type { Line, Situation } from './situation.ts';
import { shopSlots } from './slot-values.ts';
import { namedOrders } from './subject.ts';
import type { Reading } from './understand.ts';

const MAX_QUESTION = 400;

/**
 * The question that a turn takes up again by naming the order it was asked for ("where is my parcel" - "your order
 * number, please" - "313021098954"): it is answered now, although the turn itself asks nothing. Undefined when the turn
 * does no such thing.
 */
export function resume(situation: Situation, reading: Reading): Retrieved | undefined {
  if (ASKING_ACTS.has(reading.understanding.act)) return undefined;
  const named = namedOrders(reading, situation.customer);
  const { question, heard } = lastExchange(situation.history);
  if (named.length === 0 || question === '' || heard === '') return undefined;
  const open = openQuestion(situation, reading, question);
  if (open === undefined) return undefined;
  const answered = reading.previous === 'asked_fact' && named.some((number) => isKnown(situation, number));
  return answered || heard.includes(open.ask) ? open.retrieved : undefined;
}

/** The entry of a question asked before, if it has something to ask back. */
function openQuestion(
  { knowledge, tenant }: Situation,
  { understanding: { language } }: Reading,
  question: string,
): { retrieved: Retrieved; ask: string } | undefined {
  if (knowledge === undefined) return undefined;
  const { candidates, exact } = knowledge.engine.classify(question, { language });
  const [best] = candidates;
  if (best === undefined) return undefined;
  const entry = knowledge.entry(best.index);
  const ask = entry.ask === undefined ? undefined : fillSlots(entry.ask, shopSlots(tenant, language));
  if (ask?.ok !== true) return undefined;
  return { retrieved: { ranked: [{ entry, confidence: best.confidence }], exact, asked: [] }, ask: ask.text };
}

function isKnown({ customer }: Situation, number: string): boolean {
  return orderNumbered(customer, number) !== undefined;
}

/** What the customer said last, and what was answered since. */
function lastExchange(history: readonly Line[]): { question: string; heard: string } {
  const end = history.findLastIndex((line) => line.author === 'customer') + 1;
  const start = history.findLastIndex((line, at) => at < end && line.author !== 'customer') + 1;
  const said = history.slice(start, end).map((line) => line.text);
  const heard = history.slice(end).map((line) => line.text);
  return { question: said.join(' ').slice(-MAX_QUESTION), heard: heard.join('\n') };
}
