/** A conversation handed to people: why, to whom, since when, and what was promised of it. */
import * as z from 'zod';
import { DecisionReason } from './assist.ts';
import { AgentId } from './ids.ts';
import { Language } from './language.ts';
import { SlaTarget } from './routing.ts';

/** Where a hand-off stood when it entered the line: the place it got (1 is next), and the agents online for its skill. */
export const LinePlace = z.object({ place: z.number().int(), online: z.number().int() });
export type LinePlace = z.infer<typeof LinePlace>;

/** What will hold of a hand-off from its commit on, by the tenant's settings and the line as they were decided by (ms). */
export const HandoffTerms = z.object({
  language: Language.optional(),
  line: LinePlace.optional(),
  /** Closed until then (epoch ms). */
  opensAt: z.number().optional(),
  tellEveryMs: z.number().optional(),
  agesMs: z.number().optional(),
  overflowMs: z.number().optional(),
  /** What the notice asks the customer for. */
  ask: z.string().optional(),
  /** What is promised to who waits for the skill. */
  sla: z.array(SlaTarget).optional(),
});
export type HandoffTerms = z.infer<typeof HandoffTerms>;

/** What was promised of a hand-off, and what of it has been warned of and broken, each once (epoch ms). */
export const Sla = z.object({
  /** Of the first words of a person. */
  warnAt: z.number().optional(),
  firstResponseBy: z.number().optional(),
  warnedAt: z.number().optional(),
  breachedAt: z.number().optional(),
  /** Of the end. */
  resolveWarnAt: z.number().optional(),
  resolveBy: z.number().optional(),
  resolveWarnedAt: z.number().optional(),
  resolveBreachedAt: z.number().optional(),
});
export type Sla = z.infer<typeof Sla>;

export const Handoff = z.object({
  reason: DecisionReason,
  skill: z.string(),
  priority: z.number().int().min(0).max(9),
  at: z.iso.datetime(),
  /** Of one that was passed on before anybody wrote: since when the customer waits (epoch ms). */
  since: z.number().optional(),
  assistId: z.string().optional(),
  /** When a person first wrote after it; until then a release goes back to the queue. */
  answeredAt: z.iso.datetime().optional(),
  /** What the agent who passed the conversation on wrote for the next one, and who that was. */
  note: z.string().optional(),
  from: AgentId.optional(),
  /** Times below are epoch ms, set at the hand-off, so that whatever dies meanwhile they come due. */
  /** From then on also for agents without the skill. */
  overflowAt: z.number().optional(),
  /** When the customer is told their place next, and the place they were told last (1 is next). */
  tellAt: z.number().optional(),
  toldPlace: z.number().int().optional(),
  /** When waiting adds the next point of priority. */
  raiseAt: z.number().optional(),
  /** What the customer is told of the line is told in it. */
  language: Language.optional(),
  /** Compared with when a person first wrote, it says how fast the line moves. */
  line: LinePlace.optional(),
  /** The shop was closed; routing waits until it opens. */
  opensAt: z.number().optional(),
  sla: Sla.optional(),
  /** The agents who let an offer pass, newest last. */
  passed: z.array(AgentId).max(50).optional(),
  /** When they may be asked again (epoch ms), where nobody else could; undefined: once it overflows. */
  againAt: z.number().optional(),
  /** Before others of its priority: a person had it already. */
  front: z.boolean().optional(),
  /** The times above have been seen to up to then (epoch ms); undefined: routing has not seen it yet. */
  tendedAt: z.number().optional(),
});
export type Handoff = z.infer<typeof Handoff>;
