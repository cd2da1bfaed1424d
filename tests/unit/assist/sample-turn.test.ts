import { describe, expect, test } from 'vitest';
import { sampledTurn, turnSampler } from '../../../lib/assist/sample-turn.ts';
import type { TenantId } from '../../../lib/domain/ids.ts';
import type { SampledTurn } from '../../../lib/domain/sampled-turn.ts';
import { DEFAULT_SETTINGS } from '../../../lib/domain/tenant.ts';
import type { StoredAssist } from '../../../lib/ports/conversations.ts';

const TENANT = 'shop' as TenantId;
const AT = Date.parse('2026-11-20T10:00:00Z');

function stored(text: string, act: string, turnId = 'trn_1', more: object = {}): StoredAssist {
  const inputs = {
    settings: DEFAULT_SETTINGS,
    conversationId: 'c1',
    turn: { id: turnId, revision: 1, messageIds: ['m1'], parts: [{ kind: 'text', text }] },
    customerSeq: 1,
    history: ['one', 'two', 'three', 'four', 'call me on 13812345678'].map((line) => ({ author: 'agent', text: line })),
    owner: 'bot',
    firstContact: false,
    sent: [],
    at: AT,
    degraded: [],
    ...more,
  };
  const assist = {
    conversationId: 'c1',
    turnId,
    createdAt: new Date(AT).toISOString(),
    degraded: [],
    understanding: { act, language: 'en' },
  };
  return { assist, inputs } as unknown as StoredAssist;
}

describe('a sampled turn', () => {
  test('is what was asked and the last lines before it, masked', () => {
    const turn = sampledTurn(
      stored('where is my parcel, my number is 13812345678', 'question', 'trn_1', { shop: 's1' }),
    );
    expect(turn).toMatchObject({ language: 'en', shop: 's1', at: AT });
    expect(turn?.text).toContain('where is my parcel');
    expect(turn?.history.map(({ text }) => text).slice(0, 3)).toEqual(['two', 'three', 'four']);
    expect(JSON.stringify(turn)).not.toContain('13812345678');
  });

  test('is none of what asks nothing, or asks by a button', () => {
    expect(sampledTurn(stored('thanks', 'acknowledge'))).toBeUndefined();
    expect(sampledTurn(stored('   ', 'question'))).toBeUndefined();
    const parts = [{ kind: 'button', text: 'Refunds', value: 'entry:refund' }];
    const turn = { id: 'trn_1', revision: 1, messageIds: ['m1'], parts };
    expect(sampledTurn(stored('', 'question', 'trn_1', { turn }))).toBeUndefined();
  });
});

describe('sampling', () => {
  const sampleOf = async (turns: number) => {
    const kept: { place: number; turn: SampledTurn }[] = [];
    const sample = turnSampler({
      put: async (_, place, turn) => {
        kept.push({ place, turn });
      },
    });
    for (let at = 0; at < turns; at += 1)
      await sample(TENANT, stored(`where is parcel ${at}`, 'question', `trn_${at}`));
    return kept;
  };

  test('keeps all of few, and ever fewer of many, in 64 places', async () => {
    expect(await sampleOf(50)).toHaveLength(50);
    const kept = await sampleOf(2_000);
    // 64 (1 + ln(2000 / 64)) are expected.
    expect(kept.length).toBeGreaterThan(200);
    expect(kept.length).toBeLessThan(400);
    expect(Math.max(...kept.map(({ place }) => place))).toBeLessThan(64);
    expect(new Set(kept.map(({ place }) => place)).size).toBeGreaterThan(50);
  });

  test('never fails a turn', async () => {
    const sample = turnSampler({ put: () => Promise.reject(new Error('down')) });
    await expect(sample(TENANT, stored('where is it', 'question'))).resolves.toBeUndefined();
    await expect(sample(TENANT, { assist: {}, inputs: {} } as unknown as StoredAssist)).resolves.toBeUndefined();
  });
});
