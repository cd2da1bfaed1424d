import { expect, test } from 'vitest';
import { deskRoom } from '../../../lib/assist/desk.ts';
import { closeConversation } from '../../../lib/assist/desk-actions.ts';
import { agent, CONVERSATION, created, TENANT } from '../../support/conversation.ts';
import { world } from '../../support/flow-world.ts';

const SAID = '我叫张伟，电话13812345678，订单13900001111222，转人工';
const MASKED = '我叫[name]，电话[phone]，订单13900001111222，转人工';

test('who the customer was is masked once a conversation is closed, and shown while it is open', async () => {
  const shop = world();
  await shop.receive(created('m1', SAID));
  await shop.settle();
  const caller = { tenant: TENANT, role: 'agent' as const, agentId: agent('ann') };
  const room = deskRoom(shop.deps);
  const open = await room.read(TENANT, caller as never, CONVERSATION);
  expect(open.messages[0]?.text).toBe(SAID);

  await closeConversation(shop.deps, shop.place, { id: agent('ann') });
  const closed = await room.read(TENANT, caller as never, CONVERSATION);
  expect(closed.head.owner).toBe('closed');
  expect(closed.messages[0]?.text).toBe(MASKED);
  expect(closed.messages[0]?.parts[0]?.text).toBe(MASKED);
  expect(closed.package).toBeUndefined();
  expect(JSON.stringify(closed)).not.toMatch(/13812345678|张伟/);
  const { items } = await room.list(TENANT, caller as never, { owner: 'closed', limit: 10 });
  expect(items[0]?.lastCustomerText).toBe(MASKED);
  expect(JSON.stringify(items)).not.toMatch(/13812345678|张伟/);
});
