/** What a shop sets to connect its Chatwoot, and what is seen of the connection. */
import * as z from 'zod';
import { AgentId } from './ids.ts';

/** `required`: every webhook is signed. `when_signed`, `off`: one without a signature is confirmed by reading it back. */
export const ChatwootVerify = z.enum(['required', 'when_signed', 'off']);
export type ChatwootVerify = z.infer<typeof ChatwootVerify>;

/** Pasted with the line's end, it is the same; one that no header can carry would fail with every call. */
const Secret = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^[\x21-\x7e]*$/, 'letters, digits and signs without blanks, as Chatwoot shows it');
const Email = z.string().min(3).max(200).toLowerCase();

/** What a hand-off for a skill gets in Chatwoot. */
const SkillPlace = z.object({
  labels: z.array(z.string().min(1).max(100)).max(20).optional(),
  teamId: z.number().int().positive().optional(),
});

const shape = {
  /** `https://app.chatwoot.com`, or where the installation lies; without `/api`. */
  baseUrl: z.url().max(500),
  accountId: z.number().int().positive(),
  verify: ChatwootVerify,
  /** What the bot may answer: what is `pending`, or also what is open and nobody's. */
  botAnswers: z.enum(['pending', 'unassigned']),
  /** Only these inboxes; none named: all of the account. */
  inboxes: z.array(z.number().int().positive()).max(100),
  /** E-mail of a person in Chatwoot to their agent id here; others are `chatwoot:<user id>`. */
  agents: z.record(Email, AgentId),
  skills: z.record(z.string().min(1).max(100), SkillPlace),
  /** What is written as private notes. */
  notes: z.object({ handoff: z.boolean(), wrapUp: z.boolean(), suggestions: z.boolean() }),
};

export const ChatwootSettings = z.object(shape);
export type ChatwootSettings = z.infer<typeof ChatwootSettings>;

export const DEFAULT_CHATWOOT = {
  verify: 'required',
  botAnswers: 'pending',
  inboxes: [],
  agents: {},
  skills: {},
  notes: { handoff: true, wrapUp: true, suggestions: false },
} as const satisfies Partial<ChatwootSettings>;

export const ChatwootSecretName = z.enum(['accessToken', 'botToken', 'webhookSecret', 'botSecret']);
export type ChatwootSecretName = z.infer<typeof ChatwootSecretName>;

/** The connection is read with every event and every call. */
const MAX_CHARACTERS = 64_000;

/** What is left out stays as it is, or is as `DEFAULT_CHATWOOT` says; null takes a secret away. */
export const PutChatwoot = z
  .object({
    ...ChatwootSettings.partial().shape,
    baseUrl: shape.baseUrl,
    accountId: shape.accountId,
    notes: shape.notes.partial().optional(),
    /** Of a user of the account: reads, and writes where there is no bot's. */
    accessToken: Secret.optional(),
    /** Of an agent bot: what the bot says is said by it. */
    botToken: Secret.nullish(),
    /** Of the account's webhook. */
    webhookSecret: Secret.nullish(),
    /** Of the agent bot's webhook. */
    botSecret: Secret.nullish(),
  })
  .refine((put) => JSON.stringify(put).length <= MAX_CHARACTERS, `more than ${MAX_CHARACTERS} characters`);
export type PutChatwoot = z.infer<typeof PutChatwoot>;

/** As it is kept: secrets sealed. */
export const ChatwootRecord = z.object({
  version: z.number().int(),
  settings: ChatwootSettings,
  secrets: z.partialRecord(ChatwootSecretName, z.string()),
});
export type ChatwootRecord = z.infer<typeof ChatwootRecord>;

/** An event as it arrived, newest first in lists. Never what anybody wrote. */
export const SeenEvent = z.object({
  at: z.number(),
  event: z.string().max(100),
  outcome: z.enum(['accepted', 'ignored', 'refused']),
  /** Of a refusal: why. */
  why: z.string().max(300).optional(),
  signed: z.boolean().optional(),
  /** So many messages were read from Chatwoot that no webhook had brought. */
  fetched: z.number().int().optional(),
});
export type SeenEvent = z.infer<typeof SeenEvent>;

/** What was learnt of the connection as it is used; nothing depends on it for being safe. */
export const ChatwootSeen = z.object({
  events: z.array(SeenEvent).default([]),
  /** The last call that Chatwoot refused for good. */
  trouble: z.object({ at: z.number(), status: z.number().int(), detail: z.string().max(500) }).optional(),
  /** Whose tokens ours are there. */
  userId: z.number().int().optional(),
  botId: z.number().int().optional(),
  /** Whether what we add to a message comes back with it: versions before 4 drop it. */
  keepsAttributes: z.boolean().optional(),
  /** A webhook has come: from then on what none brings is read (`ChatwootReached`). */
  follows: z.boolean().optional(),
});
export type ChatwootSeen = z.infer<typeof ChatwootSeen>;

/** How far reading behind the webhooks has got; times are Chatwoot's own, in epoch seconds. */
export const ChatwootReached = z.object({
  /** Of which account: of another one reading begins anew. */
  of: z.string(),
  /** Conversations that have been quiet since are done with. */
  since: z.number(),
  /** In the others messages are read back to there: a round begins where the one before the last did. */
  from: z.number(),
  /** A round that takes several runs: when it began, and the page of the list it goes on with. */
  round: z.object({ at: z.number(), page: z.number().int() }).optional(),
  /** Runs in a row that Chatwoot did not answer. */
  failures: z.number().int().default(0),
});
export type ChatwootReached = z.infer<typeof ChatwootReached>;

/** As an admin reads it: secrets are only said to be there. */
export const ChatwootView = z.object({
  settings: ChatwootSettings,
  has: z.record(ChatwootSecretName, z.boolean()),
  /** Pasted into Chatwoot behind this deployment's address. */
  webhookPath: z.string(),
  events: z.array(SeenEvent),
  trouble: ChatwootSeen.shape.trouble,
});
export type ChatwootView = z.infer<typeof ChatwootView>;

const Localized = z.object({ zh: z.string(), en: z.string() });
export const ChatwootCheck = z.object({
  ok: z.boolean(),
  /** Whose token it is, with their role in the account. */
  user: z.object({ id: z.number(), name: z.string(), role: z.string().optional() }).optional(),
  inboxes: z.array(z.object({ id: z.number(), name: z.string(), channel: z.string().optional() })),
  problems: z.array(z.object({ code: z.string(), message: Localized })),
});
export type ChatwootCheck = z.infer<typeof ChatwootCheck>;
