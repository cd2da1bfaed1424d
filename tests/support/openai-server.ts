/** OpenAI's embeddings, responses and chat completions as their contract says, checked in `tests/contracts`. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Answer, type Asked, startProviderServer } from './provider-server.ts';

const EmbeddingsBody = z.object({
  model: z.string(),
  input: z.array(z.string()),
  encoding_format: z.enum(['float', 'base64']).default('float'),
  dimensions: z.number().optional(),
});

export type OpenAIOptions = {
  dimensions: number;
  /** Some compatible servers answer floats whatever is asked for, without `index` and `usage`. */
  bare?: boolean;
  /** A text's vector; by its hash if nothing is given. */
  embed?: (text: string) => readonly number[];
  /** What the model says to a prompt, as JSON. */
  reply?: (asked: Asked) => string;
};

/** A text's vector: the same for the same text, of a length that is not 1. */
export function vectorOf(text: string, dimensions: number): number[] {
  const seed = createHash('sha256').update(text).digest();
  return Array.from({ length: dimensions }, (_, place) => {
    const byte = createHash('sha256').update(seed).update(String(place)).digest()[0] ?? 0;
    return Math.fround((byte - 127.5) / 64);
  });
}

const toBase64 = (vector: readonly number[]): string => {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [place, value] of vector.entries()) bytes.writeFloatLE(value, place * 4);
  return bytes.toString('base64');
};

/** Backwards, with `index` telling the order: a client that trusts positions is wrong. */
function embeddings({ body }: Asked, { dimensions, bare = false, embed }: OpenAIOptions): Answer {
  const { model, input, encoding_format, dimensions: wanted } = EmbeddingsBody.parse(body);
  const vectors = input.map((text) => embed?.(text) ?? vectorOf(text, wanted ?? dimensions));
  if (bare) return { body: { data: vectors.map((embedding) => ({ embedding })) } };
  const data = vectors.map((vector, index) => ({
    object: 'embedding',
    index,
    embedding: encoding_format === 'base64' ? toBase64(vector) : vector,
  }));
  const tokens = input.reduce((sum, text) => sum + Math.ceil(text.length / 4), 0);
  return {
    body: { object: 'list', model, data: data.toReversed(), usage: { prompt_tokens: tokens, total_tokens: tokens } },
  };
}

const AT = 1_790_000_000;
const pieces = (text: string): string[] => text.match(/[\s\S]{1,24}/gu) ?? [];

function response(json: string, status: 'completed' | 'in_progress', body: Record<string, unknown>) {
  const content = { type: 'output_text', text: json, annotations: [], logprobs: [] };
  const message = { type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: [content] };
  return {
    id: 'resp_1',
    object: 'response',
    created_at: AT,
    completed_at: status === 'completed' ? AT + 1 : null,
    status,
    error: null,
    incomplete_details: null,
    instructions: body['instructions'] ?? null,
    model: body['model'],
    output: status === 'completed' ? [message] : [],
    parallel_tool_calls: true,
    tool_choice: 'auto',
    tools: [],
    metadata: {},
    temperature: 1,
    top_p: 1,
    ...(status === 'completed'
      ? {
          usage: {
            input_tokens: 90,
            input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
            output_tokens: 10,
            output_tokens_details: { reasoning_tokens: 0 },
            total_tokens: 100,
          },
        }
      : {}),
  };
}

function responses(asked: Asked, json: string): Answer {
  const body = z.record(z.string(), z.unknown()).parse(asked.body);
  if (body['stream'] !== true) return { body: response(json, 'completed', body) };
  const deltas = pieces(json).map((delta, place) => ({
    type: 'response.output_text.delta',
    sequence_number: place + 1,
    item_id: 'msg_1',
    output_index: 0,
    content_index: 0,
    delta,
    logprobs: [],
  }));
  return {
    events: [
      { type: 'response.created', sequence_number: 0, response: response(json, 'in_progress', body) },
      ...deltas,
      {
        type: 'response.completed',
        sequence_number: deltas.length + 1,
        response: response(json, 'completed', body),
      },
    ],
  };
}

const USAGE = { prompt_tokens: 90, completion_tokens: 10, total_tokens: 100 };

function chat(asked: Asked, json: string): Answer {
  const body = z.record(z.string(), z.unknown()).parse(asked.body);
  const shared = { id: 'chatcmpl-1', created: AT, model: body['model'] };
  if (body['stream'] !== true) {
    const message = { role: 'assistant', content: json, refusal: null };
    const choices = [{ index: 0, message, finish_reason: 'stop', logprobs: null }];
    return { body: { ...shared, object: 'chat.completion', choices, usage: USAGE } };
  }
  const chunk = (delta: object, finish: string | null) => ({
    ...shared,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason: finish, logprobs: null }],
  });
  return {
    events: [
      chunk({ role: 'assistant', content: '' }, null),
      ...pieces(json).map((content) => chunk({ content }, null)),
      chunk({}, 'stop'),
      { ...shared, object: 'chat.completion.chunk', choices: [], usage: USAGE },
      '[DONE]',
    ],
  };
}

export function startOpenAI(options: OpenAIOptions) {
  const reply = (asked: Asked): string => options.reply?.(asked) ?? '{"text":"ok"}';
  return startProviderServer((asked) => {
    if (asked.path === '/v1/embeddings') return embeddings(asked, options);
    if (asked.path === '/v1/responses') return responses(asked, reply(asked));
    if (asked.path === '/v1/chat/completions') return chat(asked, reply(asked));
    return { status: 404, body: { error: { message: 'no such path', type: 'invalid_request_error' } } };
  });
}
