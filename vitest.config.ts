import { defineConfig } from 'vitest/config';

/** Pages on a whole stack; the others have an API of their own to talk to. */
const WHOLE = ['tests/console/*stack.test.ts'];
/** These stop their stack, cut it off, or set it up otherwise. */
const OWN_STACK = ['tests/e2e/{faults,models,start,threads}.test.ts', 'tests/console/stack.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/{unit,contracts}/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // The default leaves a core idle, on a machine of two every other one.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'functions',
          include: ['tests/functions/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'pages',
          // A page shows what it heard as soon as it can: a look at it is repeated until it holds, or for so long.
          expect: { poll: { timeout: 15_000 } },
          include: ['tests/console/**/*.test.ts'],
          exclude: WHOLE,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'stacks',
          expect: { poll: { timeout: 15_000 } },
          include: OWN_STACK,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // They wait more than they work: two at a time, and nothing else beside them.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'e2e',
          expect: { poll: { timeout: 15_000 } },
          include: ['tests/e2e/**/*.test.ts', ...WHOLE],
          exclude: OWN_STACK,
          globalSetup: ['tests/support/start-shared-stack.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          // A file at a time, and nothing beside it.
          sequence: { groupOrder: 0 },
        },
      },
    ],
  },
});
