/**
 * What a change of a head counts, by what is different in it. A put succeeds once, so nothing is counted twice. Names hold
 * no text and no id of a customer; `measure/hours.ts` reads them, `handoff/README.md` says what is counted when.
 */
import type { Head } from '../domain/conversation.ts';
import type { Handoff } from '../domain/handoff.ts';
import { skillName } from '../domain/hour-names.ts';
import { agentSpoke } from '../handoff/episode.ts';
import { paceOf, waitsSince } from '../handoff/line.ts';
import { slaTick } from '../handoff/sla.ts';
import { addCounts, type Counts } from './tally.ts';

const MINUTE_MS = 60_000;

const bySkill = (name: string, skill: string, n = 1): Counts => ({ [skillName(name, skill)]: n });

type Change = { before: Head; head: Head; now: number };

/** What a change of a head counts. `head` is as it was sealed. */
export function changeCounts(before: Head, head: Head): Counts {
  const change = { before, head, now: Date.parse(head.updatedAt) };
  return addCounts(
    visits(change),
    handedOver(change),
    offered(change),
    taken(change),
    answered(change),
    spoken(change),
    promises(change),
    due(change),
    ended(change),
  );
}

function visits({ before, head }: Change): Counts {
  const { episode } = head;
  if (episode === undefined) return {};
  const known = before.episode?.at === episode.at ? before.episode : undefined;
  return {
    ...(known === undefined ? { visit: 1 } : {}),
    ...(episode.person === true && known?.person !== true ? { 'visit.person': 1 } : {}),
  };
}

const isNew = (before: Head, handoff: Handoff | undefined): handoff is Handoff =>
  handoff !== undefined && handoff.at !== before.handoff?.at;

/** By the bot, by an agent who passes it on, or because its agent is gone. */
function handedOver({ before, head }: Change): Counts {
  const { handoff } = head;
  const gone = handoff?.reason === 'agent_gone' && head.owner === 'queue' && before.owner.startsWith('agent:');
  if (gone) return { requeue: 1 };
  if (!isNew(before, handoff)) return {};
  const isHeld = before.owner.startsWith('agent:');
  // Nobody passed it on: it was taken.
  if (isHeld && handoff.reason === 'taken_over') return {};
  if (before.handoff !== undefined || isHeld) return { transfer: 1 };
  return { handoff: 1, [`ho#${handoff.reason}`]: 1, ...bySkill('handoff', handoff.skill) };
}

function offered({ before, head }: Change): Counts {
  const { offer } = head;
  const made = offer !== undefined && (offer.at !== before.offer?.at || offer.agentId !== before.offer.agentId);
  const ended = before.offer !== undefined && (offer === undefined || made);
  const accepted = ended && head.owner === `agent:${before.offer?.agentId}`;
  const passed = ended && !accepted && head.owner === 'queue';
  return {
    ...(made ? { offer: 1 } : {}),
    ...(accepted ? { 'offer.yes': 1 } : {}),
    ...(passed ? { 'offer.no': 1 } : {}),
  };
}

/** Somebody took it from the queue: the time it waited there. */
function taken({ before, head, now }: Change): Counts {
  if (before.owner !== 'queue' || !head.owner.startsWith('agent:') || before.handoff === undefined) return {};
  const ms = Math.max(0, now - waitsSince(before.handoff));
  const { skill } = before.handoff;
  return { wait: 1, 'wait.ms': ms, ...bySkill('wait', skill), ...bySkill('wait.ms', skill, ms) };
}

function within(name: string, ms: number): Counts {
  const bucket = ms <= MINUTE_MS ? '.1m' : ms <= 5 * MINUTE_MS ? '.5m' : undefined;
  return { [name]: 1, [`${name}.ms`]: Math.max(0, ms), ...(bucket === undefined ? {} : { [`${name}${bucket}`]: 1 }) };
}

/**
 * The first words of a person: to a hand-off, from when it was made, or in a visit that was never handed over, from the
 * message they answer. And every reply to a turn, from its first message.
 */
function answered(change: Change): Counts {
  const { before, head, now } = change;
  const reply = agentSpoke(before, head) ? before.turn : undefined;
  const replied = reply === undefined ? {} : within('reply', now - (reply.openedAt ?? reply.lastAt));
  return addCounts(replied, firstWords(change));
}

function firstWords({ before, head, now }: Change): Counts {
  const { handoff } = before;
  if (handoff === undefined) {
    const isFirst = head.episode?.answered === true && before.episode?.answered !== true && before.turn !== undefined;
    return isFirst ? within('first', now - (before.turn?.openedAt ?? before.turn?.lastAt ?? now)) : {};
  }
  const answers = handoff.answeredAt === undefined && head.handoff?.answeredAt !== undefined;
  if (!answers || isNew(before, head.handoff)) return {};
  const ms = now - waitsSince(handoff);
  const { skill, sla } = handoff;
  return addCounts(
    within('first', ms),
    inTime('first', sla?.firstResponseBy, now),
    bySkill('first', skill),
    bySkill('first.ms', skill, Math.max(0, ms)),
    paceCounts(handoff, ms),
    ms <= MINUTE_MS ? bySkill('first.1m', skill) : {},
  );
}

/** What a wait says of the line's pace, for those who are told what to expect. */
function paceCounts(handoff: Handoff, ms: number): Counts {
  const pace = paceOf(handoff, ms);
  if (pace === undefined) return {};
  return { ...bySkill('pace', handoff.skill), ...bySkill('pace.ms', handoff.skill, Math.round(pace)) };
}

function spoken({ before, head }: Change): Counts {
  const known = new Set(before.outbox.map(({ id }) => id));
  const bot = head.outbox.filter(({ id, kind }) => kind === 'bot_reply' && !known.has(id)).length;
  const agent = agentSpoke(before, head) ? 1 : 0;
  return addCounts({ bot, agent });
}

function promises({ before, head, now }: Change): Counts {
  const spoke = agentSpoke(before, head);
  const made = head.promise !== undefined && head.promise.at !== before.promise?.at;
  const kept = before.promise !== undefined && spoke;
  const late = kept && Date.parse(before.promise?.dueAt ?? '') < now;
  return addCounts({
    promise: made ? 1 : 0,
    'promise.kept': kept && !late ? 1 : 0,
    'promise.late': kept && late ? 1 : 0,
  });
}

/** What came due of a hand-off's promises by this change, whether it still has the mark or ended with it. */
function due({ before, now }: Change): Counts {
  const known = before.handoff?.sla;
  const told = slaTick(before, now).handoff?.sla;
  if (told === undefined || told === known) return {};
  const first = told.breachedAt !== known?.breachedAt;
  const end = told.resolveBreachedAt !== known?.resolveBreachedAt;
  const warned = told.warnedAt !== known?.warnedAt || told.resolveWarnedAt !== known?.resolveWarnedAt;
  const skill = before.handoff?.skill ?? '';
  return addCounts(
    first ? { 'breach.first': 1, ...bySkill('breach', skill) } : {},
    end ? { 'breach.end': 1 } : {},
    end && !first ? bySkill('breach', skill) : {},
    warned ? { warned: 1 } : {},
  );
}

function ended(change: Change): Counts {
  const { before, head } = change;
  if (head.owner !== 'closed' || before.owner === 'closed') return {};
  const { disposition } = head.wrapUp === before.wrapUp ? {} : (head.wrapUp ?? {});
  return addCounts({ close: 1, ...(disposition === undefined ? {} : { [`end#${disposition}`]: 1 }) }, resolved(change));
}

/** A hand-off that ended: after a person wrote it is resolved, else it was left unanswered. */
function resolved({ before, now }: Change): Counts {
  const { handoff } = before;
  if (handoff === undefined) return {};
  const { skill, sla } = handoff;
  if (handoff.answeredAt === undefined) return { unanswered: 1, ...bySkill('unanswered', skill) };
  const ms = Math.max(0, now - waitsSince(handoff));
  return {
    resolve: 1,
    'resolve.ms': ms,
    ...inTime('resolve', sla?.resolveBy, now),
    ...bySkill('resolve', skill),
    ...bySkill('resolve.ms', skill, ms),
  };
}

/** Of what had a target: whether it was met. */
const inTime = (name: string, by: number | undefined, now: number): Counts =>
  by === undefined ? {} : { [`${name}.due`]: 1, ...(now <= by ? { [`${name}.in`]: 1 } : {}) };
