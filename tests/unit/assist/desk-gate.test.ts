/** What stands before every route of the desk: who is let through, what is kept of it, and what comes back masked. */
import { describe, expect, test } from 'vitest';
import { type DeskGateDeps, deskGate } from '../../../lib/assist/desk-gate.ts';
import { assistId, replayId } from '../../../lib/assist/ids.ts';
import { AgentId, ConversationId, TenantId } from '../../../lib/domain/ids.ts';
import type { Caller } from '../../../lib/domain/tenant.ts';
import { newHead } from '../../../lib/handoff/head.ts';
import { tenantNamed } from '../../support/access-room.ts';

const SHOP = TenantId.parse('shop');
const AT = Date.parse('2026-11-22T08:00:00Z');
const ID = ConversationId.parse('c1');
const ANN: Caller = { role: 'agent', agentId: AgentId.parse('ann'), tenant: SHOP };
const MASKED = '张**';
const head = { ...newHead(ID, AT), owner: 'queue' as const, customerName: '张伟' };
const waits = { reason: 'asked_for_person' as const, skill: 'returns', priority: 5, at: '2026-11-22T08:00:00.000Z' };

/** Ann, who sees the conversations of `orders` alone where the shop says so; `kept` is what the log was told. */
function world(visibility?: 'skills') {
  const kept: string[] = [];
  let isGone = false;
  const tenant = tenantNamed(SHOP);
  const settings = { ...tenant.settings, ...(visibility === undefined ? {} : { visibility }) };
  const deps: DeskGateDeps = {
    head: async () => (isGone ? undefined : { ...head, handoff: waits }),
    customer: async () => undefined,
    readTenant: async () => ({ ...tenant, settings }),
    skills: async () => ['orders'],
    notes: {
      read: async (_, { agentId }, conversation) => void kept.push(`${agentId} read ${conversation}`),
      note: async (_, { agentId }, action, { conversation }) => void kept.push(`${agentId} ${action} ${conversation}`),
      refused: async (_, { agentId }, action, { conversation }) =>
        void kept.push(`${agentId} refused ${action} ${conversation}`),
    },
    now: () => AT,
  };
  const gate = deskGate(deps);
  const ask = (path: string, answer: unknown, { params = {}, body = {}, tenant: of = SHOP } = {}) =>
    gate.pass({ route: { path }, tenant: of, caller: ANN, params, body }, async () => {
      if (answer instanceof Error) throw answer;
      return answer;
    });
  const refused = (path: string, params: object) =>
    gate.refused({ route: { path }, tenant: SHOP, caller: ANN, params, body: undefined });
  const gone = () => {
    isGone = true;
  };
  return { kept, ask, refused, gone };
}

const ONE = '/v1/desk/conversations/{id}';
const params = { id: ID };

describe('what is kept', () => {
  test('a look is a read, an act is what it was; what a card reports of itself is neither', async () => {
    const { kept, ask } = world();
    await ask(ONE, { head }, { params });
    await ask(`${ONE}/claim`, { head }, { params });
    const ofTurn = { id: assistId(ID, 'trn_x_1', 1) };
    await ask('/v1/desk/assists/{id}/draft', {}, { params: ofTurn });
    await ask('/v1/desk/assists/{id}/feedback', {}, { params: ofTurn });
    await ask('/v1/assist/preview', {}, { body: { replay: replayId(ID, 'trn_x_1', 1) } });
    await ask('/v1/assist/preview', {}, { body: { text: 'hello' } });
    expect(kept).toEqual(['ann read c1', 'ann conversation.claim c1', 'ann read c1', 'ann read c1']);
  });

  test('an act that was refused was none', async () => {
    const { kept, ask } = world();
    await expect(ask(`${ONE}/close`, new Error('refused'), { params })).rejects.toThrow('refused');
    expect(kept).toEqual([]);
  });
});

test('where agents see their skills alone, another’s is not there by its id, its assist’s or its replay', async () => {
  const { kept, ask } = world('skills');
  const ran = new Error('ran');
  const gone = { kind: 'not_found' };
  await expect(ask(ONE, ran, { params })).rejects.toMatchObject(gone);
  await expect(
    ask('/v1/desk/assists/{id}/draft', ran, { params: { id: assistId(ID, 'trn_x_1', 1) } }),
  ).rejects.toMatchObject(gone);
  await expect(ask('/v1/assist/preview', ran, { body: { replay: replayId(ID, 'trn_x_1', 1) } })).rejects.toMatchObject(
    gone,
  );
  expect(kept).toEqual(Array(3).fill('ann refused conversation.read c1'));
  await expect(ask(`${ONE}/claim`, ran, { params })).rejects.toMatchObject(gone);
  expect(kept.at(-1)).toBe('ann refused conversation.claim c1');
});

test('a look at what there never was is refused to nobody, and a card’s own report is no look', async () => {
  const { kept, ask, gone } = world('skills');
  const ran = new Error('ran');
  await expect(
    ask('/v1/desk/assists/{id}/feedback', ran, { params: { id: assistId(ID, 'trn_x_1', 1) } }),
  ).rejects.toMatchObject({ kind: 'not_found' });
  gone();
  await expect(ask(ONE, ran, { params })).rejects.toMatchObject({ kind: 'not_found' });
  expect(kept).toEqual([]);
});

test('whose role opens no desk was refused the look that they asked for', async () => {
  const { kept, refused } = world();
  await refused(`${ONE}/messages`, params);
  await refused('/v1/desk/conversations', {});
  await refused('/v1/desk/presence', {});
  expect(kept).toEqual(['ann refused conversation.send c1', 'ann refused conversation.read undefined']);
});

describe('a list', () => {
  const LIST = '/v1/desk/conversations';
  const named = (customerName: string, version: number) => ({ items: [{ ...head, version, customerName }] });
  const name = { items: [{ customerName: MASKED }] };

  test('shows a conversation as its version is, and as its tenant has it', async () => {
    const { ask } = world();
    expect(await ask(LIST, named('张伟', 1))).toMatchObject(name);
    expect(await ask(LIST, named('李雷', 2))).toMatchObject({ items: [{ customerName: '李**' }] });
    const rival = TenantId.parse('rival');
    expect(await ask(LIST, named('韩梅梅', 2), { tenant: rival })).toMatchObject({ items: [{ customerName: '韩**' }] });
  });

  test('shows one’s own as it is', async () => {
    const own = { ...head, owner: 'agent:ann' };
    expect(await world().ask(LIST, { items: [own] })).toEqual({ items: [own] });
  });

  test('of the team names no customer either', async () => {
    const team = { waiting: [{ conversationId: 'c1', customerName: '张伟', reason: 'asked_for_person' }] };
    expect(await world().ask('/v1/team/now', team)).toMatchObject({ waiting: [{ customerName: MASKED }] });
  });
});
