/**
 * Routing over random interleavings of customers, agents (online, away, gone), offers, answers to them, transfers,
 * take-overs, several routers at once, lost starts, and crashes between any two operations. `RUNS` asks for more of them.
 */
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { type RoutingCommand, routingModel } from '../../support/routing-model.ts';

const RUNS = Number(process.env['RUNS'] ?? 80);

const who = fc.nat({ max: 3 });
const of = fc.nat({ max: 5 });
const command: fc.Arbitrary<RoutingCommand> = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({
      kind: fc.constant('customer' as const),
      of,
      text: fc.constantFrom('a person', 'a person', 'unknown', 'when?', 'ok'),
    }),
  },
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('run' as const), steps: fc.integer({ min: 1, max: 80 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('presence' as const),
      who,
      presence: fc.constantFrom('online' as const, 'online', 'online', 'away', 'off'),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      who,
      of,
      act: fc.constantFrom(
        'accept' as const,
        'accept',
        'accept',
        'decline',
        'decline',
        'claim',
        'release',
        'close',
        'send',
        'returns',
        'toDee',
        'takeOver',
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('assigned' as const), who, of }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('route' as const, 'sweep') }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(1, 2_500, 11_000, 31_000, 61_000) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose' as const), starts: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('crash' as const),
      cut: fc.record({ after: fc.integer({ min: 1, max: 14 }), done: fc.boolean() }),
    }),
  },
);

describe('whoever dies, declines or leaves', () => {
  test('one owner an epoch, nobody over capacity, no place lost, nobody waits beside a free agent', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.constantFrom('offer' as const, 'offer', 'assign'),
        fc.array(command, { minLength: 1, maxLength: 60, size: 'max' }),
        async (seed, mode, commands) => {
          await routingModel(seed, mode).play(commands);
        },
      ),
      { numRuns: RUNS },
    );
  }, 300_000);
});
