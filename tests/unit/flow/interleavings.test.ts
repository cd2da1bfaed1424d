/**
 * The invariants of ownership and delivery over random interleavings of customer, bot, agents (desk and platform),
 * assignments, duplicates, echoes, lost starts, crashes between any two operations, failing callbacks and sweeps.
 * `RUNS` asks for more of them.
 */
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { type Command, conversationModel } from '../../support/flow-model.ts';

const RUNS = Number(process.env['RUNS'] ?? 300);

const who = fc.constantFrom('ann', 'bob');
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('customer' as const),
      text: fc.constantFrom('when?', 'how?', 'why?', 'ok', 'maybe', 'a person', 'unknown'),
    }),
  },
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('run' as const), steps: fc.integer({ min: 1, max: 60 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('agent' as const), who, text: fc.constant('hello') }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('desk' as const),
      who,
      action: fc.constantFrom('claim' as const, 'release', 'close', 'transfer', 'send'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('assigned' as const), who }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('released' as const, 'released', 'released', 'closed') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('recall' as const, 'duplicate', 'echo'),
      of: fc.nat({ max: 20 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Command>({ kind: 'sweep' }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      ms: fc.constantFrom(1, 2_500, 13_000, 31_000, 700_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose' as const), starts: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('crash' as const),
      cut: fc.record({ after: fc.integer({ min: 1, max: 14 }), done: fc.boolean() }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('platform' as const),
      outcomes: fc.array(fc.constantFrom('failed' as const, 'refused'), { minLength: 1, maxLength: 9 }),
    }),
  },
);

describe('whatever happens in whatever order', () => {
  test('the bot never talks over a person, nothing is lost, doubled, stale or out of order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.constantFrom(0, 2_500, 30_000),
        fc.array(command, { minLength: 1, maxLength: 60, size: 'max' }),
        async (seed, quietWindowMs, commands) => {
          await conversationModel(seed, quietWindowMs).play(commands);
        },
      ),
      { numRuns: RUNS },
    );
  }, 300_000);
});
