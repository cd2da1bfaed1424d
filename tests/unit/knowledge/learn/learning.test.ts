/** Transcripts, gaps and proposals on a real store, read by the message way over a compiled release. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamodbEvidence } from '../../../../lib/adapters/dynamodb/evidence.ts';
import {
  dynamodbGaps,
  dynamodbGapsJobs,
  dynamodbTranscripts,
  GAPS_JOB,
} from '../../../../lib/adapters/dynamodb/gaps.ts';
import { openKnowledge } from '../../../../lib/assist/knowledge.ts';
import { pastReader } from '../../../../lib/assist/past.ts';
import { Entry } from '../../../../lib/domain/entry.ts';
import { type GapEvidence, turnEvidenceId } from '../../../../lib/domain/evidence.ts';
import { AgentId, ConversationId, EntryId, ReleaseId, type TenantId } from '../../../../lib/domain/ids.ts';
import { DEFAULT_SETTINGS, Tenant } from '../../../../lib/domain/tenant.ts';
import { compile } from '../../../../lib/engine/compile.ts';
import { compileInput } from '../../../../lib/knowledge/compile-input.ts';
import { getEntry, putEntry } from '../../../../lib/knowledge/draft.ts';
import type { LearnDeps } from '../../../../lib/knowledge/learn/deps.ts';
import { learnRoom } from '../../../../lib/knowledge/learn/room.ts';
import { startTable, type TestTable } from '../../../support/dynalite.ts';
import { knowledgeRig, newTenant } from '../../../support/knowledge-rig.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startTable();
}, 30_000);
afterAll(() => table.stop());

const entry = (id: string, question: string, similarQuestions: string[], text: string): Entry =>
  Entry.parse({ id, intent: id, language: 'en', question, similarQuestions, answers: [{ text }] });

const SHIPS = 'It ships {{shop.dispatch_time}} after payment.';
/** Enough for a classifier to tell what none of them answers. */
const ENTRIES = [
  entry(
    'ship',
    'When will it ship?',
    ['when do you ship', 'has my order shipped yet', 'shipping time please', 'how long until dispatch'],
    SHIPS,
  ),
  entry(
    'return',
    'How do I return it?',
    ['I want to return this', 'return policy', 'send it back', 'where do I send a return'],
    'Choose Returns.',
  ),
  entry(
    'invoice',
    'Can I get an invoice?',
    ['send me an invoice', 'invoice please', 'need a VAT invoice', 'invoice for my company'],
    'Under Invoices.',
  ),
  entry(
    'cancel',
    'How do I cancel my order?',
    ['cancel my order', 'stop the order', 'I no longer want it, cancel', 'cancel the purchase'],
    'Choose Cancel.',
  ),
  entry(
    'address',
    'Can I change the delivery address?',
    ['change my address', 'wrong address', 'ship to another address', 'update the address'],
    'Before it ships.',
  ),
  entry(
    'refund',
    'When do I get my refund?',
    ['where is my refund', 'refund status', 'money not back yet', 'how long does a refund take'],
    'Within days.',
  ),
  entry(
    'size',
    'Which size fits me?',
    ['size chart', 'does it run small', 'what size should I order', 'sizing help'],
    'See the chart.',
  ),
  entry(
    'coupon',
    'My coupon does not work',
    ['coupon invalid', 'discount code fails', 'voucher not accepted', 'promo code error'],
    'Check its date.',
  ),
  entry(
    'stock',
    'When is it back in stock?',
    ['out of stock', 'restock date', 'available again?', 'sold out, when more'],
    'Soon.',
  ),
  entry(
    'track',
    'Where is my parcel?',
    ['track my parcel', 'tracking number', 'parcel not moving', 'where is the package now'],
    'See tracking.',
  ),
];

function learner() {
  const rig = knowledgeRig(table.table);
  const id = newTenant();
  const settings = { ...DEFAULT_SETTINGS, shopFacts: { dispatch_time: 'within 24 hours' } };
  const tenant = Tenant.parse({
    id,
    name: 'Shop',
    languages: ['en'],
    packs: [],
    settings,
    createdAt: '2026-11-01T00:00:00Z',
    version: 1,
  });
  const knowledge = openKnowledge(
    ReleaseId.parse('rel_1'),
    compile(compileInput(ENTRIES, { phrases: {}, skills: {} })).bytes,
  );
  const deps: LearnDeps = {
    ...rig.deps,
    tenant: async () => tenant,
    transcripts: dynamodbTranscripts(table.table),
    gapsJobs: dynamodbGapsJobs(table.table),
    gaps: dynamodbGaps(table.table, { keptDays: 180, now: rig.deps.now }),
    evidence: dynamodbEvidence(table.table, { retentionSeconds: 3_600 }),
    reader: async () => pastReader(tenant, knowledge),
  };
  return { ...rig, deps, id, room: learnRoom(deps) };
}

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a chat export', () => {
  const CSV = [
    '会话,角色,内容,时间',
    'a,顾客,hello,2026-11-01 10:00',
    'a,顾客,can you engrave a name on the mug?,2026-11-01 10:01',
    'a,客服,one moment please,2026-11-01 10:02',
    'a,客服,"Engraving is free for up to ten letters, add them at checkout.",2026-11-01 10:03',
    'b,customer,do you offer engraving of names?,2026-11-01 10:00',
    'b,staff,"Engraving is free for up to ten letters, please add them at checkout.",2026-11-01 10:01',
    'c,user,is engraving a name possible? call me on 13800001111,2026-11-01 10:00',
    'c,agent,"Engraved as you asked, parcel 313021098954 is on its way.",2026-11-01 10:01',
    'd,customer,When will it ship?,2026-11-01 10:00',
    'd,bot,Within a day.,2026-11-01 10:01',
    'e,somebody,what is this,2026-11-01 10:00',
    'e,customer,thanks,yesterday evening',
  ].join('\n');

  test('gives coverage, acts, and topics with a draft made of what agents answered', async () => {
    const { room, id } = learner();
    const { id: transcript } = await room.startTranscript(id, { name: 'October', by: 'mia' }, bytes(CSV));
    await room.runTranscript(id, transcript);
    const report = await room.readTranscript(id, transcript);
    expect(report).toMatchObject({
      status: 'done',
      name: 'October',
      by: 'mia',
      conversations: 4,
      messages: 10,
      turns: 4,
      asking: 4,
    });
    const { sure = 0, shown = 0, none = 0 } = report.coverage ?? {};
    expect(sure + shown + none).toBeCloseTo(1);
    expect(none).toBeGreaterThanOrEqual(0.5);
    expect(report.rejected.map(({ row, column }) => [row, column])).toEqual([
      [12, '角色'],
      [13, '时间'],
    ]);
    const [topic] = report.topics;
    expect(topic).toMatchObject({ title: expect.stringMatching(/engrav/), drafted: false });
    expect(topic?.covered).not.toBe('yes');
    expect(topic?.count).toBeGreaterThanOrEqual(2);
    expect(topic?.proposal?.answers[0]?.text).toMatch(/^Engraving is free for up to ten letters/);
    expect(topic?.proposal?.policy).toBe('assist');
    expect(JSON.stringify(report)).not.toMatch(/13800001111|313021098954/);
    const listed = await room.listTranscripts(id, {});
    expect(listed.items).toMatchObject([{ id: transcript, topics: [] }]);
  });

  test('writes drafts once and never over what is there', async () => {
    const { room, id, deps } = learner();
    const { id: transcript } = await room.startTranscript(id, { by: 'mia' }, bytes(CSV));
    await room.runTranscript(id, transcript);
    const [topic] = (await room.readTranscript(id, transcript)).topics;
    const [wanted] = [topic?.id ?? ''];
    const first = await room.draftTopics(id, transcript, [wanted], 'mia');
    expect(first).toMatchObject({ written: [topic?.proposal?.id], kept: [] });
    const own = await getEntry(deps.drafts, id, EntryId.parse(first.written[0]));
    await putEntry(deps.drafts, id, { ...own, answers: [{ text: 'Ours.' }] });
    expect(await room.draftTopics(id, transcript, [wanted], 'mia')).toEqual({ written: [], kept: first.written });
    expect((await getEntry(deps.drafts, id, own.id)).answers).toEqual([{ text: 'Ours.' }]);
    expect((await room.readTranscript(id, transcript)).topics[0]?.drafted).toBe(true);
    await expect(room.draftTopics(id, transcript, ['nothing'], 'mia')).rejects.toMatchObject({ kind: 'invalid' });
  });

  test.each([
    [
      'JSON',
      JSON.stringify({
        conversations: [
          {
            id: 1,
            messages: [
              { author: { type: 'user' }, text: 'When will it ship?', at: '2026-11-01T10:00:00Z' },
              { author: 'agent', text: 'Soon.' },
            ],
          },
        ],
      }),
    ],
    [
      'JSON lines of messages',
      '{"conversation":"1","author":"buyer","text":"When will it ship?"}\n{"conversation":"1","author":"seller","text":"Soon."}',
    ],
    [
      'JSON lines of conversations',
      '{"id":"1","messages":[{"author":"buyer","text":"When will it ship?"}]}\n{"id":"2","messages":[{"author":"seller","text":"Soon."}]}',
    ],
  ])('may be %s', async (_, text) => {
    const { room, id } = learner();
    const { id: transcript } = await room.startTranscript(id, { by: 'mia' }, bytes(text));
    await room.runTranscript(id, transcript);
    expect(await room.readTranscript(id, transcript)).toMatchObject({
      status: 'done',
      messages: 2,
      asking: 1,
      coverage: { none: 0 },
    });
  });

  test('that holds no conversation fails and says what it wants', async () => {
    const { room, id } = learner();
    const { id: transcript } = await room.startTranscript(id, { by: 'mia' }, bytes('name,amount\nMia,3'));
    await room.runTranscript(id, transcript);
    expect(await room.readTranscript(id, transcript)).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/conversation and text.*found: name, amount/),
    });
    await expect(room.readTranscript(id, 'trs_none')).rejects.toMatchObject({ kind: 'not_found' });
  });
});

const ANN = AgentId.parse('ann');

function evidenceOf(deps: LearnDeps, tenant: TenantId) {
  return async (conversation: string, text: string, more: Partial<GapEvidence> = {}) =>
    deps.evidence.note(tenant, {
      id: turnEvidenceId(conversation, 1),
      at: '2026-11-01T07:00:00.000Z',
      kinds: ['nothing_fits'],
      language: 'en',
      text,
      ...more,
    });
}

describe('gaps', () => {
  async function found() {
    const shop = learner();
    const note = evidenceOf(shop.deps, shop.id);
    await note('c1', 'do you offer gift wrapping');
    await note('c2', 'can it be gift wrapped please', { kinds: ['nothing_fits', 'handoff'] });
    await note('c2', 'can it be gift wrapped please', {
      kinds: ['own_reply'],
      reply: 'Gift wrapping costs two euros, choose it in the basket.',
    });
    await note('c3', 'is there a discount for bulk orders', { kinds: ['search'] });
    await note('c4', 'when will it ship');
    await note('c5', 'ok?');
    const make = async () => {
      await shop.room.listGaps(shop.id, {});
      await shop.room.runGaps(shop.id, GAPS_JOB);
      return shop.room.listGaps(shop.id, {});
    };
    return { ...shop, note, make };
  }

  test('are counted by turn and kind, with replies and a proposal, less what is answered by now', async () => {
    const { make, room, id } = await found();
    expect(await room.listGaps(id, {})).toEqual({ items: [] });
    const { items, computedAt } = await make();
    expect(items.map(({ title, count }) => [title, count])).toEqual([
      [expect.stringMatching(/gift wrap/), 2],
      [expect.stringMatching(/bulk/), 1],
    ]);
    expect(items[0]).toMatchObject({ kinds: { nothing_fits: 2, handoff: 1, own_reply: 1 }, status: 'open' });
    expect(items[0]?.proposal?.answers[0]?.text).toMatch(/^Gift wrapping costs/);
    expect(items[1]?.proposal).toBeUndefined();
    expect(computedAt).toBeDefined();
    expect((await room.listGaps(id, { kind: 'search' })).items).toHaveLength(1);
  });

  test('keep their ids as they grow; a dismissed one comes back when it has doubled', async () => {
    const { make, room, id, note, turnClock } = await found();
    const [gap] = (await make()).items;
    expect(await room.dismissGap(id, gap?.id ?? '')).toMatchObject({ status: 'dismissed' });
    await note('c6', 'gift wrapping please');
    turnClock(3_600_000);
    expect((await make()).items[0]).toMatchObject({ id: gap?.id, count: 3, status: 'dismissed' });
    await note('c7', 'is gift wrapping free');
    turnClock(3_600_000);
    expect((await make()).items[0]).toMatchObject({ id: gap?.id, count: 4, status: 'open' });
  });

  test('become an entry of the draft by one call', async () => {
    const { make, room, id, deps } = await found();
    const [wrap, bulk] = (await make()).items;
    const { gap, entry: written } = await room.draftGap(id, wrap?.id ?? '', undefined, 'mia');
    expect(gap.status).toBe('drafted');
    expect(await getEntry(deps.drafts, id, written.id)).toMatchObject({
      answers: wrap?.proposal?.answers,
      updatedBy: 'mia',
    });
    await expect(room.draftGap(id, bulk?.id ?? '', undefined, 'mia')).rejects.toMatchObject({ kind: 'invalid' });
    const given = entry('bulk', 'Bulk discount?', [], 'Five per cent from 20 pieces.');
    expect((await room.draftGap(id, bulk?.id ?? '', given, 'mia')).entry.id).toBe('bulk');
    expect((await room.listGaps(id, { status: 'drafted' })).items).toHaveLength(2);
  });

  test('forget a conversation that is erased, and a turn that was answered after all', async () => {
    const { make, deps, id, turnClock } = await found();
    await make();
    await deps.evidence.erase(id, ConversationId.parse('c2'), [{ startSeq: 1, at: '2026-11-01T07:00:00.000Z' }]);
    await deps.evidence.forget(id, turnEvidenceId('c3', 1), '2026-11-01T07:00:00.000Z');
    turnClock(3_600_000);
    expect((await make()).items.map(({ count }) => count)).toEqual([1]);
  });
});

describe('proposals', () => {
  async function edited(sent: readonly string[]) {
    const shop = learner();
    for (const one of ENTRIES) await putEntry(shop.deps.drafts, shop.id, one);
    for (const [at, text] of sent.entries()) {
      await shop.deps.evidence.edited(shop.id, {
        id: turnEvidenceId(`c${at}`, 1),
        at: '2026-11-01T07:00:00.000Z',
        assistId: `ast_${at}`,
        agentId: ANN,
        language: 'en',
        entryId: EntryId.parse('ship'),
        answer: 0,
        offered: 'It ships within 24 hours after payment.',
        sent: text,
      });
    }
    await shop.room.listProposals(shop.id, {});
    await shop.room.runGaps(shop.id, GAPS_JOB);
    return shop;
  }
  const BETTER = 'It ships within 24 hours after payment, also on Sundays.';

  test('have their slots back, and are accepted into the draft once', async () => {
    const { room, id, deps } = await edited([
      BETTER,
      BETTER,
      'It ships within 24 hours after payment!',
      'It ships within 24 hours, parcel [number].',
    ]);
    const { items } = await room.listProposals(id, {});
    expect(items[0]).toMatchObject({
      entryId: 'ship',
      before: SHIPS,
      after: 'It ships {{shop.dispatch_time}} after payment, also on Sundays.',
      status: 'open',
    });
    expect(items.every(({ after }) => !after.includes('[number]'))).toBe(true);
    const accepted = await room.acceptProposal(id, items[0]?.id ?? '', 'mia');
    expect(accepted.proposal.status).toBe('accepted');
    expect((await getEntry(deps.drafts, id, EntryId.parse('ship'))).answers[0]?.text).toBe(items[0]?.after);
    await expect(room.acceptProposal(id, items[0]?.id ?? '', 'mia')).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('of an answer that changed meanwhile are outdated', async () => {
    const { room, id, deps } = await edited([BETTER]);
    const [proposal] = (await room.listProposals(id, {})).items;
    const ship = await getEntry(deps.drafts, id, EntryId.parse('ship'));
    await putEntry(deps.drafts, id, { ...ship, answers: [{ text: 'Tomorrow.' }] });
    await expect(room.acceptProposal(id, proposal?.id ?? '', 'mia')).rejects.toMatchObject({ kind: 'conflict' });
    expect((await room.listProposals(id, {})).items[0]?.status).toBe('outdated');
    expect((await getEntry(deps.drafts, id, EntryId.parse('ship'))).answers).toEqual([{ text: 'Tomorrow.' }]);
  });

  test('that were rejected stay so', async () => {
    const { room, id, turnClock } = await edited([BETTER]);
    const [proposal] = (await room.listProposals(id, {})).items;
    await room.rejectProposal(id, proposal?.id ?? '');
    turnClock(3_600_000);
    await room.listProposals(id, {});
    await room.runGaps(id, GAPS_JOB);
    expect((await room.listProposals(id, {})).items).toMatchObject([{ id: proposal?.id, status: 'rejected' }]);
  });
});
