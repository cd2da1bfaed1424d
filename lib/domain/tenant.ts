import * as z from 'zod';
import { Phase } from './assist.ts';
import { AgentId, ReleaseId, TenantId } from './ids.ts';
import { Language } from './language.ts';
import { OpeningRule } from './opening.ts';
import { Routing } from './routing.ts';

export const Mode = z.enum(['auto', 'hybrid', 'assist', 'shadow']);
export type Mode = z.infer<typeof Mode>;

/** A supervisor may do what an agent may, an admin whatever anybody of the tenant may. */
export const Role = z.enum(['agent', 'supervisor', 'manager', 'admin', 'operator']);
export type Role = z.infer<typeof Role>;

/** A text in each language; a plain string serves both. */
export const Localized = z.union([z.string().max(2_000), z.partialRecord(Language, z.string().max(2_000))]);
export type Localized = z.infer<typeof Localized>;

/** The tenant's own words around the answers. */
export const Wording = z.object({
  /** How the shop addresses a customer: `{{address}}` in phrases. */
  address: Localized.optional(),
  /** Said once a conversation with the bot's first message. */
  botDisclosure: Localized.optional(),
  /** Told to the customer at a hand-off; an empty text tells nothing. */
  handoffNotice: Localized.optional(),
  /** Above the buttons of a clarification. */
  clarify: Localized.optional(),
  /** Told at a hand-off while the shop is closed: `{{opens}}` is when it opens. */
  outOfHours: Localized.optional(),
  /** Told when nobody can be queued any more. */
  queueFull: Localized.optional(),
  /** Told to who waits: `{{position}}` is their place, `{{wait}}` the expected wait in words. */
  position: Localized.optional(),
  /** Said with an answer to who asked for a person. */
  selfService: Localized.optional(),
});
export type Wording = z.infer<typeof Wording>;

export const Phrases = z.partialRecord(Phase, Localized);
export type Phrases = z.infer<typeof Phrases>;

const timeZone = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}, 'an IANA time zone such as Asia/Shanghai');

const Origin = z.string().refine((text) => {
  const url = URL.parse(text);
  return url !== null && url.origin === text && (url.protocol === 'https:' || isLoopback(url.hostname));
}, 'an origin such as https://desk.example: https (http on a loopback address), no path, no wildcard');
const isLoopback = (host: string): boolean => host === 'localhost' || host === '127.0.0.1' || host === '[::1]';

/** What an admin may change. Durations in milliseconds, precision as a share 0-1. */
export const Settings = z.object({
  mode: Mode,
  callbackUrl: z.url().max(2_000).optional(),
  timeZone,
  quietWindowMs: z.number().int().min(0).max(60_000),
  targetPrecision: z.object({ autoReply: z.number().min(0.5).max(1), suggest: z.number().min(0).max(1) }),
  phrases: Phrases,
  wording: Wording,
  /** Answers to the set-up questions: `{{shop.<name>}}` in entries. */
  shopFacts: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), Localized),
  /**
   * Of customers' questions, the share that no entry answers (π), as far as the tenant knows: what a confidence expects
   * from the next release on. `estimates.outOfScopeShare` of `GET /v1/tenants/{id}` says what agents' choices of the last
   * 28 days suggest. It is rather too high: a right entry that was passed over counts as none, and what the bot answers
   * alone is not counted.
   */
  outOfScopeShare: z.number().min(0).max(0.95).default(0.3),
  /** Stretches of time in which nothing goes live unless somebody overrides it with a reason. */
  freezes: z
    .array(
      z.object({
        from: z.iso.datetime({ offset: true }),
        until: z.iso.datetime({ offset: true }),
        reason: z.string().max(500),
      }),
    )
    .max(50)
    .optional(),
  /** What the gate lets pass: golden questions lost, and the falls of accuracy (share) and of recent turns answered. */
  gate: z
    .object({
      goldenLost: z.number().int().min(0),
      accuracyDrop: z.number().min(0).max(1),
      recentLost: z.number().min(0).max(1),
    })
    .partial()
    .optional(),
  /** So many releases that are no longer live keep their snapshots; older ones stay listed. */
  keepReleases: z.number().int().min(1).max(200).optional(),
  /** Lets what agents use and dismiss shift the order of suggestions, by a bounded rule. Off unless turned on. */
  learning: z.object({ enabled: z.boolean() }).optional(),
  /** What the bot does with a question it could suggest on but not answer alone. */
  belowThreshold: z.enum(['clarify', 'handoff']),
  /** How conversations reach people; what is left out is as `DEFAULT_ROUTING` says. */
  routing: Routing.partial().optional(),
  /** What the desk shows before the first word, and how a lead is scored. */
  opening: OpeningRule.partial().optional(),
  /** Pages that may frame the cue card, as origins (`https://desk.example`); none unless named. */
  embed: z.object({ origins: z.array(Origin).max(20) }).optional(),
  /** Whether agents see every conversation, or those of their skills and their own. */
  visibility: z.enum(['all', 'skills']).optional(),
  /** Hours after which a sign-in ends. */
  sessionHours: z.number().int().min(1).max(72).optional(),
  /** What models may do for this tenant, where the deployment has any; left out, all that the deployment allows. */
  model: z
    .object({ enabled: z.boolean(), tokensPerDay: z.number().int().min(0).max(1_000_000_000) })
    .partial()
    .optional(),
});
export type Settings = z.infer<typeof Settings>;

export const Tenant = z.object({
  id: TenantId,
  name: z.string().min(1).max(200),
  languages: z.array(Language).min(1),
  packs: z.array(z.string()),
  settings: Settings,
  createdAt: z.iso.datetime(),
  version: z.number().int(),
});
export type Tenant = z.infer<typeof Tenant>;

/** The one pointer that publishing flips. `catalog` is the object key of the compiled product index. */
export const Live = z.object({
  release: ReleaseId,
  snapshotKey: z.string().optional(),
  catalogKey: z.string().optional(),
  version: z.number().int(),
});
export type Live = z.infer<typeof Live>;

/** A secret as it is kept: sealed, and, once rotated away, still accepted until a moment (epoch ms). */
export const SealedSecret = z.object({ sealed: z.string(), until: z.number().optional() });
export type SealedSecret = z.infer<typeof SealedSecret>;

export const SecretName = z.enum(['webhookSecret', 'callbackSecret']);
export type SecretName = z.infer<typeof SecretName>;

/** A tenant with its secrets, newest first. */
export const TenantRecord = z.object({ tenant: Tenant, secrets: z.record(SecretName, z.array(SealedSecret)) });
export type TenantRecord = z.infer<typeof TenantRecord>;

/** A token as it is kept: the SHA-256 of its secret part (hex), never the token. */
export const TokenRecord = z.object({
  hash: z.string(),
  role: Role,
  agentId: AgentId,
  name: z.string().optional(),
  /** Epoch seconds; checked against the clock, and the table's TTL clears it away. */
  expiresAt: z.number().optional(),
  createdAt: z.iso.datetime().optional(),
  /** Of a sign-in: whose it is, and which of the person's epochs it belongs to. */
  person: z.object({ id: z.string(), epoch: z.number().int() }).optional(),
});
export type TokenRecord = z.infer<typeof TokenRecord>;

/** Who is calling, from a bearer token. An operator has no tenant. */
export const Caller = z.object({
  role: Role,
  tenant: TenantId.optional(),
  agentId: AgentId,
  name: z.string().optional(),
  /** The id of the token or sign-in they call with. */
  tokenId: z.string().optional(),
  /** Of a sign-in: whose it is, which of the person's epochs it belongs to, and when it ends (epoch ms). */
  personId: z.string().optional(),
  personEpoch: z.number().int().optional(),
  expiresAt: z.number().optional(),
});
export type Caller = z.infer<typeof Caller>;

export const DEFAULT_SETTINGS: Settings = {
  mode: 'assist',
  timeZone: 'Asia/Shanghai',
  quietWindowMs: 2_500,
  targetPrecision: { autoReply: 0.95, suggest: 0.5 },
  phrases: {},
  wording: {},
  shopFacts: {},
  outOfScopeShare: 0.3,
  belowThreshold: 'clarify',
};

/** The text in this language, else in the other one. */
export function localize(text: Localized | undefined, language: Language): string | undefined {
  if (text === undefined || typeof text === 'string') return text;
  return text[language] ?? text.zh ?? text.en;
}
