/** What the message way and the knowledge way need from outside. Each is implemented in `lib/adapters`. */

import type * as z from 'zod';
import type { Assist } from './domain/assist.ts';
import type { AuditEvent } from './domain/audit.ts';
import type { ChatwootRecord, ChatwootSeen, SeenEvent } from './domain/chatwoot.ts';
import type { Head, Owner } from './domain/conversation.ts';
import type { Customer, CustomerPatch } from './domain/customer.ts';
import type { Entry } from './domain/entry.ts';
import type { InboundEvent } from './domain/event.ts';
import type { EditEvidence, GapEvidence, Tally } from './domain/evidence.ts';
import type { Feedback } from './domain/feedback.ts';
import type { AgentId, AssistId, ConversationId, CustomerId, EntryId, ProductId, TenantId } from './domain/ids.ts';
import type { JobKind } from './domain/job.ts';
import type { KeptEntry } from './domain/kept-entry.ts';
import type { DraftHead, LivePointer } from './domain/knowledge.ts';
import type { GapRecord, GapsState, ProposalRecord } from './domain/learning.ts';
import type { Message } from './domain/message.ts';
import type { KnownPerson } from './domain/personal-data/types.ts';
import type { Product } from './domain/product.ts';
import type { AgentRecord, InLine } from './domain/routing.ts';
import type { SampledTurn } from './domain/sampled-turn.ts';
import type { UploadForm } from './domain/upload.ts';
import type { KeptWrapUp } from './domain/wrap-up.ts';
import type { DenseHit, Embedding } from './engine/types.ts';

/** Epoch milliseconds. */
export type Clock = () => number;
/** `prefix_` and enough randomness to be unique. */
export type NewId = (prefix: string) => string;
export type Sleep = (ms: number) => Promise<void>;

/** Immutable blobs: snapshots, catalogues, uploads. */
export type ObjectStore = {
  get(key: string): Promise<Uint8Array | undefined>;
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Nothing happens when there is none. */
  delete(key: string): Promise<void>;
  /** A page of what lies under a prefix that ends in `/`, in order of keys. */
  list(prefix: string, cursor?: string): Promise<Page<StoredObject>>;
};
/** A form by which one object can be put until `expiresAt` (epoch ms), larger files being refused. */
export type PresignUpload = (key: string, limits: { maxBytes: number; expiresAt: number }) => Promise<UploadForm>;
/** `at`: when it was last put (epoch ms). */
export type StoredObject = { key: string; at: number; bytes: number };

/** The functions that are started asynchronously, each with a payload of ids only. */
export type Starts = {
  assist: { tenant: TenantId; conversation: ConversationId; message: string };
  deliver: { tenant: TenantId; conversation: ConversationId };
  /** Timers of a conversation and offers to agents; without a conversation, whatever of the tenant waits. */
  route: { tenant: TenantId; conversation?: ConversationId | undefined; agent?: AgentId | undefined };
  work: { tenant: TenantId; kind: JobKind; id: string };
};
/** Starts a function without waiting for it. May fail: the work item stays due and the sweep starts it again. */
export type Start = <Name extends keyof Starts>(name: Name, payload: Starts[Name]) => Promise<void>;

/** An event as it was received, durable until handled; its work keys make it due. */
export type StoredEvent = {
  /** The message id for `message.created`; the delivery id for other events. */
  id: string;
  event: InboundEvent;
  receivedAt: number;
  attempts: number;
  /** The platform's delivery that brought it: found again when the conversation is erased. */
  delivery?: string | undefined;
};

export type ConversationStore = {
  /** The head (if any), the newest messages and what is due among the newest items, oldest first, in one consistent read. */
  load(
    tenant: TenantId,
    conversation: ConversationId,
    limit?: number,
  ): Promise<{ head: Head | undefined; messages: Message[]; events: StoredEvent[] }>;
  head(tenant: TenantId, conversation: ConversationId): Promise<Head | undefined>;
  /** Puts the head if its stored version is `expected` (undefined: none stored). The one conditional write of ownership. */
  putHead(tenant: TenantId, head: Head, expected: number | undefined): Promise<'ok' | 'conflict'>;
  /** Notes whose a conversation is, by which everything of a customer is found. Repeatable. */
  noteCustomer?(tenant: TenantId, customer: CustomerId, conversation: ConversationId, at: string): Promise<void>;
  /** Notes which message a platform's delivery brought. Of a known delivery: the message noted first. */
  putDelivery(tenant: TenantId, deliveryId: string, message: string, at: number): Promise<string | undefined>;
  /** Makes a message or event durable and due, once; `duplicate` when its id is known. */
  receive(
    tenant: TenantId,
    conversation: ConversationId,
    event: StoredEvent,
    dueAt: number,
  ): Promise<'ok' | 'duplicate'>;
  /** A received message or event by its id, if it is still due. */
  due(tenant: TenantId, conversation: ConversationId, id: string): Promise<StoredEvent | undefined>;
  /** Takes the event's work keys away. */
  done(tenant: TenantId, conversation: ConversationId, event: StoredEvent): Promise<void>;
  /** Stores a message of ours or of the platform's agents; once. */
  putMessage(tenant: TenantId, conversation: ConversationId, message: Message): Promise<'ok' | 'duplicate'>;
  /** Marks a message as withdrawn, if it is there. */
  recall(tenant: TenantId, conversation: ConversationId, message: string): Promise<void>;
  /** The assist of its turn, if its revision is newer than the stored one. */
  putAssist(tenant: TenantId, assist: StoredAssist): Promise<'ok' | 'stale'>;
  assist(tenant: TenantId, id: AssistId): Promise<StoredAssist | undefined>;
  /** In order of their turns. */
  assists(tenant: TenantId, conversation: ConversationId): Promise<StoredAssist[]>;
  /** What became of a suggestion; the same id again replaces, and is `known`. */
  putFeedback(tenant: TenantId, conversation: ConversationId, feedback: Feedback): Promise<'new' | 'known'>;
  feedback(tenant: TenantId, conversation: ConversationId): Promise<Feedback[]>;
  /** Keeps what an agent noted on closing; the same id again replaces. */
  putWrapUp(tenant: TenantId, conversation: ConversationId, kept: KeptWrapUp): Promise<void>;
  /** Oldest first. */
  wrapUps(tenant: TenantId, conversation: ConversationId): Promise<KeptWrapUp[]>;
  /** Who waits in the queue, most urgent first, at most `limit`: without their heads. */
  waiting(tenant: TenantId, limit: number): Promise<InLine[]>;
  /** Conversations of an owner: the queue most urgent first, others newest first. Raises `invalid` on a foreign cursor. */
  list(tenant: TenantId, owner: Owner, limit: number, cursor?: string): Promise<Page<Head>>;
};

/** Work that is due and nobody has finished. */
export type DueWork = {
  key: { pk: string; sk: string };
  dueAt: number;
  /** How often the sweep has started it before. */
  attempts: number;
  work: { [Name in keyof Starts]: { name: Name; payload: Starts[Name] } }[keyof Starts];
};

export type WorkStore = {
  shards: number;
  /** Due at `now`, the longest due first. */
  due(shard: number, now: number, limit: number): Promise<DueWork[]>;
  /** Moves work on that is still due as it was read; `conflict` when somebody else did, or it is done. */
  defer(work: DueWork, until: number): Promise<'ok' | 'conflict'>;
};

/** The people at the desks. Each change is one put conditional on the version read. */
export type AgentStore = {
  get(tenant: TenantId, agent: AgentId): Promise<AgentRecord | undefined>;
  /** Read consistently. */
  list(tenant: TenantId): Promise<AgentRecord[]>;
  /** The new one has the next version; `expected` undefined: none is stored. Due when its lease ends. */
  put(tenant: TenantId, agent: AgentRecord, expected: number | undefined): Promise<'ok' | 'conflict'>;
};

/** What happened, counted by hour (`YYYY-MM-DDTHH`, UTC). A count may be lost with a crash; none is counted twice. */
export type HourCounts = {
  add(tenant: TenantId, hour: string, counts: Readonly<Record<string, number>>): Promise<void>;
  /** Both hours included, in order. */
  between(tenant: TenantId, from: string, to: string): Promise<{ hour: string; counts: Record<string, number> }[]>;
};

/** An assist with everything `replay` needs to compute it again. */
export type StoredAssist = { assist: Assist; inputs: unknown };

export type CustomerStore = {
  get(tenant: TenantId, id: CustomerId): Promise<Customer | undefined>;
  /** Merges a patch into what is known and returns the result. */
  merge(tenant: TenantId, patch: CustomerPatch, at: string): Promise<Customer>;
};

export type ProductStore = {
  /** Facts as they are now. */
  get(tenant: TenantId, ids: readonly ProductId[]): Promise<Product[]>;
};

export type Hint =
  | {
      conversationId: ConversationId;
      version: number;
      /** `offer`: somebody is asked, or no longer; `promise`: one has run out. */
      kind: 'message' | 'assist' | 'owner' | 'delivery' | 'queue' | 'offer' | 'promise';
      /** Whose it is now, and who is asked to take it: a desk that shows neither need not read anything. */
      owner: Owner;
      offeredTo?: AgentId;
    }
  | { kind: 'presence'; agentId: AgentId };
/** Tells every open desk of the tenant that something changed; desks reread. Best effort. */
export type HintDesks = (tenant: TenantId, hint: Hint) => Promise<void>;

/**
 * Calls the platform back. `refused`: the platform will not take it (4xx); `failed`: try again; `overtaken`: a person has the
 * conversation there. `attempt` counts from 1.
 */
export type CallPlatform = (
  tenant: TenantId,
  call: { id: string; body: string; timestamp: number; conversation: ConversationId; attempt: number },
) => Promise<'delivered' | 'failed' | 'refused' | 'overtaken' | 'no_callback'>;

/** A tenant's connection to its Chatwoot. */
export type ChatwootStore = {
  read(tenant: TenantId): Promise<ChatwootRecord | undefined>;
  /** The new one has the next version; `expected` undefined: none is stored. */
  put(tenant: TenantId, record: ChatwootRecord, expected: number | undefined): Promise<'ok' | 'conflict'>;
  /** With all that was seen of it. */
  remove(tenant: TenantId): Promise<void>;
  seen(tenant: TenantId): Promise<ChatwootSeen>;
  /** Notes what was seen; `trouble: null` ends one. Best effort: of two at once one event may be lost. */
  note(
    tenant: TenantId,
    news: Partial<Omit<ChatwootSeen, 'events' | 'trouble'>> & {
      event?: SeenEvent;
      trouble?: ChatwootSeen['trouble'] | null;
    },
  ): Promise<void>;
};

/** A page of a list and where the next one begins. */
export type Page<T> = { items: T[]; cursor?: string };

/** Who changed an entry, and when (epoch ms). */
export type Touch = { by: string; at: number };

/**
 * The draft. What imports write of a generation is written without conditions; an edit by a person is conditional on what
 * they read. Everything else that must not race is in the head.
 */
export type DraftStore = {
  /** Makes an empty draft if there is none. */
  head(tenant: TenantId): Promise<DraftHead>;
  /** Puts the head if its stored version is `expected`; the new one has the next version. */
  putHead(tenant: TenantId, head: DraftHead, expected: number): Promise<'ok' | 'conflict'>;
  /** Counts one change, if the draft still is of this generation. */
  touch(tenant: TenantId, generation: string): Promise<'ok' | 'conflict'>;
  entry(tenant: TenantId, generation: string, id: EntryId): Promise<Entry | undefined>;
  /** The entry with its revision. */
  kept(tenant: TenantId, generation: string, id: EntryId): Promise<KeptEntry | undefined>;
  /** By id, at most `limit`. */
  page(tenant: TenantId, generation: string, limit: number, cursor?: string): Promise<Page<KeptEntry>>;
  /** All entries, read consistently, by id. */
  all(tenant: TenantId, generation: string): Promise<Entry[]>;
  write(
    tenant: TenantId,
    generation: string,
    changes: { puts?: readonly Entry[]; deletes?: readonly EntryId[]; touch?: Touch },
  ): Promise<void>;
  /**
   * Puts an entry, or deletes it where `next` is undefined, if what is stored is still of this revision (`undefined`:
   * nothing is stored). The revision it now has, undefined once deleted.
   */
  swap(
    tenant: TenantId,
    generation: string,
    id: EntryId,
    change: { expected: string | undefined; next: Entry | undefined; touch?: Touch },
  ): Promise<{ status: 'ok' | 'conflict'; revision?: string | undefined }>;
  /** Deletes every entry of a generation that is no longer the draft's. */
  drop(tenant: TenantId, generation: string): Promise<void>;
};

/** A job and which run of it holds it: `attempt` fences a run that was taken for dead. */
export type HeldJob<T> = { job: T; attempt: number };

/** Long work, kept as one item that stays due until it is finished. */
export type JobStore<T> = {
  create(tenant: TenantId, id: string, job: T, dueAt: number): Promise<void>;
  read(tenant: TenantId, id: string): Promise<HeldJob<T> | undefined>;
  /** Takes a due job until `until` (epoch ms). Undefined when it is unknown, finished, or held by another run. */
  claim(tenant: TenantId, id: string, now: number, until: number): Promise<HeldJob<T> | undefined>;
  /** Saves a held job and holds it until `until`; `lost` when a later run has taken it. */
  save(tenant: TenantId, id: string, held: HeldJob<T>, until: number): Promise<'ok' | 'lost'>;
  /** Saves a job that is not due again. */
  finish(tenant: TenantId, id: string, held: HeldJob<T>): Promise<'ok' | 'lost'>;
  /** Newest first. */
  page(tenant: TenantId, limit: number, cursor?: string): Promise<Page<HeldJob<T>>>;
};

/** The pointer that publishing flips: each change is one write conditional on the version it was read at. */
export type LiveStore = {
  /** Read consistently. */
  read(tenant: TenantId): Promise<LivePointer | undefined>;
  put(tenant: TenantId, pointer: LivePointer, expected: number | undefined): Promise<'ok' | 'conflict'>;
};

/** The tenant's golden questions: which object holds them. Each change is one write conditional on the version read. */
export type GoldenList = { version: number; key: string; total: number };
export type GoldenStore = {
  /** Read consistently. Undefined while there are none. */
  read(tenant: TenantId): Promise<GoldenList | undefined>;
  put(tenant: TenantId, list: GoldenList, expected: number | undefined): Promise<'ok' | 'conflict'>;
};

/** Some of the turns that customers asked lately. Each has a place among few on its day (UTC), which the next takes. */
export type TurnSamples = {
  put(tenant: TenantId, place: number, turn: SampledTurn): Promise<void>;
  /** Of the days (`YYYY-MM-DD`) from one to the other, both included. */
  between(tenant: TenantId, from: string, to: string): Promise<SampledTurn[]>;
};

/** Decisions in the order of their time; nothing is changed or taken out again. */
export type AuditStore = {
  /** The same event again is the same item. */
  append(tenant: TenantId, event: AuditEvent): Promise<void>;
  /** Newest first. */
  page(tenant: TenantId, limit: number, cursor?: string): Promise<Page<AuditEvent>>;
};

export type CatalogStore = ProductStore & {
  /** Read consistently, by id. */
  all(tenant: TenantId): Promise<Product[]>;
  page(tenant: TenantId, limit: number, cursor?: string): Promise<Page<Product>>;
  write(tenant: TenantId, changes: { puts?: readonly Product[]; deletes?: readonly ProductId[] }): Promise<void>;
};

/**
 * Why a model or an index gave nothing. Nothing of it is thrown: the flow goes on without and says so (`degraded`).
 * `not_configured` also means that the tenant has switched models off.
 */
export type Unavailable = { kind: 'unavailable'; reason: 'not_configured' | 'over_budget' | 'timeout' | 'failed' };
/** Milliseconds from the call after which the answer is `timeout`, whatever the provider does. */
export type Within = { deadlineMs: number };

/** Turns texts into unit-length vectors, in their order. Personal data is masked before it leaves. */
export type Embedder = {
  embedding: Embedding;
  /** `keep` looks vectors up in the store and keeps new ones: for knowledge, never for what a customer wrote. */
  embed(
    tenant: TenantId,
    texts: readonly string[],
    options: Within & { keep: boolean; person?: KnownPerson },
  ): Promise<{ kind: 'ok'; vectors: Float32Array[] } | Unavailable>;
};

/** What a model is to write. `data` is delimited and never instruction, whatever it says; the reply fits `schema`. */
export type DraftRequest<T> = {
  /** `[a-z_]+`: names the schema to the provider. */
  name: string;
  instructions: string;
  /** Customer text, knowledge, product and order facts. Labels are ours, texts are anybody's. */
  data: readonly { label: string; text: string }[];
  /** Flat, every field there (`nullable` rather than `optional`): what providers' strict mode takes. */
  schema: z.ZodType<T>;
  /** What is known of the customer, masked wherever it stands. */
  person?: KnownPerson;
};

/** Writes by structured output. Personal data is masked before it leaves and restored in what comes back. */
export type Drafter = {
  /** `onText` gets each top-level text of the reply as it grows: its field and all of it so far, unchecked. */
  draft<T>(
    tenant: TenantId,
    request: DraftRequest<T>,
    options: Within & { onText?: (field: string, soFar: string) => void },
  ): Promise<{ kind: 'ok'; value: T } | Unavailable>;
};

/** Unit-length (dense), or weights of 32-bit features (sparse). */
export type SparseVector = { indices: Uint32Array; values: Float32Array };

/** One question of an entry: the entry's key and `contentHash` of what was embedded. Its id in an index comes from both. */
export type IndexedId = { key: string; hash: string };

/** Finds nearest entries. An index may hold more than is live: `live` decides, from the snapshot that is asked. */
export type VectorIndex<Vector = Float32Array> = {
  /** Best question of each entry, best first, at most `limit` entries. */
  query(
    tenant: TenantId,
    vector: Vector,
    options: Within & { limit: number; live: (id: IndexedId) => boolean },
  ): Promise<{ kind: 'ok'; hits: DenseHit[] } | Unavailable>;
};

/** How a release fills the index: only what it lacks, and what no live release holds goes afterwards. */
export type IndexWriter<Vector = Float32Array> = {
  /** Those that the index lacks; makes the index itself when there is none. */
  missing(
    tenant: TenantId,
    ids: readonly IndexedId[],
    options: Within,
  ): Promise<{ kind: 'ok'; missing: IndexedId[] } | Unavailable>;
  /** Resolves when queries find them. */
  write(
    tenant: TenantId,
    vectors: readonly (IndexedId & { vector: Vector })[],
    options: Within,
  ): Promise<{ kind: 'ok' } | Unavailable>;
  /** Removes what is not in `keep`: the questions of every release that may still be asked. */
  collect(
    tenant: TenantId,
    keep: readonly IndexedId[],
    options: Within,
  ): Promise<{ kind: 'ok'; removed: number } | Unavailable>;
};

/** Embeddings of knowledge by content hash: what was embedded once is not paid for again. */
export type EmbeddingCache = {
  read(tenant: TenantId, hashes: readonly string[]): Promise<Map<string, Float32Array>>;
  write(tenant: TenantId, vectors: ReadonlyMap<string, Float32Array>): Promise<void>;
};

/** Tokens that a tenant has used of providers on a day (UTC, `YYYY-MM-DD`). */
export type UsageStore = {
  /** Counts tokens before they are spent, unless the day's sum would pass `limit`. Atomic. */
  reserve(tenant: TenantId, day: string, tokens: number, limit: number): Promise<'ok' | 'over_budget'>;
  /** Adds what a call used beyond what was reserved, negative when it used less. */
  settle(tenant: TenantId, day: string, difference: number): Promise<void>;
  read(tenant: TenantId, day: string): Promise<number>;
};

/** What agents did with a turn that asked something: sent a suggestion of it, or found none that fits. */
export type Outcome = 'fitted' | 'unfitted';

export type TurnPlace = { tenant: TenantId; conversation: ConversationId; startSeq: number };

export type OutcomeStore = {
  /** Counts a turn on its day (UTC), once; `fitted` takes the place of `unfitted`, never the other way round. */
  count(turn: TurnPlace, outcome: Outcome, at: number): Promise<void>;
  /** Notes a dismissed suggestion; all of the turn's that were dismissed so far. */
  dismiss(turn: TurnPlace, suggestionId: string, at: number): Promise<ReadonlySet<string>>;
  /** Turns counted on the days (`YYYY-MM-DD`) from one to the other, both included. */
  sum(tenant: TenantId, from: string, to: string): Promise<Record<Outcome, number>>;
};

/** What shows that the knowledge lacks something, a partition a tenant and day. Every change is one write and repeatable. */
export type EvidenceStore = {
  /** Of a turn: what is known of it already stays, kinds add up, a later text or reply takes the place of an earlier. */
  note(tenant: TenantId, evidence: GapEvidence): Promise<void>;
  /** The turn was answered after all. */
  forget(tenant: TenantId, id: string, at: string): Promise<void>;
  edited(tenant: TenantId, edit: EditEvidence): Promise<void>;
  /** What an agent did with an entry's suggestion in a turn; the last word counts. */
  chosen(tenant: TenantId, choice: Choice): Promise<void>;
  /** The newest of the days (UTC, `YYYY-MM-DD`) given newest first, at most about `limit` of each. */
  read(
    tenant: TenantId,
    days: readonly string[],
    limit: number,
  ): Promise<{ gaps: GapEvidence[]; edits: EditEvidence[] }>;
  /** Uses and dismissals of the days, by what was asked and which entry was suggested. */
  tallies(tenant: TenantId, days: readonly string[]): Promise<Tally[]>;
  /** Everything of a conversation: `turns` are its assists' first sequence numbers and instants. */
  erase(
    tenant: TenantId,
    conversation: ConversationId,
    turns: readonly { startSeq: number; at: string }[],
  ): Promise<void>;
};

/** `id` names turn and suggestion; `at` is the assist's instant (ISO 8601). */
export type Choice = { id: string; at: string; entryId: EntryId; intent: string; event: 'used' | 'dismissed' };

/** Gaps and proposals as managers see them. The job writes what it found; `status` is the managers'. */
export type GapStore = {
  state(tenant: TenantId): Promise<GapsState | undefined>;
  putState(tenant: TenantId, state: GapsState): Promise<void>;
  gaps(tenant: TenantId): Promise<GapRecord[]>;
  gap(tenant: TenantId, id: string): Promise<GapRecord | undefined>;
  proposals(tenant: TenantId): Promise<ProposalRecord[]>;
  proposal(tenant: TenantId, id: string): Promise<ProposalRecord | undefined>;
  /** Writes all but the status; a new one is open. */
  write(tenant: TenantId, found: { gaps?: readonly GapRecord[]; proposals?: readonly ProposalRecord[] }): Promise<void>;
  /** Takes away those that no evidence speaks for any more. */
  drop(tenant: TenantId, gone: { gaps?: readonly string[]; proposals?: readonly string[] }): Promise<void>;
  /** `conflict` when the status is not `from`, or there is none. */
  setGapStatus(tenant: TenantId, id: string, to: GapRecord['status'], count: number): Promise<'ok' | 'conflict'>;
  setProposalStatus(
    tenant: TenantId,
    id: string,
    from: ProposalRecord['status'],
    to: ProposalRecord['status'],
  ): Promise<'ok' | 'conflict'>;
};

/** All that is kept of one conversation. */
export type ConversationData = {
  head: Head | undefined;
  messages: Message[];
  assists: StoredAssist[];
  feedback: Feedback[];
  wrapUps: KeptWrapUp[];
};

/** Masked texts of turns, as they are kept to learn from. */
export type TurnTexts = ReadonlySet<string>;

/** Where everything of a customer is found and taken away. Each of its changes may be repeated. */
export type PrivacyStore = {
  /** By what was noted as conversations learnt whose they are. */
  conversationsOf(tenant: TenantId, customer: CustomerId): Promise<ConversationId[]>;
  read(tenant: TenantId, conversation: ConversationId): Promise<ConversationData>;
  /** `id` names a turn's evidence, `at` is its assist's instant. */
  evidenceTexts(tenant: TenantId, turns: readonly { id: string; at: string }[]): Promise<TurnTexts>;
  dropSamples(tenant: TenantId, turns: readonly { text: string; at: number }[]): Promise<number>;
  /** Takes away what came until `cutoff` (epoch ms), and says whether anything came after. */
  eraseConversation(
    tenant: TenantId,
    conversation: ConversationId,
    what: { customer: CustomerId; cutoff: number },
  ): Promise<{ items: number; hasNews: boolean }>;
  eraseCustomer(tenant: TenantId, customer: CustomerId): Promise<void>;
  /** Takes away that the conversation was the customer's: the last thing to go. */
  forgetPlace(tenant: TenantId, customer: CustomerId, conversation: ConversationId): Promise<void>;
};
