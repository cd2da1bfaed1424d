import { afterAll, beforeAll, expect, test } from 'vitest';
import { dynamodbConversations } from '../../../lib/adapters/dynamodb/conversations.ts';
import { locateAssist } from '../../../lib/assist/locate.ts';
import type { Head } from '../../../lib/domain/conversation.ts';
import { ConversationId } from '../../../lib/domain/ids.ts';
import { newHead } from '../../../lib/handoff/head.ts';
import { START, TENANT } from '../../support/conversation.ts';
import { startTable, type TestTable } from '../../support/dynalite.ts';

let server: TestTable;
beforeAll(async () => {
  server = await startTable();
}, 30_000);
afterAll(() => server.stop());

test('who waits is read without heads, most urgent first, no more than asked for', async () => {
  const store = dynamodbConversations(server.table, { retentionSeconds: 86_400, locate: locateAssist });
  const queued = (id: string, priority: number, seconds: number, front?: boolean): Head => {
    const at = new Date(START + seconds * 1_000).toISOString();
    const handoff = { reason: 'asked_for_person' as const, skill: `skill of ${id}`, priority, at };
    const known = front === undefined ? handoff : { ...handoff, front };
    return { ...newHead(ConversationId.parse(id), START), version: 1, owner: 'queue', handoff: known };
  };
  const heads = [queued('late', 6, 9), queued('early', 6, 1), queued('urgent', 9, 8), queued('again', 6, 20, true)];
  const closed: Head = { ...queued('gone', 9, 0), owner: 'closed' };
  for (const head of [...heads, closed]) await store.putHead(TENANT, head, undefined);
  const waiting = await store.waiting(TENANT, 10);
  expect(waiting.map(({ conversation }) => conversation)).toEqual(['urgent', 'again', 'early', 'late']);
  expect(waiting[1]).toEqual({
    conversation: 'again',
    skill: 'skill of again',
    priority: 6,
    at: START + 20_000,
    front: true,
  });
  expect(await store.waiting(TENANT, 2)).toHaveLength(2);
});
