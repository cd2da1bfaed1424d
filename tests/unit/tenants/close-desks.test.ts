import { expect, test } from 'vitest';
import type { PersonRecord } from '../../../lib/domain/access.ts';
import { closingDesks, type DeskOf } from '../../../lib/tenants/close-desks.ts';
import type { PeopleStore } from '../../../lib/tenants/people.ts';

const OPEN: DeskOf[] = [
  { connection: 'anns', role: 'agent', tokenId: 't1', personId: 'ann', personEpoch: 4 },
  { connection: 'anns-phone', role: 'agent', tokenId: 't2', personId: 'ann', personEpoch: 4 },
  { connection: 'bobs', role: 'supervisor', tokenId: 't3', personId: 'bob', personEpoch: 4 },
  { connection: 'by-token', role: 'agent', tokenId: 't4' },
  { connection: 'of-before' },
];
const ann = { id: 'ann', role: 'agent', epoch: 4 } as PersonRecord;

function world(outcome: 'ok' | 'conflict' = 'ok', isDown = false) {
  const closed: string[] = [];
  const done: string[] = [];
  const store = {
    deleteToken: async (_: string, id: string) => void done.push(id),
    putPerson: async () => outcome,
    deletePerson: async () => outcome,
  } as unknown as PeopleStore;
  const of = async () => {
    if (isDown) throw new Error('down');
    return OPEN;
  };
  const close = async (connection: string) => {
    closed.push(connection);
    if (connection === 'anns') throw new Error('gone');
  };
  return { kept: closingDesks(store, { of, close, settle: async () => undefined }), closed, done };
}

test('a sign-in or a token that ends closes the desk that came by it, and no other', async () => {
  const { kept, closed } = world();
  await kept.deleteToken('shop', 't4');
  expect(closed).toEqual(['by-token']);
});

test('who is disabled, given another role or password, or removed loses every desk; a new name costs nothing', async () => {
  for (const [change, expected] of [
    [{ ...ann, name: 'Anna' }, []],
    [{ ...ann, disabled: true }, ['anns', 'anns-phone']],
    [{ ...ann, role: 'supervisor' }, ['anns', 'anns-phone']],
    [{ ...ann, epoch: 5 }, ['anns', 'anns-phone']],
  ] as const) {
    const { kept, closed } = world();
    expect(await kept.putPerson('shop', change as PersonRecord, 3)).toBe('ok');
    expect(closed).toEqual(expected);
  }
  const { kept, closed } = world();
  await kept.deletePerson('shop', 'bob', 1);
  expect(closed).toEqual(['bobs']);
});

test('what was not changed closes nothing, and desks that cannot be closed keep nobody from signing out', async () => {
  const refused = world('conflict');
  expect(await refused.kept.putPerson('shop', { ...ann, disabled: true }, 3)).toBe('conflict');
  expect(await refused.kept.deletePerson('shop', 'ann', 3)).toBe('conflict');
  expect(refused.closed).toEqual([]);
  const down = world('ok', true);
  await down.kept.deleteToken('shop', 't1');
  expect(down.done).toEqual(['t1']);
});

test('a desk that the index did not know yet is found at the second look, and none is closed twice', async () => {
  const closed: string[] = [];
  let looks = 0;
  const store = { deletePerson: async () => 'ok' } as unknown as PeopleStore;
  const kept = closingDesks(store, {
    of: async () => (looks++ === 0 ? OPEN.slice(0, 1) : OPEN),
    close: async (connection) => void closed.push(connection),
    settle: async () => void closed.push('settled'),
  });
  await kept.deletePerson('shop', 'ann', 3);
  expect(closed).toEqual(['anns', 'settled', 'anns-phone']);
});
