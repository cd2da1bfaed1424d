/** What the bot does with a turn that is its own: an answer where that is sure, a question back, or a person. */
import type { Choice, Decision, DecisionReason, Suggestion } from '../domain/assist.ts';
import type { Owner } from '../domain/conversation.ts';
import type { Policy } from '../domain/entry.ts';
import type { Mode } from '../domain/tenant.ts';
import type { Act, Flag } from '../domain/understanding.ts';

/** A suggestion with what the decision needs of its entry. */
export type Offered = {
  suggestion: Suggestion;
  entryId: string;
  intent: string;
  /** The entry's standard question: the label of its button. */
  question: string;
  policy: Policy;
};

export type DecideInput = {
  owner: Owner;
  mode: Mode;
  /** What to do with a question that can be suggested on but not answered alone. */
  belowThreshold: 'clarify' | 'handoff';
  thresholds: { autoReply: number; suggest: number };
  /** The share of automatic answers that must be right. */
  targetPrecision: number;
  act: Act;
  flags: readonly Flag[];
  /** The customer tapped the button that asks for a person. */
  wantsPerson: boolean;
  /** The turn wants an answer: by its act, or because it equals an authored question. */
  asks: boolean;
  exact: boolean;
  /** The bot's answer was refused, or it was called again and again. */
  inVain: boolean;
  /** Images or voice that nobody has looked at. */
  unreadMedia: boolean;
  /** Of a turn that asks several questions, the offers for each, best first; else empty. */
  questions: readonly (readonly Offered[])[];
  /** The policy of the best entry at or above the suggest threshold, whether or not it has something to offer. */
  bestPolicy: Policy | undefined;
  /** At or above the suggest threshold, best first. */
  offers: readonly Offered[];
  /** The tenant's own phrase that the bot may say now. */
  phrase: string | undefined;
  /** The customer is upset: who waits for a person moves up. */
  angry: boolean;
  /** What is asked falls under a topic of the peak that is on; undefined while there is none. */
  peak: 'topic' | 'other' | undefined;
  /** More wait for a person than the team can serve: nobody else is queued. */
  full: boolean;
  /** Whoever asks for a person is shown a sure answer first: the tenant's policy for the intent, and not had yet. */
  selfService: boolean;
  wording: {
    /** Above the buttons of a clarification, and the label of the one that asks for a person. */
    clarify: string;
    person: Choice;
    /** Before an answer that is shown first, and the buttons under it. */
    selfService: { text: string; choices: Choice[] };
    /** Said where nobody can be queued. */
    full: string;
  };
  /** Who takes a hand-off, and how urgent it is (0-9). */
  skill: string;
  priority(reason: DecisionReason): number;
  choiceValue(entryId: string): string;
};

/** Entries compete when the second is at least half as probable as the first. */
const CLOSE = 0.5;
const MAX_CHOICES = 4;

/** What a machine must not answer by itself, however sure it is: what it has not seen, and what tries to steer it. */
export function isGuarded({ unreadMedia, flags }: DecideInput): boolean {
  return unreadMedia || flags.includes('injection');
}

export function automatic(input: DecideInput): Decision {
  const [best] = input.offers;
  if (best === undefined || isGuarded(input)) return handoff(input, 'needs_person');
  if (input.questions.length > 1) return several(input);
  if (best.policy !== 'auto') return handoff(input, 'policy_assist');
  if (isConfident(input, best)) return reply(input, best);
  const rivals = distinct(input.offers).filter(
    ({ suggestion }) =>
      suggestion.source.kind !== 'passage' && suggestion.confidence >= best.suggestion.confidence * CLOSE,
  );
  if (rivals.length >= 2) return clarify(input, 'competing', choicesOf(input, rivals));
  return unsure(input);
}

/** Several questions are answered together or not at all: none is dropped because another is sure. */
function several(input: DecideInput): Decision {
  const bests = distinct(input.questions.flatMap((offers) => offers.slice(0, 1)));
  if (input.questions.some((offers) => offers.length === 0)) return handoff(input, 'below_threshold');
  if (bests.some(({ policy }) => policy !== 'auto')) return handoff(input, 'policy_assist');
  if (bests.every((offer) => isConfident(input, offer))) return replyToAll(input, bests);
  return bests.length >= 2 ? clarify(input, 'competing', choicesOf(input, bests)) : unsure(input);
}

function replyToAll(input: DecideInput, bests: readonly Offered[]): Decision {
  const replies = bests.map(({ suggestion }) => suggestion);
  if (replies.some(({ role }) => role === 'variant')) return handoff(input, 'needs_fact');
  const attachments = [...new Set(replies.flatMap((one) => one.attachments ?? []))];
  const [first] = replies;
  return {
    ...outcome(input, 'auto_reply', replies.some(({ role }) => role === 'ask') ? 'needs_fact' : 'confident'),
    reply: {
      text: [...new Set(replies.map(({ text }) => text))].join('\n'),
      ...(first === undefined ? {} : { suggestionId: first.id }),
      ...(replies.length < 2 ? {} : { suggestionIds: replies.map(({ id }) => id) }),
      ...(attachments.length === 0 ? {} : { attachments }),
    },
  };
}

/** An exact match is judged by its own confidence: it is the precision such matches have, not a ranking's score. */
export function isConfident({ thresholds, exact, targetPrecision }: DecideInput, { suggestion }: Offered): boolean {
  return suggestion.confidence >= thresholds.autoReply || (exact && suggestion.confidence >= targetPrecision);
}

function reply(input: DecideInput, { suggestion }: Offered): Decision {
  const { id, text, attachments, role } = suggestion;
  if (role === 'variant') return handoff(input, 'needs_fact');
  return {
    ...outcome(input, 'auto_reply', role === 'ask' ? 'needs_fact' : 'confident'),
    reply: { text, suggestionId: id, ...(attachments === undefined ? {} : { attachments }) },
  };
}

/** One fits, not surely enough: the customer is asked whether it is that, or somebody takes over. */
function unsure(input: DecideInput): Decision {
  if (input.belowThreshold === 'handoff') return handoff(input, 'below_threshold');
  const asked = choicesOf(input, distinct(input.offers)).slice(0, MAX_CHOICES - 1);
  return clarify(input, 'below_threshold', [...asked, input.wording.person]);
}

/** One offer an intent: answers of the same intent do not compete. */
function distinct(offers: readonly Offered[]): Offered[] {
  const first = new Map<string, Offered>();
  for (const offer of offers) if (!first.has(offer.intent)) first.set(offer.intent, offer);
  return [...first.values()];
}

/** The heading of a page is no question that a customer could tap. */
function choicesOf(input: DecideInput, offers: readonly Offered[]): Choice[] {
  return offers
    .filter(({ suggestion }) => suggestion.source.kind !== 'passage')
    .slice(0, MAX_CHOICES)
    .map((offer) => ({
      label: offer.question,
      value: input.choiceValue(offer.entryId),
    }));
}

function clarify(input: DecideInput, reason: DecisionReason, choices: Choice[]): Decision {
  return { ...outcome(input, 'clarify', reason), reply: { text: input.wording.clarify }, choices };
}

/** Danger and law are never turned away. */
const ALWAYS_QUEUED: ReadonlySet<DecisionReason> = new Set<DecisionReason>(['safety', 'legal']);

export function handoff(input: DecideInput, reason: DecisionReason): Decision {
  if (input.full && !ALWAYS_QUEUED.has(reason)) {
    return { ...outcome(input, 'auto_reply', 'queue_full'), escalate: true, reply: { text: input.wording.full } };
  }
  return { ...outcome(input, 'handoff', reason), skill: input.skill, priority: input.priority(reason) };
}

export function outcome({ thresholds }: DecideInput, kind: Decision['kind'], reason: DecisionReason): Decision {
  return { kind, reason, escalate: false, thresholds };
}
