/**
 * Every key of the one table; `lib/DESIGN.md` lists the access patterns they serve.
 *
 * Conversation ids and customer ids come from outside and may hold any separator, so they always stand last in a key.
 */
import { createHash } from 'node:crypto';
import type { JobKind } from '../../domain/job.ts';

export const LSI_BY_TIME = 'byTime';
export const GSI_WORK = 'work';
export const GSI_DESK = 'desk';

/** Work is spread over this many shards; a sweep queries each. */
export const WORK_SHARDS = 4;

export type Key = { pk: string; sk: string };

export const tenantPk = (tenant: string): string => `T#${tenant}`;
export const tenantKey = (tenant: string): Key => ({ pk: `T#${tenant}`, sk: 'tenant' });
export const liveKey = (tenant: string): Key => ({ pk: `T#${tenant}`, sk: 'live' });
/** A connected chat platform: what the tenant set, and what was seen of it. */
export const platformKey = (tenant: string, platform: string): Key => ({
  pk: `T#${tenant}`,
  sk: `platform#${platform}`,
});
export const platformSeenKey = (tenant: string, platform: string): Key => ({
  pk: `T#${tenant}`,
  sk: `platform-seen#${platform}`,
});
/** How far the platform has been read behind its webhooks. */
export const catchUpKey = (tenant: string, platform: string): Key => ({
  pk: `T#${tenant}`,
  sk: `catch-up#${platform}`,
});
export const tokenKey = (tenant: string, id: string): Key => ({ pk: `T#${tenant}`, sk: `token#${id}` });
export const AGENT_PREFIX = 'agent#';
export const agentKey = (tenant: string, agent: string): Key => ({
  pk: tenantPk(tenant),
  sk: `${AGENT_PREFIX}${agent}`,
});
export const phraseKey = (tenant: string, owner: string): Key => ({ pk: `T#${tenant}`, sk: `phrases#${owner}` });
export const ticketKey = (hash: string): Key => ({ pk: `K#${hash}`, sk: 'ticket' });
export const connectionKey = (connection: string): Key => ({ pk: `X#${connection}`, sk: 'connection' });
export const customerKey = (tenant: string, customer: string): Key => ({
  pk: `U#${tenant}#${customer}`,
  sk: 'customer',
});

export const conversationPk = (tenant: string, conversation: string): string => `C#${tenant}#${conversation}`;
export const headKey = (tenant: string, conversation: string): Key => ({
  pk: conversationPk(tenant, conversation),
  sk: 'head',
});
export const messageKey = (tenant: string, conversation: string, message: string): Key => ({
  pk: conversationPk(tenant, conversation),
  sk: `msg#${message}`,
});
export const deliveryKey = (tenant: string, delivery: string): Key => ({
  pk: `V#${tenant}#${delivery}`,
  sk: 'delivery',
});
/** `startSeq` is padded so that assists sort by turn. */
export const assistKey = (tenant: string, conversation: string, startSeq: number): Key => ({
  pk: conversationPk(tenant, conversation),
  sk: `ast#${String(startSeq).padStart(9, '0')}`,
});
export const feedbackKey = (tenant: string, conversation: string, id: string): Key => ({
  pk: conversationPk(tenant, conversation),
  sk: `fbk#${id}`,
});
/** Notes of agents on closing, in the order of their closings: the epoch is padded. */
export const wrapUpKey = (tenant: string, conversation: string, id: string): Key => ({
  pk: conversationPk(tenant, conversation),
  sk: `wrap#${id.replace(/\d+$/, (epoch) => epoch.padStart(9, '0'))}`,
});
/** What became of a turn, beside its assist. */
export const turnOutcomeKey = (tenant: string, conversation: string, startSeq: number): Key => ({
  pk: conversationPk(tenant, conversation),
  sk: `out#${String(startSeq).padStart(9, '0')}`,
});

/** `deskKey` of the GSI: conversations of a tenant by owner, open desks' connections by tenant. */
export const deskOwnerKey = (tenant: string, owner: string): string => `O#${tenant}#${owner}`;
export const deskConnectionsKey = (tenant: string): string => `W#${tenant}`;

export const workShard = (partition: string): string =>
  `work#${createHash('sha256').update(partition).digest().readUInt32BE(0) % WORK_SHARDS}`;

/** Imports, releases and the draft's head of a tenant. Release ids sort by time. */
export const knowledgePk = (tenant: string): string => `D#${tenant}`;
export const draftKey = (tenant: string): Key => ({ pk: knowledgePk(tenant), sk: 'draft' });
export const jobKey = (tenant: string, kind: JobKind, id: string): Key => ({
  pk: knowledgePk(tenant),
  sk: `${kind}#${id}`,
});

/** The draft's entries lie under their generation, so that `replace` can stage a whole one and flip to it. */
export const draftPk = (tenant: string, generation: string): string => `E#${tenant}#${generation}`;
export const draftEntryKey = (tenant: string, generation: string, entry: string): Key => ({
  pk: draftPk(tenant, generation),
  sk: `entry#${entry}`,
});

/** Decisions about a tenant's knowledge, in the order of their time. */
export const auditPk = (tenant: string): string => `B#${tenant}`;
export const auditKey = (tenant: string, place: string): Key => ({ pk: auditPk(tenant), sk: `at#${place}` });

export const catalogPk = (tenant: string): string => `P#${tenant}`;
export const productKey = (tenant: string, product: string): Key => ({
  pk: catalogPk(tenant),
  sk: `product#${product}`,
});

/** A vector of knowledge by its content hash: a partition each, so that a large release meets no hot one. */
export const embeddingKey = (tenant: string, hash: string): Key => ({ pk: `M#${tenant}#${hash}`, sk: 'embedding' });
/** Tokens a tenant used of models on a day, `YYYY-MM-DD`; a partition that a function may be let write to alone. */
export const usageKey = (tenant: string, day: string): Key => ({ pk: `G#${tenant}`, sk: `day#${day}` });

/** Turns by what agents did with them, a tenant and day, `YYYY-MM-DD`. */
export const outcomesPk = (tenant: string): string => `A#${tenant}`;
export const outcomesKey = (tenant: string, day: string): Key => ({ pk: outcomesPk(tenant), sk: `day#${day}` });

/** What shows what the knowledge lacks: a partition a tenant and day; gaps and proposals made of it in another. */
export const evidencePk = (tenant: string, day: string): string => `L#${tenant}#${day}`;
export const evidenceKey = (tenant: string, day: string, sort: 'gap' | 'edit' | 'choice', id: string): Key => ({
  pk: evidencePk(tenant, day),
  sk: `${sort}#${id}`,
});
export const learntPk = (tenant: string): string => `N#${tenant}`;
export const learntKey = (tenant: string, sort: 'gap' | 'proposal' | 'state', id: string): Key => ({
  pk: learntPk(tenant),
  sk: `${sort}#${id}`,
});

/** Which object holds the tenant's golden questions. */
export const goldenKey = (tenant: string): Key => ({ pk: knowledgePk(tenant), sk: 'golden' });

/** Turns kept to be asked again of other releases: by day and place. */
export const samplesPk = (tenant: string): string => `S#${tenant}`;
export const sampleKey = (tenant: string, day: string, place: number): Key => ({
  pk: samplesPk(tenant),
  sk: `day#${day}#${String(place).padStart(3, '0')}`,
});

/** A person's item is named by their login's hash: two of one login cannot be. */
export const personKey = (tenant: string, id: string): Key => ({ pk: `T#${tenant}`, sk: `person#${id}` });
/** The admins who can sign in: the one item that keeps a tenant from losing its last. */
export const adminsKey = (tenant: string): Key => ({ pk: `T#${tenant}`, sk: 'admins' });
/** How fast somebody may try to sign in; a partition each, away from what every request reads. */
export const triesKey = (hash: string): Key => ({ pk: `Y#${hash}`, sk: 'tries' });

/** Who saw and did what, a partition a tenant and month (`YYYY-MM`), sorted by conversation; by time in the LSI. */
export const accessPk = (tenant: string, month: string): string => `Q#${tenant}#${month}`;
export const accessKey = (tenant: string, month: string, conversationHash: string, rest: string): Key => ({
  pk: accessPk(tenant, month),
  sk: `${conversationHash}#${rest}`,
});
/** `deskKey` of the GSI: what one person saw and did. */
export const accessPersonKey = (tenant: string, person: string): string => `Q#${tenant}#by#${person}`;

/** Conversations of a customer, beside what is known of them. */
export const customerConversationKey = (tenant: string, customer: string, conversation: string): Key => ({
  pk: customerKey(tenant, customer).pk,
  sk: `conv#${conversation}`,
});

/** What happened in an hour (UTC, `YYYY-MM-DDTHH`): a partition a tenant, which functions may be let write to alone. */
export const hoursPk = (tenant: string): string => `H#${tenant}`;
export const hourKey = (tenant: string, hour: string): Key => ({ pk: hoursPk(tenant), sk: `hour#${hour}` });
