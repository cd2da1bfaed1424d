/** Counts of hours as figures. Sums only add up; every share is taken of the sums, never of other shares. */
import { boundedName, OTHER } from '../domain/hour-names.ts';
import type { Average, HourReport, Share, SkillReport, Waits } from '../domain/hour-report.ts';

export type Counts = Readonly<Record<string, number>>;

/** Sums by name. A count that fell below nothing, because what it takes back was lost, is nothing. */
export function sumCounts(all: readonly Counts[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [name, value] of all.flatMap(Object.entries)) sums.set(name, (sums.get(name) ?? 0) + value);
  return Object.fromEntries([...sums].filter(([, value]) => value > 0));
}

export function shareOf(count: number, of: number): Share {
  const part = Math.min(count, of);
  return of === 0 ? { count: 0, of: 0 } : { count: part, of, share: part / of };
}

const average = (sum: number, of: number): Average => (of === 0 ? { of } : { of, ms: Math.round(sum / of) });

/** Sums of names with a prefix, by what follows it. */
function named(counts: Counts, prefix: string): Record<string, number> {
  const found = Object.entries(counts).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]));
}

type Get = (name: string) => number;

/** `lost`: those who never got an answer, which no minute holds. */
function waits(n: Get, name: string, lost = 0): Waits {
  const of = n(name) + lost;
  const minute = n(`${name}.1m`);
  return {
    withinMinute: shareOf(minute, of),
    withinFive: shareOf(minute + n(`${name}.5m`), of),
    average: average(n(`${name}.ms`), n(name)),
  };
}

function skillsOf(counts: Counts): SkillReport[] {
  const names = Object.keys(counts).map(boundedName);
  const skills = new Set(names.flatMap((name) => (name?.group === 'skill' ? [name.label] : [])));
  const reports = [...skills].map((skill): SkillReport => {
    const n: Get = (name) => counts[`${name}@${skill}`] ?? 0;
    return {
      skill,
      handoffs: n('handoff'),
      withinMinute: shareOf(n('first.1m'), n('first') + n('unanswered')),
      firstResponse: average(n('first.ms'), n('first')),
      wait: average(n('wait.ms'), n('wait')),
      breaches: n('breach'),
      unanswered: n('unanswered'),
      resolution: average(n('resolve.ms'), n('resolve')),
    };
  });
  return reports.sort((a, b) => b.handoffs - a.handoffs || (a.skill < b.skill ? -1 : 1));
}

/** The most frequent first; what had no room of its own comes last. */
const intentsOf = (counts: Counts): HourReport['intents'] =>
  Object.entries(named(counts, 'i#'))
    .map(([intent, count]) => ({ intent, count }))
    .sort(
      (a, b) =>
        Number(a.intent === OTHER) - Number(b.intent === OTHER) || b.count - a.count || (a.intent < b.intent ? -1 : 1),
    );

/** What the counts of some hours, added up by `sumCounts`, say. */
export function reportOf(counts: Counts): HourReport {
  const n: Get = (name) => Math.max(0, counts[name] ?? 0);
  return {
    turns: n('turn'),
    acts: named(counts, 'act#'),
    intents: intentsOf(counts),
    decisions: named(counts, 'do#'),
    reasons: named(counts, 'why#'),
    visits: n('visit'),
    contained: shareOf(Math.max(0, n('visit') - n('visit.person')), n('visit')),
    handoffs: n('handoff'),
    handoffReasons: named(counts, 'ho#'),
    skills: skillsOf(counts),
    firstResponse: waits(n, 'first', n('unanswered')),
    replies: waits(n, 'reply'),
    sla: {
      warned: n('warned'),
      firstBroken: n('breach.first'),
      endBroken: n('breach.end'),
      firstInTime: shareOf(n('first.in'), n('first.due')),
      endInTime: shareOf(n('resolve.in'), n('resolve.due')),
      unanswered: n('unanswered'),
    },
    resolution: average(n('resolve.ms'), n('resolve')),
    promises: { made: n('promise'), kept: shareOf(n('promise.kept'), n('promise.kept') + n('promise.late')) },
    offers: {
      made: n('offer'),
      accepted: shareOf(n('offer.yes'), n('offer.yes') + n('offer.no')),
      passed: n('offer.no'),
    },
    transfers: n('transfer'),
    requeued: n('requeue'),
    botReplies: n('bot'),
    agentMessages: n('agent'),
    warnedSent: n('warned.sent'),
    closed: n('close'),
    dispositions: named(counts, 'end#'),
    suggestions: suggestionsOf(n),
    would: wouldOf(n),
  };
}

function suggestionsOf(n: Get): HourReport['suggestions'] {
  const [used, edited, ignored] = [n('s.used'), n('s.edited'), n('s.ignored')];
  return {
    shown: n('s.shown'),
    used,
    edited,
    ignored,
    dismissed: n('s.dismissed'),
    use: shareOf(used + edited, used + edited + ignored),
  };
}

function wouldOf(n: Get): HourReport['would'] {
  const [same, alike, different] = [n('would.same'), n('would.like'), n('would.else')];
  return {
    alone: shareOf(n('would#auto_reply'), n('would')),
    handedOver: n('would#handoff'),
    asked: n('would#clarify'),
    same: shareOf(same, same + alike + different),
    alike,
    different,
  };
}
