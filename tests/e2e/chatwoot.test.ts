import { afterAll, beforeAll, expect, test } from 'vitest';
import { client } from '../../scripts/local/client.ts';
import { type ChatwootServer, SECRETS, startChatwoot, TOKENS } from '../support/chatwoot-server.ts';
import { FAQ_CSV, HOURS, SHIPPING } from '../support/faq.ts';
import { sharedStack } from '../support/shared-stack.ts';
import { PATIENCE_MS, type Shop } from '../support/shop.ts';

let chatwoot: ChatwootServer;
let tenant: Shop;
const WAIT = { timeout: PATIENCE_MS, interval: 200 };

beforeAll(async () => {
  const stack = sharedStack();
  tenant = await stack.newShop();
  const hook = `${stack.baseUrl}/v1/webhooks/chatwoot/${tenant.id}`;
  chatwoot = await startChatwoot({
    send: async ({ headers, body }) => {
      const post = async () => (await fetch(hook, { method: 'POST', headers, body })).status;
      let status = await post();
      // A machine that does many other things may not store an event in time.
      for (let more = 0; more < 10 && status === 429; more += 1) status = await post();
      return status;
    },
  });
  await client(stack.baseUrl).call('PUT', '/v1/platforms/chatwoot', tenant.keys.adminToken, {
    baseUrl: chatwoot.url,
    accountId: 1,
    accessToken: TOKENS.user,
    botToken: TOKENS.bot,
    webhookSecret: SECRETS.account,
    botSecret: SECRETS.bot,
  });
  await tenant.imported('csv', FAQ_CSV);
  expect((await tenant.release()).status).toBe('live');
}, 300_000);
afterAll(async () => {
  await chatwoot?.stop();
});

const owner = async (id: number) => (await tenant.detail(`chatwoot:${id}`)).head.owner;

test('a shop’s Chatwoot: the bot answers what is pending, and is silent once a person writes there', async () => {
  const id = await chatwoot.begin();
  await chatwoot.say(id, HOURS.question);
  await expect.poll(() => chatwoot.said(id), WAIT).toEqual([expect.stringContaining(HOURS.answer)]);
  await chatwoot.write(id, 'Mei here, anything else?');
  await expect.poll(() => owner(id), WAIT).toBe('agent:chatwoot:3');
  const message = await chatwoot.say(id, SHIPPING.question);
  const assist = await tenant.assistOf(`chatwoot:${id}`, String(message));
  expect(assist.decision).toMatchObject({ kind: 'suggest', reason: 'owner_agent' });
  expect(chatwoot.said(id)).toHaveLength(2);
  const { messages } = await tenant.detail(`chatwoot:${id}`);
  expect(messages.map(({ author }) => author.type)).toEqual(['customer', 'bot', 'agent', 'customer']);
});

test('who asks for a person is opened in Chatwoot with a note, and is done when it is resolved there', async () => {
  const id = await chatwoot.begin();
  await chatwoot.say(id, 'I want to talk to a human');
  await expect.poll(() => chatwoot.of(id).status, WAIT).toBe('open');
  await expect.poll(() => chatwoot.notes(id), WAIT).toHaveLength(1);
  expect(await owner(id)).toBe('queue');
  await chatwoot.setStatus(id, 'resolved');
  await expect.poll(() => owner(id), WAIT).toBe('closed');
});
