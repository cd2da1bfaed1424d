import type { AskedFact } from '../../lib/domain/asked-facts.ts';
import type { DecisionKind, DecisionReason, Phase, Source } from '../../lib/domain/assist.ts';
import type { Fact } from '../../lib/domain/condition-facts.ts';
import type { AuthoredReason, DraftedReply, SummaryPoint } from '../../lib/domain/contract/drafts.ts';
import type { AuthorType, Message, PartKind } from '../../lib/domain/message.ts';
import type { Act, EntityType, Flag, Understanding } from '../../lib/domain/understanding.ts';
import type { DeskText } from './en-desk.ts';
import type { UiText } from './en-ui.ts';

/** What the page can say. Every closed set of the domain is here whole: a new member does not compile until worded. */
export type Words = {
  ui: Record<keyof UiText, string>;
  desk: Record<keyof DeskText, string>;
  reason: Record<DecisionReason, string>;
  /** The same as short as a line of a list is. */
  brief: Record<DecisionReason, string>;
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
  /** Facts that are asked for and that no message names by itself. */
  askedFact: Record<Exclude<AskedFact, EntityType>, string>;
  compare: Record<'is' | 'isNot' | 'between' | 'notBetween', string>;
  /** Monday first. */
  weekday: readonly string[];
  truth: Record<string, string>;
  /** Facts that a hand-off brings along beside the entities. */
  handoffFact: Record<string, string>;
  /** The packs' skills; a tenant's own is shown as it is named. */
  skill: Record<string, string>;
  /** What was missing or down when the card was made; one the page does not know is shown as it is named. */
  degraded: Record<string, string>;
  /** Where a reply comes from, where that is not an entry of the knowledge. */
  source: Record<Exclude<Source['kind'], 'entry'>, string>;
  /** Why the authored text stands, as the second half of a sentence. */
  authored: Record<AuthoredReason, string>;
  /** What a dropped draft claimed: `{text}` is its words. */
  claim: Record<NonNullable<DraftedReply['claims']>[number]['kind'], string>;
  point: Record<SummaryPoint['kind'], string>;
  /** What was searched for and how much of it a product meets: `{needs}` comes in the customer's language. */
  meets: string;
  /** Why a product card is shown, in the customer's language as it comes. */
  cardReason: Record<string, string>;
};
