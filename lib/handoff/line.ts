/** The line before the desks: who stands where in it, and how fast it moves. */
import type { Handoff } from '../domain/handoff.ts';
import { type AgentRecord, GENERAL_SKILL, type InLine } from '../domain/routing.ts';

/** From when on somebody waits for a person (epoch ms): from the hand-off, also where it was passed on, or from the opening. */
export const waitsSince = ({ at, since, opensAt = 0 }: Handoff): number => Math.max(since ?? Date.parse(at), opensAt);

/** Answers of late, by skill: how many, and the agent-milliseconds that their places took (see `paceOf`). */
export type Pace = Readonly<Record<string, { answers: number; ms: number }>>;
/** The line of a tenant as it was at most a second ago. */
export type LineState = {
  waiting: readonly InLine[];
  agents: readonly Pick<AgentRecord, 'presence' | 'leaseUntil' | 'skills'>[];
  pace: Pace;
};

/** Below this many answers of the last hours nothing is said of a wait: one slow answer is no pace. */
const FEWEST_ANSWERS = 3;

/** The place that a hand-off has or would get: those of its skill who are more urgent, or as urgent and here before, go first. */
export function placeIn(waiting: readonly InLine[], own: InLine): number {
  const before = waiting.filter(
    (one) => one.conversation !== own.conversation && one.skill === own.skill && compare(one, own) <= 0,
  );
  return before.length + 1;
}

const compare = (a: InLine, b: InLine): number =>
  b.priority - a.priority || Number(b.front === true) - Number(a.front === true) || a.at - b.at;

/** Agents at their desks at `now` (epoch ms), of a skill or of any; who names no skill takes everything. */
export function onlineFor(agents: LineState['agents'], now: number, skill?: string): number {
  return agents.filter(
    ({ presence, leaseUntil, skills = [] }) =>
      presence === 'online' &&
      (leaseUntil === undefined || leaseUntil > now) &&
      (skill === undefined || skill === GENERAL_SKILL || skills.length === 0 || skills.includes(skill)),
  ).length;
}

/**
 * What one answered hand-off says of the pace: a wait is taken to be its place, shared among the agents of the skill,
 * times what a place takes, so a place took `waited · online / place`. Measured so, a short wait at place 1 and a long
 * one at place 20 say the same, and idle hours say nothing. Undefined where its place was not known.
 */
export function paceOf({ line }: Handoff, waitedMs: number): number | undefined {
  if (line === undefined || line.place < 1 || line.online < 1) return undefined;
  return (Math.max(0, waitedMs) * line.online) / line.place;
}

/** The wait to expect at a place (ms); undefined where nobody is online, or too little is known of late. */
export function expectedWait(pace: Pace, skill: string, place: number, online: number): number | undefined {
  const known = Object.hasOwn(pace, skill) ? pace[skill] : undefined;
  if (known === undefined || known.answers < FEWEST_ANSWERS || online < 1) return undefined;
  return ((known.ms / known.answers) * place) / online;
}
