import { expect, test } from 'vitest';
import { deskRoom } from '../../../lib/assist/desk.ts';
import { claimConversation, closeConversation } from '../../../lib/assist/desk-actions.ts';
import { deskGate } from '../../../lib/assist/desk-gate.ts';
import type { ConversationDetail } from '../../../lib/domain/contract/desk.ts';
import type { Head } from '../../../lib/domain/conversation.ts';
import { agent, CONVERSATION, created, TENANT } from '../../support/conversation.ts';
import { world } from '../../support/flow-world.ts';

const SAID = '我叫张伟，电话13812345678，订单13900001111222，转人工';
const MASKED = '我叫[name]，电话[phone]，订单13900001111222，转人工';

test('who the customer was is masked once a conversation is closed, and shown to its owner while it is open', async () => {
  const shop = world();
  await shop.receive(created('m1', SAID));
  await shop.settle();
  const caller = { tenant: TENANT, role: 'agent' as const, agentId: agent('ann') };
  const room = deskRoom(shop.deps);
  const gate = deskGate({
    head: (tenant, conversation) => shop.deps.conversations.head(tenant, conversation),
    customer: (tenant, id) => shop.deps.customers.get(tenant, id),
    readTenant: async () => undefined,
    skills: async () => [],
    notes: { read: async () => undefined, note: async () => undefined, refused: async () => undefined },
    now: shop.deps.now,
  });
  const asked = { tenant: TENANT, caller, params: { id: CONVERSATION }, body: undefined };
  const read = () =>
    gate.pass({ ...asked, route: { path: '/v1/desk/conversations/{id}' } }, () =>
      room.read(TENANT, caller, CONVERSATION),
    ) as Promise<ConversationDetail>;
  await claimConversation(shop.deps, shop.place, { id: agent('ann') });
  expect((await read()).messages[0]?.text).toBe(SAID);

  await closeConversation(shop.deps, shop.place, { id: agent('ann') });
  const closed = await read();
  expect(closed.head.owner).toBe('closed');
  expect(closed.messages[0]?.text).toBe(MASKED);
  expect(closed.messages[0]?.parts[0]?.text).toBe(MASKED);
  expect(closed.package).toBeUndefined();
  expect(JSON.stringify(closed)).not.toMatch(/13812345678|张伟/);
  const { items } = (await gate.pass({ ...asked, params: {}, route: { path: '/v1/desk/conversations' } }, () =>
    room.list(TENANT, caller, { owner: 'closed', limit: 10 }),
  )) as { items: Head[] };
  expect(items[0]?.lastCustomerText).toBe(MASKED);
  expect(JSON.stringify(items)).not.toMatch(/13812345678|张伟/);
});
