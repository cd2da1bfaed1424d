import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Table } from '../../../../lib/adapters/dynamodb/table.ts';
import { dynamodbTurnSamples } from '../../../../lib/adapters/dynamodb/turn-samples.ts';
import { Entry } from '../../../../lib/domain/entry.ts';
import type { TenantId } from '../../../../lib/domain/ids.ts';
import type { ReleaseProgress, ReleaseRequest } from '../../../../lib/domain/release.ts';
import type { KnowledgeDeps } from '../../../../lib/knowledge/deps.ts';
import { readGolden, writeGolden } from '../../../../lib/knowledge/gate/golden.ts';
import { STAGES } from '../../../../lib/knowledge/gate/progress.ts';
import { createRelease, getRelease, listReleases, runRelease } from '../../../../lib/knowledge/release.ts';
import { startTable, type TestTable } from '../../../support/dynalite.ts';
import { knowledgeRig, newTenant } from '../../../support/knowledge-rig.ts';

let server: TestTable;
let table: Table;
beforeAll(async () => {
  server = await startTable();
  table = server.table;
}, 30_000);
afterAll(() => server.stop());

/** Six topics, ten ways to ask for each: enough to be cross-validated. */
const TOPICS = ['the invoice', 'a refund', 'the delivery date', 'gift wrapping', 'the warranty', 'my loyalty points'];
const WAYS = [
  'tell me about',
  'how do I get',
  'what is the rule for',
  'I have a question on',
  'where can I read of',
  'who decides about',
  'please explain',
  'is there news on',
  'can you help me with',
  'I am waiting for',
];
const idOf = (topic: string): string => topic.split(' ').at(-1) ?? topic;
const entryOf = (topic: string, more: Partial<Entry> = {}): Entry =>
  Entry.parse({
    id: idOf(topic),
    intent: idOf(topic),
    question: `${WAYS[0]} ${topic}`,
    similarQuestions: WAYS.slice(1).map((way) => `${way} ${topic}`),
    answers: [{ text: `About ${topic}.` }],
    ...more,
  });

async function draft(deps: KnowledgeDeps, tenant: TenantId, entries: readonly Entry[]): Promise<void> {
  const { generation } = await deps.drafts.head(tenant);
  const stored = await deps.drafts.all(tenant, generation);
  const kept = new Set<string>(entries.map(({ id }) => id));
  const deletes = stored.map(({ id }) => id).filter((id) => !kept.has(id));
  await deps.drafts.write(tenant, generation, { puts: entries, deletes });
  await deps.drafts.touch(tenant, generation);
}

async function release(deps: KnowledgeDeps, tenant: TenantId, request: Partial<ReleaseRequest> = {}) {
  const { id } = await createRelease(deps, tenant, { publish: true, ...request }, 'manager');
  await runRelease(deps, tenant, id);
  return getRelease(deps, tenant, id);
}

const put = (deps: KnowledgeDeps, tenant: TenantId, items: { text: string; intent: string }[], version: number) =>
  writeGolden(deps, tenant, { items, version }, 'manager');

describe('golden questions', () => {
  test('are replaced from the version that was read, and every bad row is named', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    await draft(
      deps,
      tenant,
      TOPICS.map((topic) => entryOf(topic)),
    );
    expect(await readGolden(deps, tenant)).toEqual({ items: [], version: 0 });
    const good = { text: 'my money back please', intent: 'refund' };
    expect((await put(deps, tenant, [good], 0)).version).toBe(1);
    await expect(put(deps, tenant, [], 0)).rejects.toMatchObject({
      kind: 'conflict',
      members: { current: { items: [good], version: 1 } },
    });
    const bad = [good, { text: 'who are you', intent: 'none' }, { text: 'x', intent: 'nosuch' }, good];
    await expect(put(deps, tenant, bad, 1)).rejects.toMatchObject({
      kind: 'invalid',
      errors: [
        { path: 'items.2.intent', message: expect.stringContaining('row 3 ("x")') },
        { path: 'items.3.text', message: expect.stringContaining('row 1') },
      ],
    });
    expect(await readGolden(deps, tenant)).toEqual({ items: [good], version: 1 });
  });

  test('may go on naming an intent that the draft has lost since', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    await draft(
      deps,
      tenant,
      TOPICS.map((topic) => entryOf(topic)),
    );
    const old = { text: 'my money back please', intent: 'refund' };
    await put(deps, tenant, [old], 0);
    await draft(deps, tenant, [entryOf('the invoice')]);
    expect((await put(deps, tenant, [old, { text: 'the bill', intent: 'invoice' }], 1)).version).toBe(2);
  });
});

describe('a release', () => {
  test('that loses a golden question of the tenant’s own is blocked and says which; overridden, it goes live', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    await draft(
      deps,
      tenant,
      TOPICS.map((topic) => entryOf(topic)),
    );
    const text = 'how do I get a refund';
    await put(deps, tenant, [{ text, intent: 'refund' }], 0);
    expect(await release(deps, tenant)).toMatchObject({ status: 'live', report: { blockers: [] } });
    const thief = Entry.parse({ id: 'thief', intent: 'thief', question: text, answers: [{ text: 'No.' }] });
    const robbed = entryOf('a refund');
    const without = { ...robbed, similarQuestions: robbed.similarQuestions.filter((one) => one !== text) };
    const others = TOPICS.filter((topic) => topic !== 'a refund').map((topic) => entryOf(topic));
    await draft(deps, tenant, [...others, without, thief]);
    const blocked = await release(deps, tenant);
    expect(blocked).toMatchObject({
      status: 'blocked',
      report: { golden: { asked: 1, lost: 1, examples: [{ text, before: 'refund', after: 'thief', change: 'lost' }] } },
    });
    expect(blocked.report?.blockers).toMatchObject([{ kind: 'golden_lost', count: 1 }]);
    const override = { reason: 'refunds are over' };
    expect(await release(deps, tenant, { override })).toMatchObject({ status: 'live', override });
  });

  test('with one question in two entries is blocked, also as the first; once let through it blocks no more', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    const double = entryOf('a refund', { id: 'money' as Entry['id'], intent: 'money' });
    await draft(deps, tenant, [...TOPICS.map((topic) => entryOf(topic)), double]);
    const first = await release(deps, tenant);
    expect(first.status).toBe('blocked');
    expect(first.report?.blockers?.map(({ kind }) => kind)).toEqual(['conflict']);
    expect((await release(deps, tenant, { override: { reason: 'both are meant' } })).status).toBe('live');
    expect(await release(deps, tenant)).toMatchObject({
      status: 'live',
      report: { conflicts: [{ kind: 'same_question' }] },
    });
  });

  test('is compared with the live one by every question of its own, and names the entries that steal', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    const entries = TOPICS.map((topic) => entryOf(topic));
    await draft(deps, tenant, entries);
    const first = await release(deps, tenant);
    expect(first.report?.own).toMatchObject({ asked: first.report?.compile.heldOut?.inScope, gained: 0, lost: 0 });
    expect(first.report?.own?.rightBefore).toBeUndefined();
    const again = await release(deps, tenant);
    const own = again.report?.own;
    expect(own?.asked).toBeGreaterThan(30);
    expect(own).toMatchObject({ rightBefore: own?.right, gained: 0, lost: 0, changed: 0 });
    const twin = entryOf('a refund', {
      id: 'twin' as Entry['id'],
      intent: 'twin',
      question: 'tell me of a refund',
      similarQuestions: WAYS.slice(1).map((way) => `so ${way} a refund`),
    });
    await draft(deps, tenant, [...entries, twin]);
    const { report } = await release(deps, tenant, { publish: false });
    expect(report?.own?.lost).toBeGreaterThan(0);
    expect(report?.pairs?.[0]).toMatchObject({ a: 'refund', b: 'twin' });
    expect(report?.pairs?.[0]?.questions.length).toBeGreaterThan(0);
  });

  test('is judged as of another time: what has ended then is lost, what ends soon is listed', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    const others = TOPICS.slice(1).map((topic) => entryOf(topic));
    await draft(deps, tenant, [...others, entryOf('the invoice')]);
    await put(deps, tenant, [{ text: 'how do I get the invoice', intent: 'invoice' }], 0);
    await release(deps, tenant);
    const sale = [{ text: 'Only before the sale.', validUntil: '2026-11-11T20:00:00+08:00' }];
    await draft(deps, tenant, [...others, entryOf('the invoice', { answers: sale })]);
    const now = await release(deps, tenant, { publish: false });
    expect(now.report).toMatchObject({ lostTotal: 0, blockers: [] });
    expect(now.report?.expiring).toMatchObject([{ entryId: 'invoice', answer: 0, kind: 'ends' }]);
    const then = await release(deps, tenant, { publish: false, at: '2026-11-11T20:00:00+08:00' });
    expect(then).toMatchObject({ status: 'blocked', report: { at: '2026-11-11T20:00:00+08:00', expiring: [] } });
    expect(then.report?.blockers?.[0]?.detail).toContain('now gets no answer');
  });

  test('is asked what customers asked lately: those of entries that are gone are lost', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    const samples = dynamodbTurnSamples(table);
    await draft(
      deps,
      tenant,
      TOPICS.map((topic) => entryOf(topic)),
    );
    await release(deps, tenant);
    const asked = ['a refund', 'the warranty'].flatMap((topic) => WAYS.slice(0, 5).map((way) => `${way} ${topic}`));
    for (const [place, text] of asked.entries()) {
      await samples.put(tenant, place, { text, language: 'en', history: [], at: deps.now() });
    }
    const few = TOPICS.filter((topic) => topic !== 'a refund' && topic !== 'the warranty');
    await draft(
      deps,
      tenant,
      few.map((topic) => entryOf(topic)),
    );
    const { status, report } = await release(deps, tenant);
    expect(report?.recent).toMatchObject({ asked: 10, lost: 10, gained: 0 });
    expect([status, report?.blockers?.[0]?.kind]).toEqual(['blocked', 'recent_turns']);
    expect(report?.blockers?.[0]?.detail).toContain('refund (5)');
  });

  test('shows stages that only grow, and the whole report where the list shows its beginning', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    await draft(
      deps,
      tenant,
      TOPICS.map((topic) => entryOf(topic)),
    );
    const seen: ReleaseProgress[] = [];
    const { save } = deps.releases;
    const watched: KnowledgeDeps = {
      ...deps,
      releases: {
        ...deps.releases,
        save: (...args) => {
          const { progress } = args[2].job;
          if (progress !== undefined) seen.push(progress);
          return save(...args);
        },
      },
    };
    const made = await release(watched, tenant);
    expect(made.progress).toEqual({ stage: 'live', done: 100, total: 100 });
    const places = seen.map(({ stage }) => STAGES.findIndex((one) => one === stage));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(new Set(seen.map(({ stage }) => stage)).size).toBeGreaterThanOrEqual(3);
    const { items } = await listReleases(deps, tenant);
    const shown = items[0]?.report;
    expect(shown?.own).toMatchObject({ asked: made.report?.own?.asked, lost: 0 });
    expect(JSON.stringify(shown).length).toBeLessThanOrEqual(JSON.stringify(made.report).length);
  });
});

test.each([
  ['gone', undefined],
  ['of a format that is not read', new Uint8Array([1, 2, 3])],
])(
  'a live snapshot that is %s keeps nobody from releasing: nothing is compared, and the report says so',
  async (_, left) => {
    const { deps, objects } = knowledgeRig(table);
    const tenant = newTenant();
    await draft(
      deps,
      tenant,
      TOPICS.map((topic) => entryOf(topic)),
    );
    const first = await release(deps, tenant);
    const key = first.snapshotKey ?? '';
    if (left === undefined) objects.delete(key);
    else objects.set(key, left);
    await draft(
      deps,
      tenant,
      TOPICS.slice(1).map((topic) => entryOf(topic)),
    );
    const next = await release(deps, tenant);
    expect(next).toMatchObject({ status: 'live', report: { degraded: ['live_snapshot'], against: first.id } });
    expect(next.changed).toBeUndefined();
  },
);
