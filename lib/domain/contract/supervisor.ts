import * as z from 'zod';
import { HourReport, Share } from '../hour-report.ts';
import { ConversationId } from '../ids.ts';
import { AgentView } from '../routing.ts';
import { route } from './common.ts';

/** Hours are listed over a week and a day more, days over a month. */
export const MOST_HOURS = 192;
export const MOST_DAYS = 31;
/** What a look at the team reads at most: of who waits, of the bot's conversations, of agents, and of what each holds. */
export const TEAM_READS = { waiting: 200, bot: 100, agents: 50, held: 20 } as const;

/** What is promised next to a conversation. `soon`: near its time; `late`: past it. */
export const SlaDue = z.object({
  kind: z.enum(['first_response', 'resolution']),
  state: z.enum(['in_time', 'soon', 'late']),
  dueAt: z.iso.datetime(),
});
export type SlaDue = z.infer<typeof SlaDue>;

export const Waiter = z.object({
  conversationId: ConversationId,
  customerName: z.string().optional(),
  skill: z.string(),
  priority: z.number().int(),
  reason: z.string(),
  /** Since the hand-off, or since the shop opened. */
  since: z.iso.datetime(),
  sla: SlaDue.optional(),
  offeredTo: z.string().optional(),
});
export type Waiter = z.infer<typeof Waiter>;

export const SkillQueue = z.object({
  skill: z.string(),
  waiting: z.number().int().nonnegative(),
  oldestSince: z.iso.datetime().optional(),
  /** Milliseconds until somebody who came now would be answered; absent while too little is known, or nobody is online. */
  expectedWaitMs: z.number().nonnegative().optional(),
  online: z.number().int().nonnegative(),
  soon: z.number().int().nonnegative(),
  late: z.number().int().nonnegative(),
});
export type SkillQueue = z.infer<typeof SkillQueue>;

export const Held = z.object({
  conversationId: ConversationId,
  customerName: z.string().optional(),
  /** The customer wrote last: an answer is owed. */
  owed: z.boolean(),
  updatedAt: z.iso.datetime(),
  sla: SlaDue.optional(),
  promiseDueAt: z.iso.datetime().optional(),
});
export type Held = z.infer<typeof Held>;

export const TeamAgent = AgentView.extend({
  holds: z.array(Held),
  /** There are more than are listed. */
  more: z.boolean(),
  /** The promise ("one moment") that is due first, or overdue longest. */
  promiseDueAt: z.iso.datetime().optional(),
});
export type TeamAgent = z.infer<typeof TeamAgent>;

const Counted = z.object({ count: z.number().int().nonnegative(), more: z.boolean() });

export const TeamNow = z.object({
  at: z.iso.datetime(),
  timeZone: z.string(),
  /** Answered within a minute since midnight of the tenant's day. Who waits longer already counts as not. */
  withinMinute: Share,
  since: z.iso.datetime(),
  queues: z.array(SkillQueue),
  /** Who breaks a promise next comes first. */
  waiting: z.array(Waiter),
  owners: z.object({ bot: Counted, queue: Counted, agents: Counted }),
  agents: z.array(TeamAgent),
});
export type TeamNow = z.infer<typeof TeamNow>;

export const ReportItem = HourReport.extend({ from: z.iso.datetime(), until: z.iso.datetime() });
export type ReportItem = z.infer<typeof ReportItem>;

export const TeamHours = z.object({ timeZone: z.string(), items: z.array(ReportItem), total: ReportItem });
export type TeamHours = z.infer<typeof TeamHours>;

export const teamNow = route('GET', '/v1/team/now', {
  summary: 'The team as it is: who waits, who holds what, what is promised',
  roles: ['supervisor'],
  responses: {
    200: {
      description: `At most ${TEAM_READS.waiting} who wait, ${TEAM_READS.agents} agents and ${TEAM_READS.held} conversations of each; counts say where there are more`,
      schema: TeamNow,
    },
  },
});

export const teamHours = route('GET', '/v1/team/hours', {
  summary: 'What happened, by hour or day of the tenant’s time zone, with sums',
  roles: ['supervisor', 'manager'],
  query: z.object({
    /** Left out: midnight of the tenant’s day. */
    from: z.iso.datetime({ offset: true }).optional(),
    /** Left out: now. */
    until: z.iso.datetime({ offset: true }).optional(),
    by: z.enum(['hour', 'day']).default('hour'),
  }),
  responses: {
    200: {
      description: `At most ${MOST_HOURS} hours or ${MOST_DAYS} days, oldest first. Hours begin with the hours of UTC`,
      schema: TeamHours,
    },
  },
});
