/** What a turn's decision depends on: who would take it, how urgent it is, what the tenant's policies say of its intent. */
import type { Decision } from '../domain/assist.ts';
import type { Entry } from '../domain/entry.ts';
import { matchesIntent, routingOf } from '../domain/routing.ts';
import type { AnswerContext } from './answer-options.ts';
import { decide } from './decide.ts';
import type { DecideInput, Offered } from './decide-alone.ts';
import { clarifyWording, selfServiceChoices, skillOf } from './hand-over.ts';
import { missingFact } from './missing-fact.ts';
import type { Next } from './phrases.ts';
import { amountOf, priorityOf, valuedProducts } from './priority.ts';
import { choiceValue, PERSON_CHOICE, type Retrieved } from './retrieve.ts';
import type { ReadProducts, Situation } from './situation.ts';
import { readOrDegrade, type Subject } from './subject.ts';
import type { Suggested } from './suggest.ts';
import type { Reading } from './understand.ts';
import { queueFullFor, selfServiceFor } from './wording.ts';

/** One turn on its way: each step adds to what the next one uses. */
export type Turn = {
  situation: Situation;
  reading: Reading;
  retrieved: Retrieved;
  asks: boolean;
  thresholds: Decision['thresholds'];
};

/** What is suggested for the turn, and, of a turn that asks several questions, for each of them. */
export type Suggestions = Suggested & { each: readonly Suggested[] };

/** The first name of the intents that are about danger, and how likely another has to be beside it. */
const DANGER = 'safety';
const LIKELY = 0.5;

type Known = {
  subject: Subject;
  context: AnswerContext;
  suggested: Suggestions;
  next: Next | undefined;
  amount: number;
};

/** The decision of a turn, from what was read, found and suggested. */
export function decideFor(turn: Turn, known: Known): Decision {
  const { situation, reading, retrieved, asks, thresholds } = turn;
  const { understanding, media } = reading;
  const { settings } = situation.tenant;
  const { offers, bestPolicy, each } = known.suggested;
  const decision = decide({
    owner: situation.owner,
    mode: settings.mode,
    belowThreshold: settings.belowThreshold,
    thresholds,
    targetPrecision: settings.targetPrecision.autoReply,
    act: understanding.act,
    flags: understanding.flags,
    wantsPerson: media.tapped.includes(PERSON_CHOICE),
    asks,
    exact: retrieved.exact,
    inVain: reading.inVain,
    unreadMedia: media.unreadMedia,
    questions: each.map((one) => one.offers),
    bestPolicy,
    offers,
    phrase: known.next !== undefined && mayBotSay(known.next) ? known.next.text : undefined,
    angry: understanding.sentiment.angry,
    peak: peakFor(turn, known.suggested),
    full: situation.full === true,
    selfService: mayServeItself(turn, offers),
    wording: wordingFor(turn),
    ...handOver(turn, known),
    choiceValue,
  });
  if (decision.kind !== 'handoff') return decision;
  const ask = missingFact(bestEntry(turn), known.context);
  return ask === undefined ? decision : { ...decision, ask };
}

/** The entry that the turn is probably about. */
function bestEntry({ retrieved: { ranked }, thresholds }: Turn): Entry | undefined {
  const [best] = ranked;
  return best !== undefined && best.confidence >= thresholds.suggest ? best.entry : undefined;
}

/** What a hand-off is about. Danger is danger, whatever unlikely question it resembles. */
function intentOf(turn: Turn): string {
  const intent = bestEntry(turn)?.intent ?? '';
  const { flags, intent: read } = turn.reading.understanding;
  return flags.includes('safety') && read.confidence < LIKELY ? DANGER : intent;
}

/** Who takes a hand-off of the turn, and how urgent it is. */
function handOver(turn: Turn, { subject, amount }: Known): Pick<DecideInput, 'skill' | 'priority'> {
  const { situation, reading } = turn;
  const { language, sentiment } = reading.understanding;
  const { skills, priorities } = routingOf(situation.tenant.settings.routing);
  const tags = situation.customer?.tags ?? [];
  const categories = [subject.product, ...subject.products.filter(({ id }) => subject.named.products.includes(id))];
  return {
    skill: skillOf(
      skills,
      {
        intent: intentOf(turn),
        language,
        categories: categories.flatMap((product) => product?.category ?? []),
        tags,
      },
      situation.knowledge?.skills,
    ),
    priority: (reason) => priorityOf({ reason, angry: sentiment.angry, tags, amount }, priorities),
  };
}

/** What the customer's orders, cart and views are worth, where the tenant gives points for it. */
export async function worth({ tenant, customer }: Situation, readProducts: ReadProducts): Promise<number> {
  const points = tenant.settings.routing?.priorities;
  if ((points?.value ?? []).length === 0) return 0;
  const { products } = await readOrDegrade(readProducts, valuedProducts(customer, points));
  return amountOf(customer, products);
}

const fallsUnder = (patterns: readonly string[], intent: string): boolean =>
  patterns.some((pattern) => matchesIntent(pattern, intent));

/** Whether everything that is asked falls under the peak's topics. */
function peakFor({ situation: { peak = [] } }: Turn, { offers, each }: Suggestions): DecideInput['peak'] {
  if (peak.length === 0) return undefined;
  const asked = each.length > 1 ? each.map((one) => one.offers[0]) : [offers[0]];
  return asked.every((offer) => offer !== undefined && fallsUnder(peak, offer.intent)) ? 'topic' : 'other';
}

function mayServeItself({ situation }: Turn, [best]: readonly Offered[]): boolean {
  const patterns = situation.tenant.settings.routing?.selfService ?? [];
  return situation.selfServed !== true && best !== undefined && fallsUnder(patterns, best.intent);
}

function wordingFor({ situation: { tenant }, reading }: Turn): DecideInput['wording'] {
  const { language } = reading.understanding;
  return {
    ...clarifyWording(tenant, language),
    selfService: { text: selfServiceFor(tenant, language), choices: selfServiceChoices(language) },
    full: queueFullFor(tenant, language),
  };
}

/** A bot may greet and say goodbye in the shop's own words; it must not promise to check when nobody is looking. */
function mayBotSay({ phase, own }: Next): boolean {
  return own && (phase === 'greet' || phase === 'close');
}
