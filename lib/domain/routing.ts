/** Who is offered a waiting conversation, when the shop is open, what is promised, and what holds at a sale's peak. */
import * as z from 'zod';
import { AgentId, ConversationId } from './ids.ts';
import { Language } from './language.ts';

const Name = z.string().min(1).max(100);
/** `HH:MM` of the tenant's own day; `24:00` ends it. */
const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day such as 09:00');
const Milliseconds = z
  .number()
  .int()
  .min(0)
  .max(30 * 86_400_000);
/** An intent's name, or the beginning of names followed by `.*`. */
const IntentPattern = z.string().min(1).max(200);

/** The skill of what needs none in particular: everybody's. */
export const GENERAL_SKILL = 'general';

/** Which skill a conversation needs. Every condition that is given must hold; the first rule that holds counts. */
export const SkillRule = z.object({
  skill: Name,
  intents: z.array(IntentPattern).max(100).optional(),
  languages: z.array(Language).optional(),
  categories: z.array(Name).max(100).optional(),
  tags: z.array(Name).max(100).optional(),
});
export type SkillRule = z.infer<typeof SkillRule>;

/** Opening hours in the tenant's time zone. A stretch that ends before it begins goes on after midnight. */
export const Hours = z.object({
  /** Days of the week by ISO 8601: 1 is Monday. */
  week: z
    .array(z.object({ days: z.array(z.number().int().min(1).max(7)).min(1), from: TimeOfDay, until: TimeOfDay }))
    .max(50),
  /** Single days that differ: closed, or open at other hours. */
  holidays: z
    .array(
      z.object({
        date: z.iso.date(),
        name: z.string().max(100).optional(),
        from: TimeOfDay.optional(),
        until: TimeOfDay.optional(),
      }),
    )
    .max(400)
    .optional(),
});
export type Hours = z.infer<typeof Hours>;

/** What is promised to who waits for this skill; a target without a skill is everybody's. */
export const SlaTarget = z.object({
  skill: Name.optional(),
  /** From the hand-off to a person's first words. */
  firstResponseMs: Milliseconds.optional(),
  /** From the hand-off to the end of the conversation. */
  resolutionMs: Milliseconds.optional(),
  /** So long before a breach it is warned of. */
  warnBeforeMs: Milliseconds.optional(),
});
export type SlaTarget = z.infer<typeof SlaTarget>;

/** A stretch in which these topics are answered automatically, whatever the mode says. */
const PeakSchedule = z.object({
  from: z.iso.datetime({ offset: true }),
  until: z.iso.datetime({ offset: true }),
  topics: z.array(IntentPattern).max(100),
});

export const Peak = z.object({
  /** More conversations waiting than this for each agent who is online make a peak. */
  waitingPerAgent: z.number().min(0).max(1_000).optional(),
  /** Answered automatically while it lasts, where confidence allows. */
  topics: z.array(IntentPattern).max(100).optional(),
  schedule: z.array(PeakSchedule).max(50).optional(),
});
export type Peak = z.infer<typeof Peak>;

/** Points added to a hand-off's priority (0-9), each at most once. */
export const Priorities = z.object({
  tags: z.record(Name, z.number().int().min(-9).max(9)).optional(),
  angry: z.number().int().min(0).max(9).optional(),
  /** Of the newest order, or of what lies in the cart or was viewed: from this amount on, so many points. */
  value: z
    .array(z.object({ atLeast: z.number().min(0), points: z.number().int().min(0).max(9) }))
    .max(10)
    .optional(),
  /** One point for every so long that somebody waits. */
  waitMs: Milliseconds.optional(),
});
export type Priorities = z.infer<typeof Priorities>;

/** How conversations reach people. What is left out is as `DEFAULT_ROUTING` says. */
export const Routing = z.object({
  /** `pull`: agents take what they like. `offer`: one agent at a time is asked. `assign`: it is simply theirs. */
  mode: z.enum(['pull', 'offer', 'assign']),
  /** An offer that is not accepted by then moves on. */
  offerMs: Milliseconds,
  /** Who waited so long is offered to agents without the skill, too. */
  overflowMs: Milliseconds,
  /** Conversations an agent holds at once, where nothing is said of the agent. */
  capacity: z.number().int().min(1).max(100),
  /** The customer's last agent is asked first if they wrote within this time. */
  stickyMs: Milliseconds,
  /** More waiting than this are told plainly that nobody can take them. */
  maxWaiting: z.number().int().min(1).max(100_000),
  /** How often who waits is told their place; 0: only at the beginning. */
  tellEveryMs: Milliseconds,
  skills: z.array(SkillRule).max(200),
  priorities: Priorities,
  sla: z.array(SlaTarget).max(100),
  hours: Hours,
  peak: Peak,
  /** Intents for which who asks for a person is offered the answer first, once, and may skip it. */
  selfService: z.array(IntentPattern).max(100),
});
export type Routing = z.infer<typeof Routing>;

/** Open at all hours, one skill, one minute to the first words. */
export const DEFAULT_ROUTING = {
  mode: 'offer',
  offerMs: 30_000,
  overflowMs: 120_000,
  capacity: 5,
  stickyMs: 7 * 86_400_000,
  maxWaiting: 1_000,
  tellEveryMs: 120_000,
  skills: [],
  priorities: {},
  sla: [{ firstResponseMs: 60_000, warnBeforeMs: 20_000 }],
  peak: {},
  selfService: [],
} as const satisfies Partial<Routing>;

/** One agent is asked whether they take a conversation, until then (epoch ms). */
export const Offer = z.object({ agentId: AgentId, at: z.number(), until: z.number() });
export type Offer = z.infer<typeof Offer>;

export const Presence = z.enum(['online', 'away', 'off']);
export type Presence = z.infer<typeof Presence>;

/** A place among what an agent can hold: taken before the conversation is offered, freed when it has left. */
export const Slot = z.object({
  conversation: ConversationId,
  at: z.number(),
  /** Of the conversation when the place was taken: whoever saw a later version may free it, nobody else. */
  version: z.number().int().optional(),
  /** Of an offer: until then (epoch ms) it is looked at again. Gone once the conversation is known to be theirs. */
  until: z.number().optional(),
});
export type Slot = z.infer<typeof Slot>;

/** An agent as routing knows them: one item, every change one put conditional on `version`. */
export const AgentRecord = z.object({
  agentId: AgentId,
  version: z.number().int().nonnegative(),
  name: z.string().max(200).optional(),
  presence: Presence,
  /** When presence was last told. */
  at: z.iso.datetime(),
  /** Online or away until then (epoch ms), unless a heartbeat comes: a closed laptop is nobody's. */
  leaseUntil: z.number().optional(),
  skills: z.array(Name).max(100).optional(),
  languages: z.array(Language).optional(),
  capacity: z.number().int().min(0).max(100).optional(),
  slots: z.array(Slot).max(200),
  /** When a conversation was last offered or given (epoch ms): who has waited longest for work comes first. */
  servedAt: z.number().optional(),
  /** Offers that ran out unanswered, one after the other: whoever lets several pass is not at the desk. */
  missed: z.number().int().nonnegative().optional(),
  /** Away because so many offers in a row ran out, not by the agent's own word. */
  awayAfter: z.number().int().nonnegative().optional(),
  /** Gone, and what they held has still to be given back: due until it is. */
  leaving: z.boolean().optional(),
});
export type AgentRecord = z.infer<typeof AgentRecord>;

/** An agent as the team sees them. `load`: conversations held or offered. */
export const AgentView = AgentRecord.omit({
  slots: true,
  version: true,
  leaseUntil: true,
  servedAt: true,
  missed: true,
  leaving: true,
}).extend({
  load: z.number().int().nonnegative(),
  capacity: z.number().int().nonnegative(),
});
export type AgentView = z.infer<typeof AgentView>;

/** One who waits in the queue. `at`: since when (epoch ms). `front`: before others of their priority. */
export type InLine = {
  conversation: ConversationId;
  skill: string;
  priority: number;
  at: number;
  front?: boolean | undefined;
};

/** What holds for a tenant, with what it leaves out. */
export type FullRouting = Omit<Routing, 'hours'> & Partial<Pick<Routing, 'hours'>>;
export const routingOf = (given: { [K in keyof Routing]?: Routing[K] | undefined } | undefined): FullRouting =>
  ({ ...DEFAULT_ROUTING, ...given }) as FullRouting;

/** Whether an intent falls under a pattern: the very name, or its beginning before `.*`. */
export const matchesIntent = (pattern: string, intent: string): boolean =>
  pattern.endsWith('.*')
    ? intent === pattern.slice(0, -2) || intent.startsWith(pattern.slice(0, -1))
    : pattern === intent;
