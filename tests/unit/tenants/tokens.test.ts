import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AgentId } from '../../../lib/domain/ids.ts';
import type { Role } from '../../../lib/domain/tenant.ts';
import { authenticate, authorize, type Doors, newToken } from '../../../lib/tenants/tokens.ts';

const grant = { role: 'agent' as const, agentId: AgentId.parse('lin'), name: '小林' };
const fresh = newToken(randomBytes, 'demo', grant);
const doors = (over: Partial<Doors> = {}): Doors => ({
  token: async (tenant, id) => (tenant === 'demo' && id === fresh.id ? fresh.record : undefined),
  person: async () => undefined,
  now: () => 1_000_000,
  ...over,
});
const find = doors();
const bearer = (token: string) => `Bearer ${token}`;

describe('tokens', () => {
  it('let in who they were made for', async () => {
    const caller = await authenticate(bearer(fresh.token), find, undefined);
    expect(caller).toEqual({ role: 'agent', tenant: 'demo', agentId: 'lin', name: '小林', tokenId: fresh.id });
  });

  it('are kept only as a hash', () => {
    const secret = fresh.token.split('_').at(-1) ?? '';
    expect(secret).toHaveLength(64);
    expect(JSON.stringify(fresh.record)).not.toContain(secret);
    expect(fresh.record.hash).toBe(createHash('sha256').update(secret).digest('hex'));
  });

  it('of one tenant do not open another', async () => {
    const moved = fresh.token.replace('cc_demo_', 'cc_other_');
    await expect(authenticate(bearer(moved), find, undefined)).rejects.toMatchObject({ kind: 'unauthenticated' });
  });

  it('changed anywhere let nobody in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(fresh.token.length - 1), fc.constantFrom('0', 'f', 'x', '_', ' '), async (at, char) => {
        fc.pre(fresh.token[at] !== char);
        const changed = fresh.token.slice(0, at) + char + fresh.token.slice(at + 1);
        await expect(authenticate(bearer(changed), find, undefined)).rejects.toMatchObject({ kind: 'unauthenticated' });
      }),
      { numRuns: 200 },
    );
  });

  it('of an operator are checked against the deployment, not the store', async () => {
    const secret = 'ab'.repeat(32);
    const hash = createHash('sha256').update(secret).digest('hex');
    const none = doors();
    const caller = await authenticate(bearer(`cc_operator_local_${secret}`), none, hash);
    expect(caller.role).toBe('operator');
    expect(caller.tenant).toBeUndefined();
    await expect(authenticate(bearer(`cc_operator_local_${secret}`), none, undefined)).rejects.toThrow('bearer token');
  });
});

describe('roles', () => {
  const caller = (role: Role) => ({ role, agentId: AgentId.parse('x') });
  it.each([
    ['agent', ['agent'], true],
    ['agent', ['manager'], false],
    ['manager', ['agent'], false],
    ['supervisor', ['agent'], true],
    ['supervisor', ['manager'], false],
    ['agent', ['supervisor'], false],
    ['admin', ['supervisor'], true],
    ['admin', ['agent'], true],
    ['admin', ['manager'], true],
    ['admin', ['operator'], false],
    ['operator', ['agent'], false],
    ['operator', ['operator', 'admin'], true],
  ] as const)('%s on a route for %s: %s', (role, roles, allowed) => {
    const call = () => authorize(caller(role), roles);
    if (allowed) expect(call).not.toThrow();
    else expect(call).toThrow(expect.objectContaining({ kind: 'forbidden' }));
  });
});
