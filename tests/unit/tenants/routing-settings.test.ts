import { describe, expect, test } from 'vitest';
import { PutChatwoot } from '../../../lib/domain/chatwoot.ts';
import { PatchTenant } from '../../../lib/domain/tenant-requests.ts';

const week = (...stretches: object[]) => ({ routing: { hours: { week: stretches } } });
const day = (from: string, until: string, days = [1]) => ({ days, from, until });
const holidays = (...days: object[]) => ({ routing: { hours: { week: [day('09:00', '18:00')], holidays: days } } });

/** The places that are complained of. */
const places = (body: object): string[] => {
  const { error } = PatchTenant.safeParse(body);
  return (error?.issues ?? []).map(({ path }) => path.join('.'));
};

describe('settings of routing that are refused, by their place', () => {
  test.each<[string, object, string]>([
    ['an unknown field', { routing: { offerMS: 1 } }, 'routing'],
    ['an unknown field within', { routing: { peak: { topic: ['a'] } } }, 'routing.peak'],
    ['an unknown field of a skill rule', { routing: { skills: [{ skill: 'a', intent: ['b'] }] } }, 'routing.skills.0'],
    ['no stretch at all', week(), 'routing.hours.week'],
    ['an empty stretch', week(day('09:00', '09:00')), 'routing.hours.week.0.until'],
    ['a stretch from the end of the day', week(day('24:00', '09:00')), 'routing.hours.week.0.from'],
    ['two that overlap', week(day('09:00', '12:00'), day('11:00', '18:00')), 'routing.hours.week.1'],
    ['over midnight into the next', week(day('22:00', '02:00', [7]), day('01:00', '03:00')), 'routing.hours.week.1'],
    ['a day twice in one', week(day('09:00', '12:00', [1, 1])), 'routing.hours.week.0.days'],
    ['half a holiday', holidays({ date: '2026-12-25', from: '09:00' }), 'routing.hours.holidays.0'],
    ['a closed day twice', holidays({ date: '2026-12-25' }, { date: '2026-12-25' }), 'routing.hours.holidays.1.date'],
    [
      'a peak that ends before it begins',
      {
        routing: { peak: { schedule: [{ from: '2026-11-12T00:00:00Z', until: '2026-11-11T00:00:00Z', topics: [] }] } },
      },
      'routing.peak.schedule.0.until',
    ],
    [
      'a rule after one that holds for everything',
      { routing: { skills: [{ skill: 'a' }, { skill: 'b' }] } },
      'routing.skills.0',
    ],
    [
      'two targets of one skill',
      { routing: { sla: [{ firstResponseMs: 1 }, { firstResponseMs: 2 }] } },
      'routing.sla.1.skill',
    ],
    ['an unknown field of the opening', { opening: { leads: {} } }, 'opening'],
    ['an unknown field of embeds', { embed: { origins: [], origin: 'x' } }, 'embed'],
    [
      'an origin that ends a header’s directive',
      { embed: { origins: ['https://a.example;script-src-elem'] } },
      'embed.origins.0',
    ],
    ['an origin of any host', { embed: { origins: ['https://*'] } }, 'embed.origins.0'],
    ['an origin of any host below one', { embed: { origins: ['https://*.a.example'] } }, 'embed.origins.0'],
    ['an origin with a quote', { embed: { origins: ['https://a.example', "https://'none'"] } }, 'embed.origins.1'],
  ])('%s', (_, body, place) => {
    expect(places(body)).toContain(place);
  });

  test.each<[string, object]>([
    ['stretches that touch', week(day('09:00', '12:00'), day('12:00', '18:00'))],
    ['over midnight', week(day('18:00', '02:00', [1, 2, 3, 4, 5, 6, 7]))],
    ['the whole week', week(day('00:00', '24:00', [1, 2, 3, 4, 5, 6, 7]))],
    [
      'two stretches of a holiday',
      holidays(
        { date: '2026-12-25', from: '09:00', until: '12:00' },
        { date: '2026-12-25', from: '13:00', until: '15:00' },
      ),
    ],
    [
      'origins of hosts by name, number and port',
      {
        embed: {
          origins: [
            'https://desk.a-b.example:8443',
            'http://localhost:3000',
            'http://[::1]',
            'https://xn--fiq228c.example',
          ],
        },
      },
    ],
    ['null takes a field back', { routing: { hours: null, peak: null } }],
    ['null takes all back', { routing: null, opening: null, embed: null }],
  ])('%s is taken', (_, body) => {
    expect(places(body)).toEqual([]);
  });
});

test('a connection to Chatwoot that is more than can be read with every event is refused', () => {
  const agents = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`agent-${at}@shop.example`, `agent-${at}`]));
  const connection = { baseUrl: 'https://chat.example', accountId: 1 };
  expect(PutChatwoot.safeParse({ ...connection, agents: agents(1_000) }).success).toBe(true);
  expect(PutChatwoot.safeParse({ ...connection, agents: agents(2_000) }).error?.issues).toMatchObject([{ path: [] }]);
});

test('a token of Chatwoot is taken without the blanks that were pasted with it, and not with any that no call could carry', () => {
  const put = (accessToken: string) =>
    PutChatwoot.safeParse({ baseUrl: 'https://chat.example', accountId: 1, accessToken });
  expect(put(' Tok3n-_=\n').data?.accessToken).toBe('Tok3n-_=');
  for (const bad of ['a\r\nx: y', 'a b', '令牌', '  ']) {
    expect(put(bad).error?.issues[0]).toMatchObject({ path: ['accessToken'] });
  }
});
