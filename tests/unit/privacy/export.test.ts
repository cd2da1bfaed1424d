/** What is handed out of a customer who wrote for years: nothing is missing, nothing is twice, no answer is too large. */
import { describe, expect, test } from 'vitest';
import type { PrivacyDeps } from '../../../lib/assist/privacy/erase.ts';
import { exportCustomer } from '../../../lib/assist/privacy/export.ts';
import { AgentId, ConversationId, CustomerId, TenantId } from '../../../lib/domain/ids.ts';
import type { Message } from '../../../lib/domain/message.ts';
import { CustomerExport } from '../../../lib/domain/privacy.ts';
import { message } from '../../support/desk-fixtures.ts';

const TENANT = TenantId.parse('shop');
const XU = CustomerId.parse('xu');
const ADMIN = { role: 'admin' as const, agentId: AgentId.parse('root'), tenant: TENANT };
const GATEWAY_BYTES = 4_400_000;

/** What the longest messages of Chinese take, twice: as text and as its part. */
const LONG = '好'.repeat(20_000);

/** Conversations of so many pages, each of so many messages. */
function deps(pagesOf: Record<string, number>, perPage: number, text = LONG) {
  const noted: { detail?: string }[] = [];
  const read: string[] = [];
  const given = {
    store: {
      conversationsOf: async () => Object.keys(pagesOf).map((id) => ConversationId.parse(id)),
      async page(_: TenantId, id: string, after: string | undefined) {
        const at = Number(after ?? 0);
        read.push(`${id}-${at}`);
        const messages: Message[] = Array.from({ length: perPage }, (_, n) =>
          message(`${id}-${at}-${n}`, 'customer', text),
        );
        const data = { head: undefined, messages, assists: [], feedback: [], wrapUps: [] };
        return at + 1 < (pagesOf[id] ?? 0) ? { data, after: String(at + 1) } : { data };
      },
    },
    customers: { get: async () => ({ id: XU, name: 'Xu', updatedAt: '2026-11-22T08:00:00.000Z' }) },
    conversations: { list: async () => ({ items: [] }) },
    agents: { list: async () => [] },
    holders: async () => [],
    pseudonym: () => 'cus_1',
    note: async (_: TenantId, __: unknown, ___: string, about: { detail?: string }) => void noted.push(about),
    now: () => Date.parse('2026-11-22T08:00:00.000Z'),
  } as unknown as PrivacyDeps;
  return { given, noted, read };
}

const idsOf = ({ conversations }: CustomerExport): string[] =>
  conversations.flatMap(({ messages }) => messages.map(({ id }) => String(id)));

describe('a customer’s data', () => {
  const many = { b: 1, a: 9, c: 3 };
  const all = Object.entries(many).flatMap(([id, pages]) =>
    Array.from({ length: 8 * pages }, (_, at) => `${id}-${Math.floor(at / 8)}-${at % 8}`),
  );

  test('in parts is all there, each thing once, and each part is small enough for any gateway', async () => {
    const { given, noted } = deps(many, 8);
    const parts: CustomerExport[] = [];
    let cursor: string | undefined;
    do {
      const wish = cursor === undefined ? { inParts: true } : { cursor };
      const part = CustomerExport.parse(await exportCustomer(given, TENANT, ADMIN, XU, wish));
      parts.push(part);
      cursor = part.cursor;
    } while (cursor !== undefined);
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThan(GATEWAY_BYTES);
    expect(parts.flatMap(idsOf).toSorted()).toEqual(all.toSorted());
    expect(parts.map(({ customer }) => customer?.name)).toEqual(['Xu', ...parts.slice(1).map(() => undefined)]);
    // Every part is somebody's look at a customer's data.
    expect(noted).toHaveLength(parts.length);
  });

  test('whole is one entry a conversation, however many pages it has', async () => {
    const { given } = deps(many, 2, 'hello');
    const whole = await exportCustomer(given, TENANT, ADMIN, XU);
    expect(whole.cursor).toBeUndefined();
    expect(whole.conversations.map(({ id, messages }) => [id, messages.length])).toEqual([
      ['a', 18],
      ['b', 2],
      ['c', 6],
    ]);
  });

  test('too large to be whole is refused with the way to have it, and not gathered beyond that', async () => {
    const { given, read, noted } = deps({ a: 100 }, 20);
    await expect(exportCustomer(given, TENANT, ADMIN, XU)).rejects.toMatchObject({
      kind: 'too_large',
      message: expect.stringContaining('"inParts": true'),
    });
    expect(read.length).toBeLessThan(12);
    expect(noted).toEqual([]);
  });

  test.each(['', 'x', Buffer.from('{"conversation":7}').toString('base64url')])(
    'goes on at no cursor but one of its own: %j',
    async (cursor) => {
      const { given } = deps(many, 1, 'hello');
      await expect(exportCustomer(given, TENANT, ADMIN, XU, { cursor })).rejects.toMatchObject({ kind: 'invalid' });
    },
  );

  test('shows no conversation of anybody else’s by a cursor that was made up', async () => {
    const { given, read } = deps(many, 1, 'hello');
    const cursor = Buffer.from(JSON.stringify({ conversation: 'bb', after: '0' })).toString('base64url');
    expect(idsOf(await exportCustomer(given, TENANT, ADMIN, XU, { cursor }))).toEqual(['c-0-0', 'c-1-0', 'c-2-0']);
    expect(read.some((one) => one.startsWith('bb'))).toBe(false);
  });
});
