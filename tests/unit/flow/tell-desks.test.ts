import { expect, test } from 'vitest';
import { tokenBucket } from '../../../lib/adapters/memory.ts';
import { type OpenDesk, tellDesks } from '../../../lib/assist/tell-desks.ts';
import { AgentId, ConversationId, TenantId } from '../../../lib/domain/ids.ts';
import type { Hint } from '../../../lib/ports/desks.ts';

const tenant = TenantId.parse('shop');
const conversation = ConversationId.parse('c1');
const [ann, bob] = [AgentId.parse('ann'), AgentId.parse('bob')];
const hint: Hint = { conversationId: conversation, version: 3, kind: 'assist', owner: `agent:${ann}` };
const named = (name: string): OpenDesk => ({ connection: name, agentId: AgentId.parse(name) });
const shown = { ...named('carl'), opens: conversation };

function team(desks: OpenDesk[], options: { perSecond?: number; burst?: number; gone?: string } = {}) {
  const { perSecond = 10, burst = 10, gone } = options;
  const clock = { at: 0 };
  const told: { connection: string; text: string }[] = [];
  const forgotten: string[] = [];
  const tell = tellDesks({
    desks: async () => desks,
    push: async (connection, text) => {
      if (connection === gone) return 'gone';
      told.push({ connection, text });
      return 'sent';
    },
    forget: async (connection) => void forgotten.push(connection),
    mayTell: tokenBucket({ perSecond, burst, limit: 10, now: () => clock.at }),
  });
  return { tell, told, forgotten, clock, names: () => told.splice(0).map(({ connection }) => connection) };
}

test('an agent’s own conversation is told to their desk and to whoever shows it, with how many desks there are', async () => {
  const { tell, told } = team([named('ann'), named('bob'), shown, { connection: 'old' }]);
  await tell(tenant, hint, { agents: [ann], isListed: false });
  expect(told.map(({ connection }) => connection)).toEqual(['ann', 'carl', 'old']);
  expect(JSON.parse(told[0]?.text ?? '')).toEqual({ ...hint, desks: 4 });
});

test('what stands in a list is told to everybody as long as that is cheap, to whom it concerns always', async () => {
  const desks = [named('ann'), ...Array.from({ length: 8 }, (_, at) => named(`d${at}`))];
  const { tell, clock, names } = team(desks);
  const listed = { agents: [ann], isListed: true };
  await tell(tenant, hint, listed);
  expect(names()).toHaveLength(9);
  await tell(tenant, hint, listed);
  expect(names()).toEqual(['ann']);
  clock.at += 1_000;
  await tell(tenant, hint, listed);
  expect(names()).toHaveLength(9);
});

test('a team larger than the burst is told, too, and pays for it with a longer silence', async () => {
  const { tell, clock, names } = team(Array.from({ length: 30 }, (_, at) => named(`d${at}`)));
  const listed = { agents: [], isListed: true };
  await tell(tenant, hint, listed);
  expect(names()).toHaveLength(30);
  clock.at += 2_900;
  await tell(tenant, hint, listed);
  expect(names()).toEqual([]);
  clock.at += 200;
  await tell(tenant, hint, listed);
  expect(names()).toHaveLength(30);
});

test('a presence is its agent’s own affair; a connection that is gone is forgotten', async () => {
  const { tell, forgotten, names } = team([named('ann'), named('bob'), shown], { gone: 'bob' });
  await tell(tenant, { kind: 'presence', agentId: ann }, { agents: [ann], isListed: false });
  expect(names()).toEqual(['ann']);
  await tell(tenant, hint, { agents: [ann, bob], isListed: false });
  expect(names()).toEqual(['ann', 'carl']);
  expect(forgotten).toEqual(['bob']);
});
