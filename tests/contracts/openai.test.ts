/** Every request of ours and every answer of the stand-in, held against OpenAI's published contract. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { startOpenAI } from '../support/openai-server.ts';
import { hasContract, openContract } from '../support/prism-contract.ts';
import type { Exchange } from '../support/provider-server.ts';
import { DIMENSIONS, openaiRig, TENANT } from '../support/providers.ts';

const CONTRACT = 'openai-2026-08.yaml';
const there = hasContract(CONTRACT);
if (!there) console.warn(`skipped: no ../shared/contracts/${CONTRACT} beside the repository`);

const Reply = z.object({ text: z.string().max(500), sources: z.array(z.string()), note: z.string().nullable() });
const JSON_REPLY = JSON.stringify({ text: 'On its way', sources: ['order.status'], note: null });
const request = {
  name: 'reply',
  instructions: 'Answer from the documents.',
  data: [{ label: 'customer', text: 'where is it?' }],
  schema: Reply,
};
/**
 * The contract lets a request ask for base64 and describes the answer as numbers only: the same numbers are held against
 * it, each text decoded.
 */
function inNumbers(exchange: Exchange): Exchange {
  const body = z
    .object({ data: z.array(z.looseObject({ embedding: z.string() })) })
    .loose()
    .safeParse(exchange.answered.body);
  if (!body.success) return exchange;
  const data = body.data.data.map((row) => ({ ...row, embedding: decode(row.embedding) }));
  return { ...exchange, answered: { ...exchange.answered, body: { ...body.data, data } } };
}

function decode(text: string): number[] {
  const bytes = Buffer.from(text, 'base64');
  return Array.from({ length: bytes.length / 4 }, (_, place) => bytes.readFloatLE(place * 4));
}

/** What is asked of it, and the events that a reply of text is made of; any other event breaks this part. */
const PART = {
  paths: ['/embeddings', '/responses', '/chat/completions'],
  unions: { ResponseStreamEvent: ['ResponseCreatedEvent', 'ResponseTextDeltaEvent', 'ResponseCompletedEvent'] },
};

/** The document alone takes a dozen seconds to read, and longer on a busy machine. */
const PATIENCE_MS = 180_000;

describe.runIf(there)("OpenAI's contract", () => {
  let contract: Awaited<ReturnType<typeof openContract>>;
  let server: Awaited<ReturnType<typeof startOpenAI>>;

  beforeAll(async () => {
    contract = await openContract(CONTRACT, { base: '/v1', part: PART });
    server = await startOpenAI({ dimensions: DIMENSIONS, reply: () => JSON_REPLY });
    const { embedder } = openaiRig(server.url);
    const { embedder: shorter } = openaiRig(server.url, { sendDimensions: true });
    expect(await embedder.embed(TENANT, ['one', 'two'], { deadlineMs: 30_000, keep: false })).toMatchObject({
      kind: 'ok',
    });
    expect(await shorter.embed(TENANT, ['one'], { deadlineMs: 30_000, keep: false })).toMatchObject({ kind: 'ok' });
    for (const api of ['responses', 'chat'] as const) {
      const { drafter } = openaiRig(server.url, { api });
      const plain = await drafter.draft(TENANT, request, { deadlineMs: 30_000 });
      const streamed = await drafter.draft(TENANT, request, { deadlineMs: 30_000, onText: () => undefined });
      expect([plain, streamed]).toEqual(Array(2).fill({ kind: 'ok', value: JSON.parse(JSON_REPLY) }));
    }
  }, PATIENCE_MS);
  afterAll(() => server.stop());

  it(
    'is kept by every exchange, streams event by event',
    async () => {
      const broken = await Promise.all(
        server.exchanges.map(async (one) => ({ path: one.asked.path, is: await contract.violations(inNumbers(one)) })),
      );
      expect(broken.filter(({ is }) => is.length > 0)).toEqual([]);
      expect(server.exchanges.map(({ asked }) => asked.path)).toEqual([
        '/v1/embeddings',
        '/v1/embeddings',
        '/v1/responses',
        '/v1/responses',
        '/v1/chat/completions',
        '/v1/chat/completions',
      ]);
    },
    PATIENCE_MS,
  );

  it(
    'is broken by a request without a model or a key, and by an answer or event of another shape',
    async () => {
      const at = (place: number): Exchange => {
        const found = server.exchanges[place];
        if (found === undefined) throw new Error(`no exchange ${place}`);
        return found;
      };
      const [plain, streamed] = [at(0), at(5)];
      const { authorization: _, ...headers } = plain.asked.headers;
      const wrong: Exchange[] = [
        { ...plain, asked: { ...plain.asked, body: { input: ['one'] } } },
        { ...plain, asked: { ...plain.asked, headers } },
        { ...plain, answered: { ...plain.answered, body: { data: [] } } },
        { ...streamed, answered: { ...streamed.answered, events: [{ object: 'chat.completion.chunk' }] } },
      ];
      for (const one of wrong) expect(await contract.violations(one)).not.toEqual([]);
    },
    PATIENCE_MS,
  );
});
