import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type DraftDeps, draftReply } from '../../../lib/assist/draft/reply.ts';
import { summary } from '../../../lib/assist/draft/summary.ts';
import { respond } from '../../../lib/assist/respond.ts';
import { replayInputs } from '../../../lib/assist/situate.ts';
import type { Assist } from '../../../lib/domain/assist.ts';
import { toMessage } from '../../../lib/domain/inbound.ts';
import type { ProductCard } from '../../../lib/domain/product.ts';
import type { StoredAssist } from '../../../lib/ports/conversations.ts';
import type { Drafter } from '../../../lib/ports/models.ts';
import { assistOf, created, START } from '../../support/conversation.ts';
import { AT, entry, knowledgeOf, readProducts, situationOf, tenantWith } from '../assist/fixture.ts';

type Attempt = { place: 'customer' | 'knowledge' | 'product'; text: string; gullible: string };
const read = (language: string): { authored: string; attempts: Attempt[] } =>
  parse(readFileSync(new URL(`../../data/injections.${language}.yaml`, import.meta.url), 'utf8'));

const QUESTIONS = { zh: '怎么退货', en: 'How do I return an item?' };
const tenant = tenantWith();

async function assisted(language: 'zh' | 'en', authored: string): Promise<StoredAssist> {
  const knowledge = knowledgeOf([
    entry({ id: 'return.how', language, question: QUESTIONS[language], answers: [{ text: authored }] }),
    entry({ id: 'other', language, question: language === 'zh' ? '营业时间' : 'Opening hours' }),
  ]);
  const situation = situationOf(QUESTIONS[language], { knowledge });
  const assist = await respond(situation, readProducts);
  expect(assist.suggestions[0]?.text).toBe(authored);
  return { assist, inputs: JSON.parse(JSON.stringify(replayInputs(situation))) };
}

const card = (title: string): ProductCard => ({
  productId: 'p1' as ProductCard['productId'],
  title,
  reason: 'mentioned',
  score: 0.9,
  factsAt: new Date(AT).toISOString(),
});

function attacked(stored: StoredAssist, { place, text }: Attempt): StoredAssist {
  const { assist } = stored;
  const inputs = stored.inputs as { turn: { parts: { kind: string; text: string }[] } };
  if (place === 'customer') {
    const parts = [...inputs.turn.parts, { kind: 'text', text }];
    return { assist, inputs: { ...inputs, turn: { ...inputs.turn, parts } } };
  }
  const suggestions = assist.suggestions.map((one) => ({ ...one, text: `${one.text}\n${text}` }));
  const changed: Assist = place === 'knowledge' ? { ...assist, suggestions } : { ...assist, cards: [card(text)] };
  return { assist: changed, inputs };
}

/** Writes what it is told to, whoever tells it; remembers what it was asked. */
function obedient(reply: string): { drafter: Drafter; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    drafter: {
      draft: async (_tenant, request) => {
        asked.push(request.instructions);
        return { kind: 'ok', value: request.schema.parse({ reply }) };
      },
    },
  };
}

const depsOf = (stored: StoredAssist | undefined, drafter: Drafter | undefined): DraftDeps => ({
  readTenant: async () => tenant,
  conversations: { assist: async () => stored },
  drafter: async () => drafter,
  productsIn: async () => [],
});

const ask = (stored: StoredAssist, drafter: Drafter | undefined) =>
  draftReply(depsOf(stored, drafter), tenant.id, stored.assist.id, { tone: 'plain' });

describe.each(['zh', 'en'] as const)('%s: a model that obeys whoever writes to it changes nothing', (language) => {
  const { authored, attempts } = read(language);
  test.each(attempts)('$place: $text', async (attempt) => {
    const stored = attacked(await assisted(language, authored), attempt);
    const { drafter, asked } = obedient(attempt.gullible);
    const given = await ask(stored, drafter);
    expect(given).toMatchObject({ kind: 'authored', text: stored.assist.suggestions[0]?.text });
    expect(['injection', 'ungrounded']).toContain(given.reason);
    for (const instructions of asked) expect(instructions).not.toContain(attempt.text);
  });
});

describe('a draft', () => {
  const { authored } = read('zh');
  const honest = '亲，签收后七天内可以申请退货哦，吊牌要保持完整。';

  test('is shown when the sources say all of it, and cites them', async () => {
    const stored = await assisted('zh', authored);
    const given = await ask(stored, obedient(honest).drafter);
    expect(given).toEqual({ kind: 'draft', text: honest, sources: [stored.assist.suggestions[0]?.source] });
  });

  test('that names a product of the shop which no source and no customer named is dropped', async () => {
    const { authored: english } = read('en');
    const stored = await assisted('en', english);
    const words = 'You can return the thermal mug within 30 days of delivery, unworn and with its tags on.';
    const naming = { ...depsOf(stored, obedient(words).drafter), productsIn: async () => ['thermal mug'] };
    const given = await draftReply(naming, tenant.id, stored.assist.id, { tone: 'plain' });
    expect(given).toMatchObject({ kind: 'authored', claims: [{ kind: 'product', text: 'thermal mug' }] });
    const plain = await ask(stored, obedient(words).drafter);
    expect(plain).toMatchObject({ kind: 'draft', text: words });
  });

  test('in another language than its answer is dropped', async () => {
    const stored = await assisted('zh', authored);
    const given = await ask(stored, obedient('You can return it within 7 days.').drafter);
    expect(given).toMatchObject({ kind: 'authored', reason: 'ungrounded' });
  });

  test.each(['over_budget', 'timeout', 'failed', 'not_configured'] as const)(
    'says why there is none: %s',
    async (reason) => {
      const drafter: Drafter = { draft: async () => ({ kind: 'unavailable', reason }) };
      expect(await ask(await assisted('zh', authored), drafter)).toMatchObject({
        kind: 'authored',
        text: authored,
        reason,
      });
    },
  );

  test('without a model is the authored text', async () => {
    expect(await ask(await assisted('zh', authored), undefined)).toMatchObject({
      text: authored,
      reason: 'not_configured',
    });
  });

  test('is nothing in shadow mode: an agent is not shown what would have been suggested', async () => {
    const stored = await assisted('zh', authored);
    const shadow = {
      ...depsOf(stored, obedient(honest).drafter),
      readTenant: async () => tenantWith({ mode: 'shadow' }),
    };
    expect(await draftReply(shadow, tenant.id, stored.assist.id, { tone: 'plain' })).toMatchObject({
      text: '',
      reason: 'no_source',
    });
  });

  test('of an assist that is not there is refused', async () => {
    await expect(draftReply(depsOf(undefined, undefined), tenant.id, 'nonsense', { tone: 'plain' })).rejects.toThrow(
      'no assist',
    );
  });
});

describe('a summary', () => {
  const message = toMessage(created('m1', 'where is my order 3130210989?').data, START);
  const messageId = message.id;
  const assist = assistOf({ id: 'trn_1', startSeq: 1, revision: 1, messageIds: [messageId] });
  const input = { messages: [message], assists: [assist], customer: undefined };
  const deps = (points: object[]) => ({
    read: async () => input,
    productsIn: async (_: unknown, text: string) => (text.includes('kettle') ? ['kettle'] : []),
    drafter: async (): Promise<Drafter> => ({
      draft: async (_tenant, { schema }) => ({ kind: 'ok', value: schema.parse({ points }) }),
    }),
  });

  test('keeps the points that their messages bear out', async () => {
    const good = { kind: 'wanted', text: 'Asks where order 3130210989 is', messageIds: ['m1'] };
    const invented = { kind: 'fact', text: 'Was promised a refund of $20', messageIds: ['m1'] };
    const elsewhere = { kind: 'wanted', text: 'Asks where the kettle of order 3130210989 is', messageIds: ['m1'] };
    const foreign = { kind: 'fact', text: 'Asks where order 3130210989 is', messageIds: ['m7'] };
    expect(await summary(deps([good, invented, elsewhere, foreign]), tenant.id)).toEqual({
      kind: 'drafted',
      points: [good],
    });
  });

  test('is the rules’ when no point holds or no model is there', async () => {
    const wanted = { kind: 'wanted', text: message.text, messageIds: ['m1'] };
    const invented = { kind: 'fact', text: 'VIP since 2019', messageIds: ['m1'] };
    const dropped = await summary(deps([invented]), tenant.id);
    expect(dropped).toMatchObject({ kind: 'rules', reason: 'ungrounded' });
    expect(dropped.points).toContainEqual(wanted);
    const without = await summary({ ...deps([]), drafter: async () => undefined }, tenant.id);
    expect(without).toMatchObject({ kind: 'rules', reason: 'not_configured' });
  });
});
