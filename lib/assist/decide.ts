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

/**
 * What happens with a turn: the table of DESIGN.md, row by row. A closed conversation is the bot's: the message that is
 * being decided reopens it.
 */
export function decide(input: DecideInput): Decision {
  const decision = upset(input, decided(input));
  return input.mode === 'assist' || input.mode === 'shadow' ? { ...decision, would: wouldBe(input) } : decision;
}

/** Who waits and grows angry is more urgent than they were, whatever they say. */
function upset(input: DecideInput, decision: Decision): Decision {
  if (input.owner !== 'queue' || !input.angry || decision.priority !== undefined) return decision;
  return { ...decision, priority: input.priority(decision.reason) };
}

/** What would become of the turn if the bot had it and might answer. A phrase of courtesy is no answer. */
function wouldBe(input: DecideInput): NonNullable<Decision['would']> {
  const { kind, reply } = decided({ ...input, owner: 'bot', mode: 'hybrid', phrase: undefined, full: false });
  return { kind, ...(reply?.suggestionId === undefined ? {} : { suggestionId: reply.suggestionId }) };
}

function decided(input: DecideInput): Decision {
  const person = personReason(input);
  if (person !== undefined) return toPerson(input, person);
  if (!input.asks) return withoutQuestion(input);
  if (isPersons(input.owner)) return besidePerson(input);
  if (input.offers.length === 0) return handoff(input, isGuarded(input) ? 'needs_person' : 'nothing_fits');
  if (input.mode === 'assist') return assisted(input);
  if (input.mode === 'shadow') return outcome(input, 'suggest', 'mode_shadow');
  return automatic(input);
}

/**
 * In mode assist people answer. While a peak lasts its topics are answered where that is sure, and everything else goes
 * into the queue, so that who waits is told so.
 */
function assisted(input: DecideInput): Decision {
  if (input.peak === undefined) return outcome(input, 'suggest', 'mode_assist');
  const sure = input.peak === 'topic' ? automatic(input) : undefined;
  return sure?.kind === 'auto_reply' ? sure : handoff(input, 'mode_assist');
}

function isPersons(owner: Owner): boolean {
  return owner === 'queue' || owner.startsWith('agent:');
}

/** The table's first row. A threat is a matter of safety: somebody's, though not a product's. */
function personReason({ act, flags, wantsPerson, asks, bestPolicy }: DecideInput): DecisionReason | undefined {
  if (flags.includes('safety') || flags.includes('threat')) return 'safety';
  if (flags.includes('legal')) return 'legal';
  if (wantsPerson || act === 'ask_human' || flags.includes('ask_human')) return 'asked_for_person';
  return asks && bestPolicy === 'human' ? 'policy_human' : undefined;
}

function toPerson(input: DecideInput, reason: DecisionReason): Decision {
  if (!isPersons(input.owner)) {
    const [best] = input.offers;
    if (reason === 'asked_for_person' && best !== undefined && mayServeItself(input, best)) return shown(input, best);
    const nobodyAutomatic = input.mode === 'assist' || input.mode === 'shadow';
    const decision = handoff(input, reason);
    return { ...decision, escalate: decision.escalate || nobodyAutomatic };
  }
  const kind = input.offers.length > 0 ? 'suggest' : 'none';
  return { ...outcome(input, kind, reason), escalate: true, skill: input.skill, priority: input.priority(reason) };
}

/** Only what the bot would have answered alone is shown first, and never to who is upset. */
function mayServeItself(input: DecideInput, best: Offered): boolean {
  const { role = 'answer' } = best.suggestion;
  const plain = role === 'answer' && best.policy === 'auto' && input.questions.length < 2 && !isGuarded(input);
  return input.selfService && isAutomatic(input) && !input.angry && plain && isConfident(input, best);
}

/** The answer, and a person for the asking. */
function shown(input: DecideInput, { suggestion: { id, text, attachments } }: Offered): Decision {
  const { text: before, choices } = input.wording.selfService;
  return {
    ...outcome(input, 'clarify', 'self_service'),
    escalate: true,
    reply: {
      text: before === '' ? text : `${before}\n${text}`,
      suggestionId: id,
      ...(attachments === undefined ? {} : { attachments }),
    },
    choices,
  };
}

function withoutQuestion(input: DecideInput): Decision {
  if (input.unreadMedia) {
    return isPersons(input.owner) ? outcome(input, 'none', 'needs_person') : handoff(input, 'needs_person');
  }
  const speaks = isAutomatic(input) && input.phrase !== undefined && !isGuarded(input);
  if (!speaks) return outcome(input, 'none', 'no_question');
  return { ...outcome(input, 'auto_reply', 'phase_phrase'), reply: { text: input.phrase ?? '' } };
}

function isAutomatic({ owner, mode }: DecideInput): boolean {
  return !isPersons(owner) && (mode === 'auto' || mode === 'hybrid');
}

function besidePerson(input: DecideInput): Decision {
  if (input.offers.length === 0) return outcome(input, 'none', 'nothing_fits');
  return outcome(input, 'suggest', input.owner === 'queue' ? 'owner_queue' : 'owner_agent');
}

/** What a machine must not answer by itself, however sure it is: what it has not seen, and what tries to steer it. */
function isGuarded({ unreadMedia, flags }: DecideInput): boolean {
  return unreadMedia || flags.includes('injection');
}

function automatic(input: DecideInput): Decision {
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
function isConfident({ thresholds, exact, targetPrecision }: DecideInput, { suggestion }: Offered): boolean {
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

function handoff(input: DecideInput, reason: DecisionReason): Decision {
  if (input.full && !ALWAYS_QUEUED.has(reason)) {
    return { ...outcome(input, 'auto_reply', 'queue_full'), escalate: true, reply: { text: input.wording.full } };
  }
  return { ...outcome(input, 'handoff', reason), skill: input.skill, priority: input.priority(reason) };
}

function outcome({ thresholds }: DecideInput, kind: Decision['kind'], reason: DecisionReason): Decision {
  return { kind, reason, escalate: false, thresholds };
}
