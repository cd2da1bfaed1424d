/** Who has a conversation here has it in Chatwoot, and the other way round, without an echo that counts. */
import { expect, test } from 'vitest';
import { AgentId } from '../../../lib/domain/ids.ts';
import { AGENT, LIN, type Webhook } from '../../support/chatwoot-server.ts';
import {
  chatwoot,
  conversationOf,
  functions,
  head,
  keepingIn,
  open,
  owner,
  patiently,
  post,
  settled,
  shopsWithChatwoot,
  tenant,
} from '../../support/chatwoot-shop.ts';

shopsWithChatwoot();

const agent = (id: string) => ({ role: 'agent' as const, tenant, agentId: AgentId.parse(id), name: id });
const lin = () => agent('lin');
const AGENTS = { agents: { [LIN.email]: 'lin', [AGENT.email]: 'mei' } };
const assignments = () =>
  chatwoot.asked.filter(({ path }) => path.endsWith('/assignments')).map(({ body }) => body['assignee_id']);

async function waiting(settings: object = AGENTS): Promise<number> {
  await open({}, settings);
  const id = await chatwoot.begin();
  await chatwoot.setStatus(id, 'open');
  await settled();
  return id;
}

test('a claim here assigns there, a release takes it away, and neither comes back as news', async () => {
  const id = await waiting();
  const desk = await functions.desk.desk();
  await desk.claim(tenant, lin(), conversationOf(id));
  await settled();
  await expect.poll(() => chatwoot.of(id).assignee?.id).toBe(LIN.id);
  await settled();
  const claimed = await head(id);
  expect(claimed).toMatchObject({ owner: 'agent:lin', outbox: [] });
  expect(claimed?.told).toBeUndefined();
  await desk.release(tenant, lin(), conversationOf(id));
  await settled();
  await expect.poll(() => chatwoot.of(id).assignee).toBe(null);
  await settled();
  expect(await owner(id)).toBe('queue');
  expect((await head(id))?.epoch).toBe((claimed?.epoch ?? 0) + 1);
  expect(assignments()).toEqual([LIN.id, null]);
});

test('an echo that is late takes the conversation from nobody; a person who assigns there does', async () => {
  const id = await waiting();
  const late: Webhook[] = [];
  post(keepingIn(late));
  const desk = await functions.desk.desk();
  await desk.claim(tenant, lin(), conversationOf(id));
  await settled();
  await desk.release(tenant, lin(), conversationOf(id));
  await settled();
  await desk.claim(tenant, agent('mei'), conversationOf(id));
  await settled();
  await expect.poll(() => chatwoot.of(id).assignee?.id).toBe(AGENT.id);
  post(patiently);
  for (const webhook of late) {
    await patiently(webhook);
    expect(await owner(id)).toBe('agent:mei');
  }
  await chatwoot.assign(id, LIN);
  expect(await owner(id)).toBe('agent:lin');
  await chatwoot.assign(id, null);
  expect(await owner(id)).toBe('queue');
  expect(assignments()).toEqual([LIN.id, null, AGENT.id]);
});

test('what is given back to the bot is pending there, so that the bot may answer; who is unknown there is left out', async () => {
  const id = await waiting();
  const desk = await functions.desk.desk();
  await desk.send(tenant, lin(), conversationOf(id), { text: 'Lin here' });
  await settled();
  await expect.poll(() => chatwoot.of(id).assignee?.id).toBe(LIN.id);
  await desk.release(tenant, lin(), conversationOf(id));
  await settled();
  await expect.poll(() => chatwoot.of(id).status).toBe('pending');
  await settled();
  expect(await owner(id)).toBe('bot');
  const before = assignments().length;
  await desk.claim(tenant, agent('stranger'), conversationOf(id));
  await settled();
  expect(await owner(id)).toBe('agent:stranger');
  expect(assignments()).toHaveLength(before);
});
