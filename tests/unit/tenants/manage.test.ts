import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sealWith } from '../../../lib/adapters/seal.ts';
import type { AuditEvent } from '../../../lib/domain/audit.ts';
import { readTenant } from '../../../lib/domain/contract/tenants.ts';
import { CuecardError } from '../../../lib/domain/error.ts';
import { AgentId, ConversationId, TenantId } from '../../../lib/domain/ids.ts';
import type { Caller, TenantRecord } from '../../../lib/domain/tenant.ts';
import { CreateTenant, PatchTenant } from '../../../lib/domain/tenant-requests.ts';
import { tenants } from '../../../lib/tenants/manage.ts';
import { openSecrets, ROTATION_OVERLAP_MS } from '../../../lib/tenants/secrets.ts';
import { memoryOutcomes } from '../../support/memory-outcomes.ts';

const seal = sealWith(randomBytes(32).toString('base64'));
const id = TenantId.parse('shop');
const admin: Caller = { role: 'admin', tenant: id, agentId: AgentId.parse('boss') };

function setUp() {
  const records = new Map<string, TenantRecord>();
  const tokens = new Map<string, unknown>();
  const installed: string[] = [];
  const outcomes = memoryOutcomes();
  const audited: (AuditEvent & { tenant: string })[] = [];
  let clock = Date.parse('2026-11-11T00:00:00Z');
  const rooms = tenants({
    read: async (tenant) => records.get(tenant),
    create: async (record) => {
      if (records.has(record.tenant.id)) throw new CuecardError('conflict', 'exists');
      records.set(record.tenant.id, record);
    },
    update: async (record, readVersion) => {
      if (records.get(record.tenant.id)?.tenant.version !== readVersion) return 'conflict';
      records.set(record.tenant.id, record);
      return 'ok';
    },
    putToken: async (tenant, token, record) => {
      tokens.set(`${tenant}/${token}`, record);
    },
    seal,
    random: randomBytes,
    now: () => clock,
    checkUrl: async (url) => {
      if (typeof url === 'string' && !url.startsWith('https:')) throw new CuecardError('invalid', 'https only');
    },
    checkPacks: async () => undefined,
    installPacks: async (_, packs) => void installed.push(...packs),
    outcomes: outcomes.sum,
    audit: {
      append: async (tenant, event) => {
        audited.push({ tenant, ...event });
      },
    },
  });
  const record = () => {
    const found = records.get(id);
    if (found === undefined) throw new Error('no record');
    return found;
  };
  return {
    rooms,
    records,
    tokens,
    installed,
    outcomes,
    audited,
    record,
    pass: (ms: number) => {
      clock += ms;
    },
    now: () => clock,
  };
}

const body = (extra: object = {}) => CreateTenant.parse({ id: 'shop', name: 'Shop', packs: ['ecommerce'], ...extra });

describe('a new tenant', () => {
  it('gets secrets that differ and are kept sealed, three tokens, and its packs', async () => {
    const { rooms, record, tokens, installed, now } = setUp();
    const created = await rooms.create(body());
    expect(created.webhookSecret).not.toBe(created.callbackSecret);
    expect(JSON.stringify(record())).not.toContain(created.webhookSecret.slice('whsec_'.length));
    expect(openSecrets(seal, record(), 'webhookSecret', now())).toEqual([created.webhookSecret]);
    expect(new Set([created.agentToken, created.managerToken, created.adminToken]).size).toBe(3);
    expect(tokens.size).toBe(3);
    expect(installed).toEqual(['ecommerce']);
  });

  it('is refused when the id is taken, reserved or malformed', async () => {
    const { rooms } = setUp();
    await rooms.create(body());
    await expect(rooms.create(body())).rejects.toMatchObject({ kind: 'conflict' });
    expect(CreateTenant.safeParse({ id: 'operator', name: 'x' }).success).toBe(false);
    expect(CreateTenant.safeParse({ id: 'a#b', name: 'x' }).success).toBe(false);
    expect(CreateTenant.safeParse({ id: 'ok', name: 'x', colour: 'red' }).success).toBe(false);
  });
});

describe('settings', () => {
  it('refuses settings that the store would not take, at birth and a piece at a time', async () => {
    const facts = (from: number) =>
      Object.fromEntries(
        Array.from({ length: 25 }, (_, at) => [`fact_${from + at}`, { zh: '好'.repeat(2_000) }] as const),
      );
    const { rooms, record } = setUp();
    const tooLarge = { kind: 'too_large' };
    await expect(rooms.create(body({ shopFacts: { ...facts(0), ...facts(25) } }))).rejects.toMatchObject(tooLarge);
    await rooms.create(body({ shopFacts: facts(0) }));
    const more = PatchTenant.parse({ shopFacts: facts(25) });
    await expect(rooms.patch(admin, id, more)).rejects.toMatchObject(tooLarge);
    expect(Object.keys(record().tenant.settings.shopFacts)).toHaveLength(25);
  });

  it('left out stay, maps merge, null takes the callback away', async () => {
    const { rooms } = setUp();
    await rooms.create(
      body({
        mode: 'hybrid',
        shopFacts: { warranty: '1年' },
        callbackUrl: 'https://shop.example/cb',
        outOfScopeShare: 0.6,
      }),
    );
    const patch = PatchTenant.parse({
      shopFacts: { dispatch_time: { zh: '48小时内' } },
      targetPrecision: { suggest: 0.4 },
    });
    const { tenant } = await rooms.patch(admin, id, patch);
    expect(tenant.settings).toMatchObject({
      mode: 'hybrid',
      callbackUrl: 'https://shop.example/cb',
      shopFacts: { warranty: '1年', dispatch_time: { zh: '48小时内' } },
      targetPrecision: { autoReply: 0.95, suggest: 0.4 },
      outOfScopeShare: 0.6,
    });
    const without = await rooms.patch(admin, id, PatchTenant.parse({ callbackUrl: null }));
    expect(without.tenant.settings.callbackUrl).toBeUndefined();
  });

  it('of routing merge field by field; null takes a field, or all, back to the default', async () => {
    const { rooms } = setUp();
    await rooms.create(body({ routing: { offerMs: 5_000, selfService: ['invoice.*'] } }));
    const routingAfter = async (routing: object | null) => {
      const { tenant } = await rooms.patch(admin, id, PatchTenant.parse({ routing }));
      return tenant.settings.routing;
    };
    expect(await routingAfter({ maxWaiting: 3 })).toEqual({
      offerMs: 5_000,
      selfService: ['invoice.*'],
      maxWaiting: 3,
    });
    expect(await routingAfter({ offerMs: null })).toEqual({ selfService: ['invoice.*'], maxWaiting: 3 });
    expect(await routingAfter({ selfService: [] })).toEqual({ selfService: [], maxWaiting: 3 });
    const { tenant } = await rooms.patch(admin, id, PatchTenant.parse({ mode: 'hybrid' }));
    expect(tenant.settings.routing).toEqual({ selfService: [], maxWaiting: 3 });
    expect(await routingAfter(null)).toBeUndefined();
  });

  it('of another tenant are not there for an admin', async () => {
    const { rooms } = setUp();
    await rooms.create(body());
    const stranger: Caller = { ...admin, tenant: TenantId.parse('other') };
    expect(() => rooms.patch(stranger, id, {})).toThrow(expect.objectContaining({ kind: 'not_found' }));
  });

  it('that say when nothing goes live are kept with who set them', async () => {
    const { rooms, audited } = setUp();
    await rooms.create(body());
    const freezes = [{ from: '2026-11-11T00:00:00Z', until: '2026-11-12T00:00:00Z', reason: 'the sale' }];
    const { tenant } = await rooms.patch(admin, id, PatchTenant.parse({ freezes }));
    expect(tenant.settings.freezes).toEqual(freezes);
    await rooms.patch(admin, id, PatchTenant.parse({ freezes: [] }));
    expect(audited).toMatchObject([
      { tenant: id, by: 'boss', action: 'freezes.changed', detail: expect.stringContaining('the sale') },
      { tenant: id, by: 'boss', action: 'freezes.changed', detail: 'none any more' },
    ]);
  });

  it('are kept with who changed them, from what to what, and never what may be a secret or somebody’s words', async () => {
    const { rooms, audited } = setUp();
    await rooms.create(body());
    await rooms.patch(admin, id, { mode: 'auto', targetPrecision: { autoReply: 0.9 }, quietWindowMs: 2_500 });
    await rooms.patch(admin, id, {
      callbackUrl: 'https://shop.example/?key=s3cret',
      wording: { clarify: 'Which one?' },
      routing: { capacity: 3, priorities: { tags: { vip: 4 } } },
    });
    await rooms.patch(admin, id, { mode: 'auto' });
    const { secret = '' } = await rooms.patch(admin, id, { rotate: 'webhookSecret' });
    expect(audited.map(({ action, by, subject, detail }) => [action, by, subject, detail])).toEqual([
      ['settings.changed', 'boss', id, 'mode: assist -> auto; targetPrecision.autoReply: 0.95 -> 0.9'],
      [
        'settings.changed',
        'boss',
        id,
        'wording; routing.capacity: unset -> 3; routing.priorities.tags.vip: unset -> 4; callbackUrl',
      ],
      ['secret.rotated', 'boss', 'webhookSecret', ''],
    ]);
    expect(JSON.stringify(audited)).not.toContain(secret.slice('whsec_'.length));
    expect(JSON.stringify(audited)).not.toContain('s3cret');
  });

  it('are refused when they would call inside', async () => {
    const { rooms } = setUp();
    await rooms.create(body());
    await expect(rooms.patch(admin, id, { callbackUrl: 'http://10.0.0.1/' })).rejects.toMatchObject({
      kind: 'invalid',
    });
  });

  it('changed by two at once keep both changes', async () => {
    const { rooms } = setUp();
    await rooms.create(body());
    await Promise.all([rooms.patch(admin, id, { mode: 'auto' }), rooms.patch(admin, id, { name: 'Renamed' })]);
    const { tenant } = await rooms.read(admin, id);
    expect([tenant.name, tenant.settings.mode]).toEqual(['Renamed', 'auto']);
  });
});

describe('a rotated secret', () => {
  it('replaces the first; the one before counts for another day', async () => {
    const { rooms, record, pass, now } = setUp();
    const { webhookSecret } = await rooms.create(body());
    const { secret } = await rooms.patch(admin, id, { rotate: 'webhookSecret' });
    expect(openSecrets(seal, record(), 'webhookSecret', now())).toEqual([secret, webhookSecret]);
    pass(ROTATION_OVERLAP_MS + 1);
    expect(openSecrets(seal, record(), 'webhookSecret', now())).toEqual([secret]);
  });
});

describe('the estimate of the out-of-scope share', () => {
  const turn = (startSeq: number) => ({ tenant: id, conversation: ConversationId.parse('c-1'), startSeq });

  it('is the setting while no agent has answered, then what they did with the turns of 28 days', async () => {
    const { rooms, outcomes, now, pass } = setUp();
    await rooms.create(body({ outOfScopeShare: 0.4 }));
    const before = (await rooms.read(admin, id)).estimates.outOfScopeShare;
    expect(before).toMatchObject({ value: 0.4, answers: 0, since: '2026-10-15' });
    for (let at = 1; at <= 150; at += 1) await outcomes.count(turn(at), at <= 90 ? 'unfitted' : 'fitted', now());
    const { tenant, estimates } = await rooms.read(admin, id);
    // (90 + 50 · 0.4) / (150 + 50)
    expect(estimates.outOfScopeShare).toMatchObject({ value: 0.55, answers: 150 });
    expect(estimates.outOfScopeShare.standardError).toBeLessThan(before.standardError);
    expect(tenant.settings.outOfScopeShare).toBe(0.4);
    pass(27 * 86_400_000);
    expect((await rooms.read(admin, id)).estimates.outOfScopeShare.answers).toBe(150);
    pass(86_400_000);
    expect((await rooms.read(admin, id)).estimates.outOfScopeShare).toMatchObject({ value: 0.4, answers: 0 });
  });

  it('is what the contract says', async () => {
    const { rooms } = setUp();
    await rooms.create(body());
    const read = await rooms.read(admin, id);
    expect(readTenant.responses[200]?.schema?.parse(read)).toEqual(read);
    expect(readTenant.responses[200]?.schema?.safeParse({ tenant: read.tenant }).success).toBe(false);
  });
});
