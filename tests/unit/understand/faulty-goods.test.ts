/** How often goods that fail are heard as such, a little under what was measured; and how seldom those that do not. */
import { describe, expect, test } from 'vitest';
import { statesFault } from '../../../lib/assist/understand/faults.ts';
import { understand } from '../../../lib/assist/understand.ts';
import { faultyGoods, shareOf } from '../../support/faulty-goods.ts';

const goods = faultyGoods();
const complains = (text: string): boolean =>
  understand({ parts: [{ kind: 'text', text }], history: [], knowledge: undefined, catalog: undefined }).act ===
  'complain';

describe.each([
  ['tuned', { complaint: 0.93, fault: 0.88, false: 0.03 }],
  ['held_out', { complaint: 0.87, fault: 0.82, false: 0.11 }],
] as const)('%s', (part, floor) => {
  const { faulty, lookalike } = goods[part];

  test('goods that fail are complained of', () => {
    expect(shareOf(faulty, complains)).toBeGreaterThanOrEqual(floor.complaint);
    expect(shareOf(faulty, statesFault)).toBeGreaterThanOrEqual(floor.fault);
  });

  test('what is asked, wished for or praised is no complaint', () => {
    expect(shareOf(lookalike, complains)).toBeLessThanOrEqual(floor.false);
    expect(shareOf(lookalike, statesFault)).toBeLessThanOrEqual(floor.false);
  });
});

test('a fault is read in time however long the line', () => {
  for (const text of ['线'.repeat(4_000), 'keeps '.repeat(700), '吸'.repeat(4_000), 'is '.repeat(1_300)]) {
    expect(statesFault(text)).toBe(false);
  }
});
