import * as z from 'zod';
import { CuecardError } from '../../domain/error.ts';

/** What came back: the JSON as text, and the tokens used as far as the provider says. */
export type Reply = { json: string; tokens: number | undefined };

const failure = (why: string): CuecardError => new CuecardError('unavailable', why);

const Usage = z.object({ total_tokens: z.number().nullish() }).nullish();

const Responded = z.object({
  status: z.string().nullish(),
  output: z.array(
    z.object({
      type: z.string().nullish(),
      content: z.array(z.object({ type: z.string().nullish(), text: z.string().nullish() })).nullish(),
    }),
  ),
  usage: Usage,
});

/** Raises `unavailable` on a refusal or a reply that was cut off. */
export function readResponse(answer: unknown): Reply {
  const { status, output, usage } = Responded.parse(answer);
  if (typeof status === 'string' && status !== 'completed') throw failure(`reply ${status}`);
  const parts = output.filter(({ type }) => type === 'message').flatMap(({ content }) => content ?? []);
  if (parts.some(({ type }) => type === 'refusal')) throw failure('refused');
  const json = parts.map(({ text }) => text ?? '').join('');
  return { json, tokens: usage?.total_tokens ?? undefined };
}

const Chatted = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: Usage,
});

function checkFinish(reason: string | null | undefined): void {
  if (typeof reason === 'string' && reason !== 'stop') throw failure(`reply ended by ${reason}`);
}

/** Raises `unavailable` on a refusal or a reply that was cut off. */
export function readChat(answer: unknown): Reply {
  const { choices, usage } = Chatted.parse(answer);
  const [choice] = choices;
  if (typeof choice?.message.refusal === 'string') throw failure('refused');
  checkFinish(choice?.finish_reason);
  return { json: choice?.message.content ?? '', tokens: usage?.total_tokens ?? undefined };
}

const ResponseEvent = z.object({
  type: z.string(),
  delta: z.unknown().nullish(),
  response: z.unknown().nullish(),
});

/** Events of the Responses API. `onJson` gets all of the reply so far. Raises `unavailable`, or a zod error. */
export async function readResponseStream(
  events: AsyncIterable<unknown>,
  onJson: (soFar: string) => void,
): Promise<Reply> {
  let json = '';
  for await (const raw of events) {
    const { type, delta, response } = ResponseEvent.parse(raw);
    if (type === 'response.output_text.delta') {
      json += z.string().parse(delta);
      onJson(json);
    } else if (type === 'response.completed') {
      const whole = readResponse(response);
      return { json: whole.json === '' ? json : whole.json, tokens: whole.tokens };
    } else if (ENDS.has(type)) throw failure(`reply ended by ${type}`);
  }
  throw failure('the stream ended before the reply');
}

const ENDS = new Set(['error', 'response.failed', 'response.incomplete', 'response.refusal.done']);

const Chunk = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        delta: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish(),
      }),
    )
    .nullish(),
  usage: Usage,
});

/** Chunks of a chat completion; the last one may hold nothing but the usage. */
export async function readChatStream(chunks: AsyncIterable<unknown>, onJson: (soFar: string) => void): Promise<Reply> {
  let json = '';
  let tokens: number | undefined;
  let finished = false;
  for await (const raw of chunks) {
    const { choices, usage } = Chunk.parse(raw);
    const [choice] = choices ?? [];
    if (typeof choice?.delta?.refusal === 'string') throw failure('refused');
    checkFinish(choice?.finish_reason);
    finished ||= choice?.finish_reason === 'stop';
    tokens = usage?.total_tokens ?? tokens;
    const added = choice?.delta?.content ?? '';
    json += added;
    if (added !== '') onJson(json);
  }
  if (!finished) throw failure('the stream ended before the reply');
  return { json, tokens };
}
