import type { Decision, DecisionReason } from '../domain/assist.ts';
import type { Owner } from '../domain/conversation.ts';
import { automatic, type DecideInput, handoff, isConfident, isGuarded, type Offered, outcome } from './decide-alone.ts';

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
  if (input.inVain && isAutomatic(input)) return handoff(input, 'needs_person');
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

function besidePerson(input: DecideInput): Decision {
  if (input.offers.length === 0) return outcome(input, 'none', 'nothing_fits');
  return outcome(input, 'suggest', input.owner === 'queue' ? 'owner_queue' : 'owner_agent');
}

function isAutomatic({ owner, mode }: DecideInput): boolean {
  return !isPersons(owner) && (mode === 'auto' || mode === 'hybrid');
}
