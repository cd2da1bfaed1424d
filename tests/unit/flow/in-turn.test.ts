import { expect, test } from 'vitest';
import { inTurn } from '../../../lib/assist/routing/in-turn.ts';

/** Runs that end when told to. */
function runs() {
  const ends: (() => void)[] = [];
  const begun: string[] = [];
  const ask = inTurn(
    (key: string) => key,
    (key: string) => {
      begun.push(key);
      return new Promise<void>((done) => ends.push(done));
    },
  );
  const end = async (): Promise<void> => {
    ends.shift()?.();
    await new Promise((done) => setImmediate(done));
  };
  return { ask, begun, end };
}

test('whatever asks while one is at work is served by one more run, begun after it', async () => {
  const { ask, begun, end } = runs();
  const first = ask('a');
  const others = [ask('a'), ask('a'), ask('a')];
  expect(begun).toEqual(['a']);
  await end();
  await first;
  expect(begun).toEqual(['a', 'a']);
  await end();
  await Promise.all(others);
  void ask('a');
  expect(begun).toEqual(['a', 'a', 'a']);
});

test('one tenant waits for no other, and a run that fails holds up nobody', async () => {
  const { ask, begun } = runs();
  void ask('a');
  void ask('b');
  expect(begun).toEqual(['a', 'b']);
  let count = 0;
  const failing = inTurn(
    () => 'a',
    async () => {
      count += 1;
      throw new Error('cut off');
    },
  );
  const all = await Promise.allSettled([failing(), failing(), failing()]);
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(count).toBe(2);
});
