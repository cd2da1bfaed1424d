import type { DecisionKind, DecisionReason, Phase } from '../../lib/domain/assist.ts';
import type { Fact } from '../../lib/domain/condition-facts.ts';
import type { AuthorType, Message, PartKind } from '../../lib/domain/message.ts';
import type { Act, EntityType, Flag, Understanding } from '../../lib/domain/understanding.ts';
import type { UiText } from './en.ts';

/** What the page can say. Every closed set of the domain is here whole: a new member does not compile until worded. */
export type Words = {
  ui: Record<keyof UiText, string>;
  reason: Record<DecisionReason, string>;
  kind: Record<DecisionKind, string>;
  act: Record<Act, string>;
  flag: Record<Flag, string>;
  entity: Record<EntityType, string>;
  phase: Record<Phase, string>;
  sentiment: Record<Understanding['sentiment']['label'], string>;
  delivery: Record<NonNullable<Message['delivery']>, string>;
  author: Record<AuthorType, string>;
  part: Record<PartKind, string>;
  role: { answer: string; ask: string; variant: string };
  /** A carrier's word for where a parcel is, where it is a common one. */
  shipment: Record<string, string>;
  /** What a condition may ask about. */
  fact: Record<Fact, string>;
  compare: Record<'is' | 'isNot' | 'between' | 'notBetween', string>;
  /** Monday first. */
  weekday: readonly string[];
  truth: Record<string, string>;
  /** Facts that a hand-off brings along beside the entities. */
  handoffFact: Record<string, string>;
  /** The packs' skills; a tenant's own is shown as it is named. */
  skill: Record<string, string>;
  /** Why a product card is shown, in the customer's language as it comes. */
  cardReason: Record<string, string>;
};
