import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intentName, skillName } from '../../../lib/domain/hour-names.ts';
import { HourReport, type Share } from '../../../lib/domain/hour-report.ts';
import { reportOf, shareOf, sumCounts } from '../../../lib/measure/hours.ts';
import { someCounts } from '../../support/team-fixtures.ts';

describe('shares', () => {
  it('stand with their number, and not at all where there is none', () => {
    expect(shareOf(3, 4)).toEqual({ count: 3, of: 4, share: 0.75 });
    expect(shareOf(0, 0)).toEqual({ count: 0, of: 0 });
  });

  it('lie between 0 and 1 whatever was counted', () => {
    const names = Object.keys(someCounts());
    const counts = fc.dictionary(fc.constantFrom(...names), fc.integer({ min: -5, max: 1_000 }));
    fc.assert(
      fc.property(counts, (found) => {
        const report = reportOf(sumCounts([found]));
        expect(HourReport.safeParse(report).error).toBeUndefined();
        const shares: Share[] = [report.contained, report.firstResponse.withinMinute, report.would.alone];
        for (const { count, of, share } of shares)
          expect(share === undefined ? of === 0 : share === count / of).toBe(true);
      }),
    );
  });
});

describe('an hour', () => {
  it('counts a hand-off that nobody answered as one that was not answered within a minute', () => {
    const { firstResponse, sla } = reportOf({
      first: 4,
      'first.1m': 3,
      'first.5m': 1,
      'first.ms': 200_000,
      unanswered: 2,
    });
    expect(firstResponse.withinMinute).toEqual({ count: 3, of: 6, share: 0.5 });
    expect(firstResponse.withinFive).toEqual({ count: 4, of: 6, share: 4 / 6 });
    expect(firstResponse.average).toEqual({ of: 4, ms: 50_000 });
    expect(sla.unanswered).toBe(2);
  });

  it('tells skills apart, the busiest first', () => {
    const counts = {
      handoff: 5,
      [skillName('handoff', 'b')]: 2,
      [skillName('handoff', 'a')]: 3,
      [skillName('first', 'a')]: 2,
      [skillName('first.1m', 'a')]: 1,
      [skillName('unanswered', 'a')]: 1,
      [skillName('wait', 'a')]: 2,
      [skillName('wait.ms', 'a')]: 9_000,
    };
    const { skills } = reportOf(counts);
    expect(skills.map(({ skill, handoffs }) => [skill, handoffs])).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
    expect(skills[0]?.withinMinute).toEqual({ count: 1, of: 3, share: 1 / 3 });
    expect(skills[0]?.wait).toEqual({ of: 2, ms: 4_500 });
  });

  it('lists intents by how often they came, what had no room last', () => {
    const counts = { [intentName('other')]: 9, [intentName('b')]: 2, [intentName('a')]: 5 };
    expect(reportOf(counts).intents.map(({ intent }) => intent)).toEqual(['a', 'b', 'other']);
  });

  it('says how suggestions fared and what the bot would have done', () => {
    const { suggestions, would } = reportOf(someCounts());
    expect(suggestions.use).toEqual({ count: 10, of: 14, share: 10 / 14 });
    expect(would.alone).toEqual({ count: 4, of: 12, share: 4 / 12 });
    expect(would.same).toEqual({ count: 3, of: 4, share: 0.75 });
  });
});

describe('sums', () => {
  it('of hours are the hours of sums', () => {
    const counts = fc.dictionary(fc.constantFrom(...Object.keys(someCounts())), fc.nat(1_000));
    fc.assert(
      fc.property(fc.array(counts, { maxLength: 5 }), (hours) => {
        const turns = hours.reduce((sum, hour) => sum + (hour['turn'] ?? 0), 0);
        expect(reportOf(sumCounts(hours)).turns).toBe(turns);
      }),
    );
  });

  it('that fell below nothing are nothing', () => {
    expect(sumCounts([{ turn: 1 }, { turn: -2, bot: 3 }])).toEqual({ bot: 3 });
  });
});
