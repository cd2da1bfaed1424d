/** A customer's erasure held against every key of the table, and against the bytes that are left. */
import { createHmac } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noteAccess, pageAccess } from '../../../lib/adapters/dynamodb/access-log.ts';
import { dynamodbAgents } from '../../../lib/adapters/dynamodb/agents.ts';
import { dynamodbConversations } from '../../../lib/adapters/dynamodb/conversations.ts';
import { dynamodbCustomers } from '../../../lib/adapters/dynamodb/customers.ts';
import { dynamodbPrivacy } from '../../../lib/adapters/dynamodb/erase.ts';
import { dynamodbEvidence } from '../../../lib/adapters/dynamodb/evidence.ts';
import { dynamodbGaps } from '../../../lib/adapters/dynamodb/gaps.ts';
import { dynamodbJobs } from '../../../lib/adapters/dynamodb/jobs.ts';
import * as keys from '../../../lib/adapters/dynamodb/keys.ts';
import { dynamodbOutcomes } from '../../../lib/adapters/dynamodb/outcomes.ts';
import { putItem } from '../../../lib/adapters/dynamodb/table.ts';
import { dynamodbTurnSamples } from '../../../lib/adapters/dynamodb/turn-samples.ts';
import { dynamodbWork } from '../../../lib/adapters/dynamodb/work.ts';
import { changeHead } from '../../../lib/assist/flow.ts';
import { assistId } from '../../../lib/assist/ids.ts';
import { locateAssist } from '../../../lib/assist/locate.ts';
import { type PrivacyDeps, requestErasure, runErasure } from '../../../lib/assist/privacy/erase.ts';
import { exportCustomer } from '../../../lib/assist/privacy/export.ts';
import { sampledTurn } from '../../../lib/assist/sample-turn.ts';
import { InboundEvent } from '../../../lib/domain/event.ts';
import { turnEvidenceId } from '../../../lib/domain/evidence.ts';
import { AgentId, ConversationId, CustomerId, EntryId, TenantId } from '../../../lib/domain/ids.ts';
import { ErasureJob } from '../../../lib/domain/privacy.ts';
import { DEFAULT_SETTINGS } from '../../../lib/domain/tenant.ts';
import { newHead } from '../../../lib/handoff/head.ts';
import type { StoredAssist } from '../../../lib/ports/conversations.ts';
import { assist, message } from '../../support/desk-fixtures.ts';
import { startTable, type TestTable } from '../../support/dynalite.ts';

const AT = '2026-11-22T08:00:00.000Z';
const BEGUN = Date.parse(AT);
const DAY = AT.slice(0, 10);
const TENANT = TenantId.parse('shop');
const ANN = AgentId.parse('ann');
const ADMIN = { role: 'admin' as const, agentId: AgentId.parse('root'), tenant: TENANT };

/** Words of one customer, each in some item; masked words as well, since they are still theirs. */
const customer = (name: string) => ({
  id: CustomerId.parse(`buyer-${name}`),
  name: `Xu ${name}`,
  phone: `139${name.length}5550000`,
  said: `where is the parcel of ${name}`,
  masked: `masked question of ${name}`,
  reply: `masked reply of ${name}`,
  note: `note on ${name}`,
});
type Person = ReturnType<typeof customer>;

let test_: TestTable;
let clock = BEGUN;
const now = () => clock;
const noted: { action: string; subject?: string }[] = [];
const started: string[] = [];
beforeAll(async () => {
  test_ = await startTable();
}, 30_000);
afterAll(() => test_.stop());

function rooms() {
  const { table } = test_;
  const retention = { retentionSeconds: 90 * 86_400 };
  return {
    conversations: dynamodbConversations(table, { ...retention, locate: locateAssist }),
    customers: dynamodbCustomers(table, retention.retentionSeconds),
    evidence: dynamodbEvidence(table, retention),
    outcomes: dynamodbOutcomes(table, retention),
    samples: dynamodbTurnSamples(table),
    gaps: dynamodbGaps(table, { keptDays: 180, now }),
    agents: dynamodbAgents(table),
    work: dynamodbWork(table),
    jobs: dynamodbJobs(table, 'erasure', (stored) => ErasureJob.parse(stored)),
  };
}

function privacyDeps(more: Partial<PrivacyDeps> = {}): PrivacyDeps {
  return {
    ...rooms(),
    store: dynamodbPrivacy(test_.table, now),
    relearn: async () => void started.push('relearn'),
    holders: async () => ['ann', 'bob'],
    pseudonym: (tenant, id) =>
      `cus_${createHmac('sha256', 'key').update(`${tenant}\n${id}`).digest('hex').slice(0, 24)}`,
    audit: async () => undefined,
    note: async (_, __, action, about) => void noted.push({ action, ...about }),
    start: async (name) => void started.push(name),
    now,
    newId: (prefix) => `${prefix}${clock.toString(36)}`,
    ...more,
  };
}

function storedAssist(person: Person, conversation: ConversationId, turnId: string, messageId: string): StoredAssist {
  const made = assist(conversation, {
    id: assistId(conversation, turnId, 1),
    turnId,
    messageIds: [messageId],
    createdAt: new Date(clock).toISOString(),
  });
  const [first] = made.suggestions;
  const suggestions = first === undefined ? [] : [{ ...first, text: `Dear ${person.name}` }];
  const turn = { id: turnId, revision: 1, messageIds: [messageId], parts: [{ kind: 'text', text: person.said }] };
  const inputs = {
    turn,
    settings: DEFAULT_SETTINGS,
    conversationId: conversation,
    customerSeq: 1,
    owner: 'bot',
    firstContact: true,
    sent: [],
    degraded: [],
    history: [],
    customer: { id: person.id, name: person.name, updatedAt: AT },
    at: clock,
  };
  return { assist: { ...made, suggestions }, inputs };
}

/** Everything that the product keeps of a conversation, by the stores that keep it. */
async function converse(person: Person, id: string, { isNoted = true, holder = 'ann', daysBefore = 0 } = {}) {
  const { conversations, evidence, outcomes, samples, gaps, agents } = rooms();
  const conversation = ConversationId.parse(id);
  const place = { tenant: TENANT, conversation };
  const [messageId, turnId] = [`${id}-m1`, 'trn_x_1'];
  const data = {
    conversationId: conversation,
    messageId,
    author: { type: 'customer', id: person.id, name: person.name },
    text: person.said,
    customer: { id: person.id, name: person.name },
  };
  const event = InboundEvent.parse({ type: 'message.created', timestamp: AT, data });
  await conversations.putDelivery(TENANT, `delivery-${id}`, messageId, clock);
  await conversations.receive(
    TENANT,
    conversation,
    { id: messageId, event, receivedAt: clock, attempts: 0, delivery: `delivery-${id}` },
    clock,
  );
  const head = {
    ...newHead(conversation, clock),
    owner: `agent:${holder}` as const,
    customerId: person.id,
    customerName: person.name,
    lastText: person.said,
    sent: [`re: ${person.said}`],
  };
  const item = {
    id: 'desk:1',
    kind: 'agent_reply',
    text: `call ${person.phone}`,
    author: { type: 'agent', id: 'ann' },
  };
  const outbox = [{ ...item, epoch: 0, customerSeq: 1, createdAt: 1, expiresAt: 1, attempts: 0, nextAt: 1 }] as never;
  const deps = { conversations, now, sleep: async () => undefined, random: () => 0 };
  if (isNoted) {
    await conversations.putHead(TENANT, { ...newHead(conversation, clock), version: 1 }, undefined);
    await changeHead(deps, place, ({ version }) => ({ ...head, version, outbox }));
  } else await conversations.putHead(TENANT, { ...head, outbox, version: 1 }, undefined);
  await conversations.putMessage(
    TENANT,
    conversation,
    message(`${id}-m2`, 'agent', `I call ${person.phone}`, { at: new Date(clock + 1).toISOString() }),
  );
  const stored = storedAssist(person, conversation, turnId, messageId);
  await conversations.putAssist(TENANT, stored);
  await conversations.putFeedback(TENANT, conversation, {
    id: 'f1',
    assistId: stored.assist.id,
    suggestionId: 'sug_1',
    event: 'edited',
    agentId: ANN,
    at: AT,
    matched: false,
    sentText: `Dear ${person.name}`,
  });
  const wrapUp = { note: person.note, disposition: 'solved' as const, tags: [] };
  await conversations.putWrapUp(TENANT, conversation, { id: 'w1', agentId: ANN, at: AT, wrapUp });
  const turn = { ...place, startSeq: 1 };
  await outcomes.count(turn, 'fitted', clock);
  await outcomes.dismiss(turn, 'sug_2', clock);
  const evidenceId = turnEvidenceId(conversation, 1);
  // Of a turn that began before midnight, on the day before its assist.
  const noticedAt = new Date(clock - daysBefore * 86_400_000).toISOString();
  const common = { id: evidenceId, at: noticedAt, language: 'en' as const };
  await evidence.note(TENANT, { ...common, kinds: ['nothing_fits'], text: person.masked, reply: person.reply });
  await evidence.edited(TENANT, {
    ...common,
    assistId: stored.assist.id,
    agentId: ANN,
    entryId: EntryId.parse('e'),
    answer: 0,
    offered: 'authored',
    sent: person.reply,
  });
  await evidence.chosen(TENANT, {
    id: `${evidenceId}#sug_1`,
    at: common.at,
    entryId: EntryId.parse('e'),
    intent: 'i',
    event: 'used',
  });
  const sample = sampledTurn(stored);
  if (sample === undefined) throw new Error('the turn is none to sample');
  await samples.put(TENANT, person.name.length, sample);
  await gaps.write(TENANT, {
    gaps: [
      {
        id: `gap-${id}`,
        title: person.masked,
        language: 'en',
        count: 1,
        kinds: { nothing_fits: 1 },
        firstAt: AT,
        lastAt: AT,
        examples: [person.masked],
        replies: [{ text: person.reply, count: 1 }],
        status: 'open',
      },
    ],
    proposals: [
      {
        id: `proposal-${id}`,
        entryId: EntryId.parse('e'),
        answer: 0,
        before: 'authored',
        after: person.reply,
        count: 1,
        evidence: [{ assistId: stored.assist.id, agentId: ANN, at: AT, sent: person.reply }],
        status: 'open',
      },
    ],
  });
  const known = await agents.get(TENANT, ANN);
  const slot = { conversation, at: clock };
  const agent = known ?? { agentId: ANN, version: 0, presence: 'online' as const, at: AT, slots: [] };
  await agents.put(TENANT, { ...agent, version: agent.version + 1, slots: [...agent.slots, slot] }, known?.version);
  const read = { at: AT, by: ANN, role: 'agent' as const, action: 'conversation.read' as const, conversation };
  await noteAccess(test_.table, TENANT, read, Math.floor(clock / 1_000) + 86_400);
  return { conversation, stored };
}

const known = async (person: Person) => {
  const attributes = { phone: person.phone, address: `12 ${person.name} Street` };
  await rooms().customers.merge(
    TENANT,
    { id: person.id, name: person.name, attributes },
    new Date(clock).toISOString(),
  );
};

/** Every item there is. Only a test may scan. */
async function everything(): Promise<string[]> {
  const { Items = [], LastEvaluatedKey } = await test_.table.client.send(
    new ScanCommand({ TableName: test_.table.name }),
  );
  expect(LastEvaluatedKey).toBeUndefined();
  return Items.map((item) =>
    JSON.stringify(unmarshall(item), (_, value) => (value instanceof Set ? [...value] : value)),
  );
}
const quoting = async (...words: string[]) =>
  (await everything()).filter((item) => words.some((word) => item.includes(word)));
const wordsOf = ({ id, name, phone, said, masked, reply, note }: Person) => [
  id,
  name,
  phone,
  said,
  masked,
  reply,
  note,
  name.slice(3),
];

/** Both passes, as the sweep would start them. */
async function erase(person: Person, deps = privacyDeps()) {
  clock += 10;
  const { id } = await requestErasure(deps, TENANT, ADMIN, person.id);
  await runErasure(deps, TENANT, id);
  clock += 120_001;
  await runErasure(deps, TENANT, id);
  return { id, job: (await deps.jobs.read(TENANT, id))?.job };
}

/**
 * Every key of the table: `customer` items are gone after an erasure, `mark` says only that it happened, `no` never hold
 * anything of a customer. A key that is new is in none, and fails here until somebody has thought about it.
 */
const KEYS: Record<string, 'customer' | 'mark' | 'no'> = {
  customerKey: 'customer',
  customerConversationKey: 'customer',
  conversationPk: 'customer',
  headKey: 'customer',
  messageKey: 'customer',
  assistKey: 'customer',
  feedbackKey: 'customer',
  wrapUpKey: 'customer',
  turnOutcomeKey: 'customer',
  evidencePk: 'customer',
  evidenceKey: 'customer',
  learntPk: 'customer',
  learntKey: 'customer',
  samplesPk: 'customer',
  sampleKey: 'customer',
  agentKey: 'customer',
  // A delivery's id, and that it was erased; a message's empty place stands beside it. Both go within days.
  deliveryKey: 'mark',
  accessPk: 'mark',
  accessKey: 'mark',
  accessPersonKey: 'mark',
  auditPk: 'mark',
  auditKey: 'mark',
  jobKey: 'mark',
  deskOwnerKey: 'no',
  deskConnectionsKey: 'no',
  workShard: 'no',
  tenantPk: 'no',
  tenantKey: 'no',
  liveKey: 'no',
  platformKey: 'no',
  platformSeenKey: 'no',
  catchUpKey: 'no',
  tokenKey: 'no',
  phraseKey: 'no',
  ticketKey: 'no',
  connectionKey: 'no',
  personKey: 'no',
  adminsKey: 'no',
  triesKey: 'no',
  // What managers wrote or uploaded themselves: knowledge, test questions, the files of chats that they chose.
  knowledgePk: 'no',
  draftKey: 'no',
  draftPk: 'no',
  draftEntryKey: 'no',
  goldenKey: 'no',
  catalogPk: 'no',
  productKey: 'no',
  embeddingKey: 'no',
  // Counts.
  usageKey: 'no',
  outcomesPk: 'no',
  outcomesKey: 'no',
  hoursPk: 'no',
  hourKey: 'no',
};

test('every key of the table has its place in what an erasure does', () => {
  const functions = Object.entries(keys).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
  expect(functions.toSorted()).toEqual(Object.keys(KEYS).toSorted());
});

describe('an erasure', () => {
  test('leaves no byte of the customer, and everybody else as they were', async () => {
    const [eve, ivy] = [customer('Evelyn'), customer('Ivy')];
    await known(eve);
    await known(ivy);
    await converse(eve, 'c-eve-1');
    await converse(eve, 'c-eve-2');
    // From before conversations were noted under their customer.
    await converse(eve, 'c-eve-old', { isNoted: false });
    // Held by somebody whom routing has never heard of.
    await converse(eve, 'c-eve-bob', { isNoted: false, holder: 'bob' });
    await converse(ivy, 'c-ivy');
    for (const word of wordsOf(eve)) expect(await quoting(word), word).not.toEqual([]);
    const others = await quoting(...wordsOf(ivy));
    // Masked, they quote nobody and are erased all the same; of two with the same words and instant both.
    expect(await quoting('"pk":"S#shop"')).toHaveLength(2);

    const { job } = await erase(eve);
    expect(await quoting('"pk":"S#shop"')).toEqual([]);
    expect(job).toMatchObject({ status: 'done', conversations: 4, requestedBy: 'root' });
    expect(await quoting(...wordsOf(eve))).toEqual([]);
    expect((await quoting(...wordsOf(ivy))).toSorted()).toEqual(others.toSorted());
    const left = (await everything()).filter((item) => item.includes('c-eve'));
    // Empty places of messages and deliveries, by their ids alone, gone within a week.
    expect(left.every((item) => item.includes('"erased":true') || item.includes('"message":"erased"'))).toBe(true);
    expect((await rooms().agents.get(TENANT, ANN))?.slots).toMatchObject([{ conversation: 'c-ivy' }]);
    expect(noted.map(({ action }) => action)).toEqual(['customer.erase', 'customer.erased']);
    expect(started).toContain('relearn');
    const log = await pageAccess(test_.table, TENANT, { limit: 50, now: AT });
    expect(log.items.map(({ by, conversation }) => [by, conversation]).toSorted()).toEqual([
      ['ann', 'c-ivy'],
      ['ann', 'erased'],
      ['ann', 'erased'],
      ['ann', 'erased'],
      ['ann', 'erased'],
    ]);
  });

  test('that dies anywhere is finished by the next run', async () => {
    const kim = customer('Kimberly');
    await known(kim);
    await converse(kim, 'c-kim-1');
    await converse(kim, 'c-kim-2');
    clock += 10;
    const { id } = await requestErasure(privacyDeps(), TENANT, ADMIN, kim.id);
    let survived = 0;
    for (let allowed = 1; allowed < 60; allowed += 2) {
      let calls = 0;
      const real = Object.entries(dynamodbPrivacy(test_.table, now));
      const dying = real.map(([name, call]) => [
        name,
        (...args: never[]) => {
          calls += 1;
          if (calls > allowed) throw new Error('killed');
          return (call as (...given: never[]) => unknown)(...args);
        },
      ]);
      const store = Object.fromEntries(dying) as PrivacyDeps['store'];
      const run = await runErasure(privacyDeps({ store }), TENANT, id).catch((error: Error) => error.message);
      if (run !== 'killed') survived += 1;
      clock += 16 * 60_000;
      if ((await rooms().jobs.read(TENANT, id))?.job.status === 'done') break;
    }
    expect(survived).toBe(2);
    expect((await rooms().jobs.read(TENANT, id))?.job).toMatchObject({ status: 'done', conversations: 2 });
    expect(await quoting(...wordsOf(kim))).toEqual([]);
  });

  test('is not undone by what was under way, nor by a platform that sends again', async () => {
    const lea = customer('Leonora');
    await known(lea);
    const { conversation, stored } = await converse(lea, 'c-lea');
    const { conversations, customers } = rooms();
    const head = await conversations.head(TENANT, conversation);
    const deps = privacyDeps();
    clock += 10;
    const { id } = await requestErasure(deps, TENANT, ADMIN, lea.id);
    clock += 1_000;
    await runErasure(deps, TENANT, id);
    // An assist that had read everything before, and puts back what it was working on.
    await conversations.putAssist(TENANT, stored);
    await customers.merge(TENANT, { id: lea.id, name: lea.name }, new Date(clock).toISOString());
    expect(
      await conversations.putHead(TENANT, { ...(head ?? newHead(conversation, clock)), version: 9 }, head?.version),
    ).toBe('conflict');
    // The platform's retry: by its delivery, and by its message.
    expect(await conversations.putDelivery(TENANT, 'delivery-c-lea', 'c-lea-m1', clock)).toBe('erased');
    const data = {
      conversationId: conversation,
      messageId: 'c-lea-m1',
      author: { type: 'customer', id: lea.id },
      text: lea.said,
    };
    const event = InboundEvent.parse({ type: 'message.created', timestamp: AT, data });
    const again = { id: 'c-lea-m1', event, receivedAt: clock, attempts: 0 };
    expect(await conversations.receive(TENANT, conversation, again, clock)).toBe('duplicate');
    expect(await conversations.due(TENANT, conversation, 'c-lea-m1')).toBeUndefined();
    clock += 120_000;
    await runErasure(deps, TENANT, id);
    expect(await quoting(...wordsOf(lea))).toEqual([]);
  });

  test('keeps what the customer writes afterwards, and nothing of before', async () => {
    const mia = customer('Miriam');
    await known(mia);
    await converse(mia, 'c-mia');
    const deps = privacyDeps();
    clock += 10;
    const { id } = await requestErasure(deps, TENANT, ADMIN, mia.id);
    clock += 1_000;
    await runErasure(deps, TENANT, id);
    const conversation = ConversationId.parse('c-mia');
    const { conversations, customers } = rooms();
    const data = {
      conversationId: conversation,
      messageId: 'c-mia-m9',
      author: { type: 'customer', id: mia.id },
      text: 'a new question',
    };
    const event = InboundEvent.parse({ type: 'message.created', timestamp: AT, data });
    clock += 1_000;
    await conversations.receive(TENANT, conversation, { id: 'c-mia-m9', event, receivedAt: clock, attempts: 0 }, clock);
    await conversations.putHead(TENANT, { ...newHead(conversation, clock), version: 1 }, undefined);
    await changeHead(
      { conversations, now, sleep: async () => undefined, random: () => 0 },
      { tenant: TENANT, conversation },
      (head) => ({
        ...head,
        customerId: mia.id,
        lastText: 'a new question',
      }),
    );
    const fresh = storedAssist(
      { ...mia, said: 'a new question', name: 'somebody' },
      conversation,
      'trn_x_1',
      'c-mia-m9',
    );
    await conversations.putAssist(TENANT, fresh);
    await customers.merge(TENANT, { id: mia.id, tags: ['back again'] }, new Date(clock).toISOString());
    clock += 120_000;
    await runErasure(deps, TENANT, id);
    expect(await customers.get(TENANT, mia.id)).toMatchObject({ tags: ['back again'] });
    const { head, messages } = await conversations.load(TENANT, conversation);
    expect(head).toMatchObject({ lastText: 'a new question', customerId: mia.id });
    expect(messages.map(({ text }) => text)).toEqual(['a new question']);
    expect((await conversations.assists(TENANT, conversation)).map(({ assist: one }) => one.messageIds)).toEqual([
      ['c-mia-m9'],
    ]);
    expect(await quoting(mia.name, mia.phone, mia.said, mia.masked, mia.reply, mia.note)).toEqual([]);
    // And goes as well when it is asked for again.
    await erase(mia);
    expect(await quoting(mia.id, 'a new question')).toEqual([]);
  });

  test('of ids that name one another leaves nothing of either, nor of what was noted the day before', async () => {
    const ned = customer('Neddington');
    await known(ned);
    await converse(ned, `${ned.id}`, { daysBefore: 1 });
    await converse(ned, `chat:${ned.id}:1`, { daysBefore: 1 });
    await erase(ned);
    const left = await quoting(...wordsOf(ned));
    expect(left).toEqual([]);
  });
});

test('an export holds everything, readable, and is kept to have been made', async () => {
  const zoe = customer('Zoelle');
  await known(zoe);
  await converse(zoe, 'c-zoe');
  noted.length = 0;
  const deps = privacyDeps();
  const found = await exportCustomer(deps, TENANT, ADMIN, zoe.id);
  expect(found).toMatchObject({
    customerId: zoe.id,
    customer: { name: zoe.name },
    conversations: [
      {
        id: 'c-zoe',
        state: { owner: 'agent:ann' },
        messages: [{ text: zoe.said }, { text: `I call ${zoe.phone}` }],
        assists: [{ turnId: 'trn_x_1' }],
        feedback: [{ event: 'edited' }],
        wrapUps: [{ wrapUp: { note: zoe.note } }],
      },
    ],
  });
  expect(noted).toEqual([
    { action: 'customer.export', subject: deps.pseudonym(TENANT, zoe.id), detail: '1 conversations' },
  ]);
  // What lies behind the end of a page of the table is there as well.
  const place = ConversationId.parse('c-zoe');
  for (let n = 0; n < 4; n += 1) {
    const one = message(`long-${n}`, 'customer', 'x');
    const item = { ...keys.messageKey(TENANT, place, one.id), message: JSON.stringify(one), fill: 'x'.repeat(350_000) };
    await putItem(test_.table, item);
  }
  expect((await deps.store.page(TENANT, place, undefined)).after).toBeDefined();
  expect((await exportCustomer(deps, TENANT, ADMIN, zoe.id)).conversations[0]?.messages).toHaveLength(6);
  const stranger = await exportCustomer(deps, TENANT, ADMIN, CustomerId.parse('nobody'));
  expect(stranger.conversations).toEqual([]);
  expect(DAY).toBe('2026-11-22');
});
