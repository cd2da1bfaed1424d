/** Skills are anybody's words: an agent may pass a conversation to one that every object has by nature. */
import { expect, test } from 'vitest';
import { paceFrom } from '../../../lib/assist/pace.ts';
import { expectedWait } from '../../../lib/handoff/line.ts';

const NAMES = ['constructor', '__proto__', 'toString', 'returns'];

test.each(NAMES)('nothing is said of the wait for a skill of which nothing is known: %s', (skill) => {
  expect(expectedWait(paceFrom([]), skill, 2, 1)).toBeUndefined();
});

test.each(NAMES)('its pace is its own, whatever it is called: %s', (skill) => {
  const hour = { [`pace@${skill}`]: 2, [`pace.ms@${skill}`]: 60_000 };
  const pace = paceFrom([{ counts: hour }, { counts: hour }]);
  expect(expectedWait(pace, skill, 2, 1)).toBe(60_000);
  expect(expectedWait(pace, 'orders', 2, 1)).toBeUndefined();
});
