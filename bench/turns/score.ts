/** Figures of labelled turns: the kind of card, the suggestions, the act. */
import type { Assist } from '../../lib/domain/assist.ts';
import { ASKING_ACTS } from '../../lib/domain/understanding.ts';
import { accuracy, type Outcome as Judgement, macroF1 } from '../../lib/measure/classification.ts';
import type { RealTurn } from './corpus.ts';
import type { Card, Label } from './draws.ts';

/** A labelled turn, its assist, and the intents of the suggestions, best first. */
export type Outcome = { turn: RealTurn; label: Label; assist: Assist; card: Card; intents: readonly string[] };

export type Figure = { name: string; value: number; of: number; bar?: number; most?: number };

const PERSON_REASONS: ReadonlySet<string> = new Set(['asked_for_person', 'safety', 'legal']);

/** The kind of card the desk would show. */
export function cardOf({ understanding, suggestions, decision, order }: Assist): Card {
  if (PERSON_REASONS.has(decision.reason)) return 'handoff';
  if (suggestions.length > 0) return 'answer';
  if (ASKING_ACTS.has(understanding.act)) return 'person';
  if (decision.reason === 'needs_person') return 'look';
  return order !== undefined || understanding.act === 'reference' ? 'order' : 'none';
}

/** A panel beside a plain line disturbs nobody, and the other way round: neither offers a FAQ answer. */
const QUIET: ReadonlySet<Card> = new Set(['none', 'order', 'look']);

export function isRightCard({ label, card }: Outcome): boolean {
  return card === label.card || (QUIET.has(card) && QUIET.has(label.card));
}

export const wantedIntents = ({ faqIntent }: Label): readonly string[] =>
  faqIntent === null ? [] : [faqIntent].flat();

/** Whether one of the first `count` suggestions is of an intent that answers the turn. */
export const isAnswered = ({ label, intents }: Outcome, count: number): boolean =>
  intents.slice(0, count).some((intent) => wantedIntents(label).includes(intent));

const share = <T>(all: readonly T[], right: (one: T) => boolean): number =>
  all.length === 0 ? 1 : all.filter(right).length / all.length;

export const actsOf = (outcomes: readonly Outcome[]): Judgement[] =>
  outcomes.map(({ label, assist }) => ({ expected: label.act, got: assist.understanding.act }));

const suggests = ({ assist }: Outcome): boolean => assist.suggestions.length > 0;

export function figuresOf(outcomes: readonly Outcome[]): Figure[] {
  const plain = outcomes.filter(({ label }) => label.card === 'none' || label.card === 'order');
  const faq = outcomes.filter(({ label }) => label.faqIntent !== null);
  const person = outcomes.filter(({ label }) => label.card === 'person');
  const acts = actsOf(outcomes);
  const asks = ({ assist, label }: Outcome) => ASKING_ACTS.has(assist.understanding.act) === ASKING_ACTS.has(label.act);
  const topIntent = ({ assist, label }: Outcome) => wantedIntents(label).includes(assist.understanding.intent.name);
  return [
    { name: 'right kind of card', value: share(outcomes, isRightCard), of: outcomes.length, bar: 0.88 },
    { name: 'suggestions on plain lines', value: share(plain, suggests), of: plain.length, most: 0.02 },
    { name: 'first suggestion right', value: share(faq, (one) => isAnswered(one, 1)), of: faq.length, bar: 0.65 },
    { name: 'one of three right', value: share(faq, (one) => isAnswered(one, 3)), of: faq.length, bar: 0.8 },
    { name: 'top intent right', value: share(faq, topIntent), of: faq.length },
    { name: 'suggestions where no entry answers', value: share(person, suggests), of: person.length },
    { name: 'wants an answer or not', value: share(outcomes, asks), of: outcomes.length },
    { name: 'act, accuracy', value: accuracy(acts), of: outcomes.length, bar: 0.85 },
    { name: 'act, macro-F1', value: macroF1(acts), of: outcomes.length, bar: 0.75 },
  ];
}

export const isMissed = ({ value, bar, most }: Figure): boolean =>
  (bar !== undefined && value < bar) || (most !== undefined && value > most);
