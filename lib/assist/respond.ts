import { factsAskedFor, sayUnasked } from '../domain/asked-facts.ts';
import type { Assist, Decision, OrderPanel, Phase, Procedure } from '../domain/assist.ts';
import { NO_RELEASE } from '../domain/ids.ts';
import { ASKING_ACTS, type Understanding } from '../domain/understanding.ts';
import { answerContext, toldIn } from './answer-context.ts';
import type { AnswerContext } from './answer-options.ts';
import { type Behind, behindPicture, procedureBehind } from './behind-picture.ts';
import { productCards } from './cards.ts';
import { decideFor, type Suggestions, type Turn, worth } from './decide-turn.ts';
import { withDense } from './dense.ts';
import { containing, orderNumbered } from './facts.ts';
import { assistId, replayId } from './ids.ts';
import { orderPanel } from './order-panel.ts';
import { lookAndAsk, lookPhrase, type Next, phaseOf, phraseFor } from './phrases.ts';
import { procedureOf } from './procedure.ts';
import { asksPrice, priceOffer } from './product-price.ts';
import { resume } from './resume.ts';
import { besideAgent, type Ranked, retrieve } from './retrieve.ts';
import { suggestedForAll } from './several.ts';
import type { ReadProducts, Situation } from './situation.ts';
import { namedOrders, readSubject, type Subject } from './subject.ts';
import { type Suggested, suggest } from './suggest.ts';
import { statesFailure } from './trouble.ts';
import { asksForPerson } from './understand/asks-person.ts';
import { read } from './understand.ts';
import { whatFor } from './what-for.ts';

/**
 * The cue card of a turn: understand, retrieve, suggest, decide. The same situation and the same product facts give the
 * same assist. `now` is a monotonic clock in milliseconds, for the timings alone.
 */
export async function respond(given: Situation, readProducts: ReadProducts, now?: () => number): Promise<Assist> {
  return (await respondTraced(given, readProducts, now)).assist;
}

/** As `respond`, with what the steps gave each other: what an explanation is made of. */
export async function respondTraced(
  given: Situation,
  readProducts: ReadProducts,
  now: () => number = () => 0,
): Promise<{ assist: Assist; trace: Trace }> {
  const started = now();
  const situation = { ...given, knowledge: withDense(given.knowledge, given.dense) };
  const reading = read({ ...situation, parts: situation.turn.parts });
  const understood = now();
  const thresholds = thresholdsOf(situation);
  const resumed = resume(situation, reading);
  const found = resumed ?? whatFor(situation, reading, thresholds.suggest) ?? retrieve(situation.knowledge, reading);
  const retrieved = besideAgent(found, situation.owner);
  const asks = resumed !== undefined || retrieved.exact || ASKING_ACTS.has(reading.understanding.act);
  const turn: Turn = { situation, reading, retrieved, asks, thresholds };
  const subject = await readSubject(situation, reading, fittingEntries(turn), asks, readProducts);
  const context = answerContext(situation, reading.understanding.language, subject);
  const suggested = suggestFor(turn, subject, context);
  const behind = behindPicture(turn, context);
  const next = unasked(nextFor(turn, suggested, behind), context);
  const amount = await worth(situation, readProducts);
  const decision = decideFor(turn, { subject, context, suggested, next, amount });
  const timings = { understandMs: round(understood - started), totalMs: round(now() - started) };
  const procedure = behind === undefined ? checklistFor(turn, suggested) : procedureBehind(behind, context);
  const assist = assistOf(turn, subject, { ...suggested, next, procedure }, decision, timings);
  return { assist, trace: { ...turn, context, suggested, chance: chanceOfAsking(turn) } };
}

const round = (ms: number) => Math.round(ms * 100) / 100;

/** Stands for "no confidence is enough": thresholds are numbers in JSON too. */
const UNREACHABLE = 1.01;

/** What the release has measured for the tenant's target precision; without a release the target itself. */
function thresholdsOf({ tenant, knowledge }: Situation): Decision['thresholds'] {
  const { autoReply, suggest: shown } = tenant.settings.targetPrecision;
  const threshold = (target: number) => Math.min(knowledge?.engine.threshold(target) ?? target, UNREACHABLE);
  return { autoReply: threshold(autoReply), suggest: threshold(shown) };
}

function fittingEntries({ retrieved, thresholds }: Turn) {
  return retrieved.ranked.filter((one) => one.confidence >= thresholds.suggest).map((one) => one.entry);
}

/** A tapped choice, an authored question and a question taken up again leave no doubt that something is asked. */
function chanceOfAsking({ reading, retrieved }: Turn): number {
  const byAct = ASKING_ACTS.has(reading.understanding.act) && !retrieved.exact;
  return byAct ? reading.asks : 1;
}

/** A turn, what its answers were chosen with, what was offered, and the chance that it asks anything. */
export type Trace = Turn & { context: AnswerContext; suggested: Suggestions; chance: number };

function suggestFor(turn: Turn, subject: Subject, context: AnswerContext): Suggestions {
  const { situation, reading, retrieved, thresholds } = turn;
  const { language } = reading.understanding;
  const release = situation.knowledge?.release ?? NO_RELEASE;
  const asks = chanceOfAsking(turn);
  const suggestOf = (ranked: readonly Ranked[], query: string) =>
    suggest({ ranked, threshold: thresholds.suggest, asks, query, language, release, context });
  if (retrieved.asked.length > 1) {
    const each = retrieved.asked.map((ranked, at) => suggestOf(ranked, reading.questions[at]?.text ?? reading.query));
    return { ...suggestedForAll(each), each };
  }
  const found = suggestOf(retrieved.ranked, reading.query);
  const price = asksPrice(reading.words) ? priceOffer(subject.product, language, release) : undefined;
  if (price === undefined) return { ...found, each: [] };
  return { ...found, offers: [price, ...found.offers].slice(0, MAX_SUGGESTIONS), bestPolicy: 'auto', each: [] };
}

const MAX_SUGGESTIONS = 3;

function nextFor(turn: Turn, { offers: [best] }: Suggested, behind: Behind | undefined): Next | undefined {
  const { situation, reading } = turn;
  const { language } = reading.understanding;
  const asked = best?.suggestion.role === 'ask' ? best.suggestion.text : undefined;
  const phase = phaseFor(turn, best === undefined ? undefined : asked === undefined ? 'answer' : 'ask');
  if (phase === undefined) return undefined;
  if (phase === 'ask' && asked !== undefined) return { phase, text: asked, own: false };
  if (phase === 'hold' && behind?.ask !== undefined) return lookAndAsk(behind.ask, language);
  const phrase = phraseFor(phase, situation.tenant, situation.knowledge?.phrases ?? {}, language);
  return lookPhrase(phrase, reading.media.unreadMedia, situation.tenant, language);
}

/** A phrase of the shop may ask for something, too. */
function unasked(next: Next | undefined, { told }: AnswerContext): Next | undefined {
  if (next === undefined || told === undefined || factsAskedFor(next.text).length === 0) return next;
  const text = sayUnasked(next.text, told());
  return text === undefined ? undefined : { ...next, text };
}

function phaseFor({ situation, reading }: Turn, best: 'answer' | 'ask' | undefined): Phase | undefined {
  const { act, sentiment, flags } = reading.understanding;
  if (reading.takenBack && reading.previous !== 'held') return undefined;
  return phaseOf({
    act,
    grave: sentiment.angry || flags.includes('safety') || flags.includes('legal'),
    unreadMedia: reading.media.unreadMedia,
    withPerson: situation.owner !== 'bot' && !situation.firstContact && reading.previous !== 'greeted',
    previous: reading.previous,
    best,
  });
}

/** The panel of the order the turn points at; what is likely asked about it is only worth showing before it is asked. */
function panelFor(turn: Turn, subject: Subject): OrderPanel | undefined {
  const { situation, reading, asks } = turn;
  const { facts } = subject;
  const [number = troubledOrder(turn, subject)] = namedOrders(reading, situation.customer);
  if (number === undefined) return undefined;
  const order = orderNumbered(situation.customer, number);
  return orderPanel({
    number: order?.number ?? number,
    order,
    knowledge: asks ? undefined : situation.knowledge,
    language: reading.understanding.language,
    facts,
  });
}

/** The order of the goods that trouble is about: the one that holds what is named, or the only one where nothing is. */
function troubledOrder({ situation: { customer, catalog } }: Turn, subject: Subject): string | undefined {
  const { trouble, order, named } = subject;
  if (!trouble || order === undefined) return undefined;
  const holds = named.products.length === 0 || containing(customer?.orders ?? [], named.products, catalog) === order;
  return holds || order.items === undefined ? order.number : undefined;
}

/** What a request or a trouble needs, to tick off; a question is answered, not worked through. */
function checklistFor({ situation, reading }: Turn, { offers }: Suggested): Procedure | undefined {
  const { act, language } = reading.understanding;
  const [best] = offers;
  if (!(act === 'request' || statesFailure(reading)) || best === undefined) return undefined;
  const entry = situation.knowledge?.entryById(best.entryId);
  const text = offers.find(({ suggestion }) => suggestion.role !== 'ask')?.suggestion.text;
  return procedureOf(text, entry, toldIn(situation), language);
}

function assistOf(
  turn: Turn,
  subject: Subject,
  { next, procedure, ...suggested }: Suggestions & { next: Next | undefined; procedure: Procedure | undefined },
  decision: Decision,
  timings: Assist['timings'],
): Assist {
  const { situation, reading } = turn;
  const { conversationId, turn: messages, at } = situation;
  const order = panelFor(turn, subject);
  const wanted = subject.wanted.filter(({ id, why }) => why !== 'with_answer' || suggested.cards.includes(id));
  return {
    id: assistId(conversationId, messages.id, messages.revision),
    conversationId,
    turnId: messages.id,
    messageIds: [...messages.messageIds],
    revision: messages.revision,
    customerSeq: situation.customerSeq,
    createdAt: new Date(at).toISOString(),
    release: situation.knowledge?.release ?? NO_RELEASE,
    replay: replayId(conversationId, messages.id, messages.revision),
    degraded: [...new Set([...situation.degraded, ...(subject.degraded ? ['products'] : [])])],
    understanding: answered(reading.understanding, suggested.each),
    suggestions: offeredTo(decision, suggested.offers, situation).map((offer) => offer.suggestion),
    ...(next === undefined ? {} : { next: { phase: next.phase, text: next.text } }),
    cards: productCards(wanted, subject.products, reading.understanding.language, at),
    ...(order === undefined ? {} : { order }),
    ...(procedure === undefined ? {} : { procedure }),
    decision,
    timings,
  };
}

/** What waits for a person, or has one, is read by that person, who passes nobody on to one. */
function offeredTo(
  { kind }: Decision,
  offers: Suggestions['offers'],
  { knowledge, owner }: Situation,
): Suggestions['offers'] {
  if (kind !== 'handoff' && owner === 'bot') return offers;
  return offers.filter(({ entryId }) => !asksForPerson(knowledge?.entryById(entryId)?.question ?? ''));
}

function answered(understanding: Understanding, each: readonly Suggested[]): Assist['understanding'] {
  const questions = understanding.questions.map((question, at) => ({
    ...question,
    suggestions: each[at]?.offers.map(({ suggestion }) => suggestion) ?? [],
  }));
  return { ...understanding, questions };
}
