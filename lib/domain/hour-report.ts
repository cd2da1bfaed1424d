/** What happened in a stretch of time, as people read it. A share never stands without the number it is a share of. */
import * as z from 'zod';

const Count = z.number().int().nonnegative();
const Named = z.record(z.string(), Count);

/** `count` of `of`; `share` (0-1) only where there is something to share. */
export const Share = z.object({ count: Count, of: Count, share: z.number().min(0).max(1).optional() });
export type Share = z.infer<typeof Share>;

/** Milliseconds on average over `of`; absent where `of` is 0. */
export const Average = z.object({ of: Count, ms: z.number().nonnegative().optional() });
export type Average = z.infer<typeof Average>;

export const Waits = z.object({
  withinMinute: Share,
  withinFive: Share,
  average: Average,
});
export type Waits = z.infer<typeof Waits>;

export const SkillReport = z.object({
  skill: z.string(),
  handoffs: Count,
  /** First words to a hand-off within a minute, of those that were answered or ended without an answer. */
  withinMinute: Share,
  firstResponse: Average,
  /** In the queue, until somebody took it. */
  wait: Average,
  breaches: Count,
  unanswered: Count,
  resolution: Average,
});
export type SkillReport = z.infer<typeof SkillReport>;

export const HourReport = z.object({
  /** Customers' turns, each once by its newest reading. */
  turns: Count,
  acts: Named,
  /** Of turns that ask something; the most frequent first. `other`: those for which an hour had no room. */
  intents: z.array(z.object({ intent: z.string(), count: Count })),
  decisions: Named,
  reasons: Named,
  /** Visits that began, and those of them that went without a person so far. */
  visits: Count,
  contained: Share,
  handoffs: Count,
  handoffReasons: Named,
  skills: z.array(SkillReport),
  /** To a hand-off, or to the first message of a visit that needed none. Ended without an answer counts as not within. */
  firstResponse: Waits,
  /** Every reply of an agent to a turn. */
  replies: Waits,
  sla: z.object({
    warned: Count,
    firstBroken: Count,
    endBroken: Count,
    firstInTime: Share,
    endInTime: Share,
    unanswered: Count,
  }),
  resolution: Average,
  promises: z.object({ made: Count, kept: Share }),
  offers: z.object({ made: Count, accepted: Share, passed: Count }),
  transfers: Count,
  requeued: Count,
  botReplies: Count,
  agentMessages: Count,
  /** Of agents' replies: sent in spite of a warning. */
  warnedSent: Count,
  closed: Count,
  dispositions: Named,
  suggestions: z.object({
    /** Turns for which some stood on a desk. */
    shown: Count,
    used: Count,
    edited: Count,
    ignored: Count,
    dismissed: Count,
    /** Used or edited, of the turns whose answer is known. */
    use: Share,
  }),
  /** In the modes that answer nothing alone: what the bot would have done. */
  would: z.object({
    /** Turns it would have answered alone, of those that wanted something. */
    alone: Share,
    handedOver: Count,
    asked: Count,
    /** Agents' answers to the turns that it would have answered: the same words, of all. */
    same: Share,
    alike: Count,
    different: Count,
  }),
});
export type HourReport = z.infer<typeof HourReport>;
