import type { AskedFact } from '../domain/asked-facts.ts';
import type { Owner } from '../domain/conversation.ts';
import type { Customer } from '../domain/customer.ts';
import type { Entry } from '../domain/entry.ts';
import type { ConversationId, MessageId, ProductId, ReleaseId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { AuthorType, Part } from '../domain/message.ts';
import type { Product } from '../domain/product.ts';
import type { RankingShifts } from '../domain/ranking.ts';
import type { Phrases, Tenant } from '../domain/tenant.ts';
import type { ProductIndex } from '../engine/products/types.ts';
import type { DenseHit, Engine } from '../engine/types.ts';

/** A line said before the turn, with what it showed. */
export type Line = {
  author: AuthorType;
  text: string;
  products?: readonly string[] | undefined;
  /** What its cards and pictures hold: it is not asked for again. */
  shown?: readonly AskedFact[] | undefined;
};

/** A release as the message way uses it: the engine over the entries, and the pack's phrases. */
export type Knowledge = {
  release: ReleaseId;
  engine: Engine;
  /** The entry behind the engine's class `index`. */
  entry(index: number): Entry;
  entryById(id: string): Entry | undefined;
  phrases: Phrases;
  /** Queue skill by the beginning of an intent's name; the longest that fits counts. */
  skills?: Readonly<Record<string, string>>;
  /** How far agents' choices move entries in the order; absent unless the tenant learns from them. */
  ranking?: RankingShifts;
};

export type Catalog = Pick<ProductIndex, 'mentions' | 'title'> & Partial<Pick<ProductIndex, 'search'>>;

/** Reads products' facts as they are now. */
export type ReadProducts = (ids: readonly ProductId[]) => Promise<readonly Product[]>;

/**
 * A text that the engine is asked about, with what an embedding model made of it: a vector (int8, base64: what is used
 * is what is kept) or what an index found near it.
 */
export type DenseText = { text: string; vector?: string | undefined; hits?: readonly DenseHit[] | undefined };

/** Everything an assist depends on. The same situation gives the same assist: preview and production build it alike. */
export type Situation = {
  tenant: Tenant;
  knowledge: Knowledge | undefined;
  catalog: Catalog | undefined;
  /** Where the catalogue lies: a replay opens that one, not a later one. */
  catalogKey?: string | undefined;
  customer: Customer | undefined;
  conversationId: ConversationId;
  turn: { id: string; revision: number; messageIds: readonly MessageId[]; parts: readonly Part[] };
  customerSeq: number;
  /** Before the turn, oldest first. */
  history: readonly Line[];
  owner: Owner;
  /** The turn is the conversation's first. */
  firstContact: boolean;
  /** Texts and `entryId#answer` already sent in this conversation. */
  sent: readonly string[];
  language: Language | undefined;
  shop: string | undefined;
  channel: string | undefined;
  /** Epoch ms. */
  at: number;
  degraded: readonly string[];
  /** Topics of the peak that is on. */
  peak?: readonly string[] | undefined;
  /** Nobody else can be queued. Known only where a hand-off depends on it. */
  full?: boolean | undefined;
  /** Who asked for a person has been shown the answer first. */
  selfServed?: boolean | undefined;
  /** With a model configured: see `dense.ts`. */
  dense?: readonly DenseText[] | undefined;
};
