import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { Evaluation } from '../../lib/domain/evaluation.ts';
import { Explanation } from '../../lib/domain/explanation.ts';
import { poll } from '../../scripts/local/client.ts';
import { sharedStack } from '../support/shared-stack.ts';
import { PATIENCE_MS, type Shop } from '../support/shop.ts';
import type { SharedStack } from '../support/stack.ts';

const FILE = `id,question,similar_questions,answer
pay,How can I pay?,payment methods|which cards do you take|can i pay by visa,By card.
ship,When will it ship?,when do you send it|is it on its way|how long until dispatch,Within a day.
back,How do I return it?,send it back|return an item|i want to return something,By post.
`;
const ROWS = `问题,期望
which cards can I pay with,pay
when do you ship it,ship
how to return this,pay
what is the capital of Mongolia,none
anything,nobody
`;

let stack: SharedStack;
let shop: Shop;
beforeAll(async () => {
  stack = sharedStack();
  shop = await stack.newShop();
  await shop.imported('csv', FILE);
  await shop.release();
});

async function evaluated(file: string | object, query = ''): Promise<Evaluation> {
  const body = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  const begun = await shop.manage('POST', `/v1/knowledge/evaluations${query}`, body);
  const { id } = z.object({ id: z.string() }).parse(begun);
  const read = async () => {
    const run = Evaluation.parse(await shop.manage('GET', `/v1/knowledge/evaluations/${id}`));
    return run.status === 'done' || run.status === 'failed' ? run : undefined;
  };
  return poll(read, PATIENCE_MS, 'the evaluation');
}

test('questions are uploaded, asked as customers ask them, reported, compared and listed', async () => {
  const first = await evaluated(ROWS, '?name=first');
  expect(first).toMatchObject({
    name: 'first',
    status: 'done',
    figures: { rows: 4, recall1: 2 / 3 },
    rejected: [{ row: 6, column: 'expected', value: 'nobody' }],
  });
  expect(first.misses).toContainEqual(expect.objectContaining({ row: 4, expected: 'pay', got: 'back' }));
  const rows = [
    { question: 'how to return this', expected: 'back' },
    { question: 'when do you ship it', expected: 'ship' },
  ];
  const second = await evaluated({ rows, against: first.id });
  expect(second).toMatchObject({ status: 'done', missesTotal: 0, against: { id: first.id, shared: 1, lostTotal: 0 } });
  const { items } = z
    .object({ items: z.array(Evaluation) })
    .parse(await shop.manage('GET', '/v1/knowledge/evaluations'));
  expect(items.map(({ id }) => id)).toEqual([second.id, first.id]);
  const file = await fetch(`${stack.baseUrl}/v1/knowledge/evaluations/${first.id}/misses`, {
    headers: { authorization: `Bearer ${shop.keys.managerToken}` },
  });
  expect(file.headers.get('content-type')).toMatch(/text\/csv/);
  expect(await file.text()).toContain('how to return this,pay,back');
});

test('what a row got is what a customer gets, explained, and a live assist reopens with its reasons', async () => {
  const [question] = ['how to return this'];
  const live = await shop.ask(question ?? '');
  const told = await shop.manage('POST', '/v1/assist/preview', { replay: live.replay, explain: true });
  const { explanation } = z.object({ explanation: Explanation }).parse(told);
  const [candidate] = explanation.asked[0]?.candidates ?? [];
  expect(candidate).toMatchObject({ entryId: 'back', confidence: live.suggestions[0]?.confidence });
  expect(candidate?.matched?.ngrams.map(({ text }) => text)).toContain('return');
  expect(candidate?.answers).toMatchObject([{ text: 'By post.', holds: 'yes', chosen: true }]);
  const run = await evaluated({ rows: [{ question, expected: 'pay' }] });
  expect(run.misses[0]).toMatchObject({ got: 'back', confidence: candidate?.confidence });
});
