import { expect, test } from 'vitest';
import { sweep } from '../../../lib/assist/sweep.ts';
import { ConversationId, TenantId } from '../../../lib/domain/ids.ts';
import type { DueWork } from '../../../lib/ports/starts.ts';

const tenant = TenantId.parse('shop');
const place = (id: string) => ({ tenant, conversation: ConversationId.parse(id) });
const due = (work: DueWork['work'], dueAt: number): DueWork => {
  const id = 'conversation' in work.payload ? String(work.payload.conversation) : work.name;
  return { key: { pk: id, sk: work.name }, dueAt, attempts: 0, work };
};
const timer = (id: string, dueAt: number) => due({ name: 'route', payload: place(id) }, dueAt);
const said = (id: string, dueAt: number) => due({ name: 'assist', payload: { ...place(id), message: 'm-1' } }, dueAt);
const owed = (id: string, dueAt: number) => due({ name: 'deliver', payload: place(id) }, dueAt);

/** Every start takes `startMs`; what was moved on is due no more. */
async function swept(shards: DueWork[][], startMs: number) {
  let now = 1_000_000;
  const moved = new Set<string>();
  const started: string[] = [];
  const result = await sweep({
    work: {
      shards: shards.length,
      due: async (shard) => (shards[shard] ?? []).filter(({ key }) => !moved.has(key.pk)),
      async defer({ key }) {
        moved.add(key.pk);
        return 'ok';
      },
    },
    async start(_, payload) {
      now += startMs;
      started.push('conversation' in payload ? String(payload.conversation) : '');
    },
    now: () => now,
    random: () => 0,
  });
  return { ...result, startedInOrder: started };
}

test('what customers said goes first, then what they are owed, then timers, the longest due first, in whatever shard', async () => {
  const shards = [
    [timer('t-late', 5), timer('t-early', 1)],
    [owed('o', 9)],
    [],
    [said('s-late', 8), said('s-early', 7)],
  ];
  const { startedInOrder } = await swept(shards, 1);
  expect(startedInOrder).toEqual(['s-early', 's-late', 'o', 't-early', 't-late']);
});

test('a run ends in time, and says that there is more', async () => {
  const timers = Array.from({ length: 90 }, (_, at) => timer(`t-${at}`, at));
  const { started, more, startedInOrder } = await swept([timers, [said('s', 500)]], 1_000);
  expect(startedInOrder[0]).toBe('s');
  expect({ started, more }).toEqual({ started: 40, more: true });
});
