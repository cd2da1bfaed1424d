import type OpenAI from 'openai';
import { CuecardError } from '../../domain/error.ts';
import { createMasker } from '../../domain/personal-data/mask.ts';
import type { Drafter, DraftRequest } from '../../ports/models.ts';
import { type Budget, estimateTokens } from '../provider/budget.ts';
import { type Call, calling, type Given, type Policy, type Provider, type Until, within } from '../provider/call.ts';
import { type Reply, readChat, readChatStream, readResponse, readResponseStream } from './draft-reply.ts';
import { chatBody, MAX_REPLY_TOKENS, type Prompt, responsesBody, toPrompt } from './draft-request.ts';
import { judgeOpenAI } from './judge.ts';
import { growing } from './text-fields.ts';

export type DrafterDeps = {
  /** With its own retries off. */
  client: OpenAI;
  provider: Provider;
  budget: Budget;
  model: string;
  /** Which of the two APIs the server speaks: compatible ones mostly chat completions. */
  api: 'responses' | 'chat';
};

type OnJson = (soFar: string) => void;

const responding =
  ({ client, model }: DrafterDeps, prompt: Prompt, onJson: OnJson | undefined): Call<Reply> =>
  async (signal, timeout) => {
    const body = responsesBody(model, prompt);
    const options = { signal, timeout, maxRetries: 0 };
    if (onJson === undefined) return readResponse(await client.responses.create(body, options));
    return readResponseStream(await client.responses.create({ ...body, stream: true }, options), onJson);
  };

const chatting =
  ({ client, model }: DrafterDeps, prompt: Prompt, onJson: OnJson | undefined): Call<Reply> =>
  async (signal, timeout) => {
    const body = chatBody(model, prompt);
    const options = { signal, timeout, maxRetries: 0 };
    if (onJson === undefined) return readChat(await client.chat.completions.create(body, options));
    const streamed = { ...body, stream: true as const, stream_options: { include_usage: true } };
    return readChatStream(await client.chat.completions.create(streamed, options), onJson);
  };

/** Every text within a parsed value, put back; keys are ours and stay. */
function restored(value: unknown, restore: (text: string) => string): unknown {
  if (typeof value === 'string') return restore(value);
  if (Array.isArray(value)) return value.map((one) => restored(one, restore));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, restored(one, restore)]));
}

/** Compatible servers wrap JSON in a code fence. Raises `unavailable` when there is none. */
function parseJson(text: string): unknown {
  const bare = text.trim().replace(/^```(?:json)?\s*|\s*```$/g, '');
  try {
    return JSON.parse(bare);
  } catch {
    throw new CuecardError('unavailable', 'malformed reply: no JSON');
  }
}

/** A placeholder that may not be whole yet stays back until it is. */
const HALF_PLACEHOLDER = /[[【][^\]】]{0,20}$/;

async function draft<T>(
  deps: DrafterDeps,
  tenant: Parameters<Drafter['draft']>[0],
  request: DraftRequest<T>,
  onText: ((field: string, soFar: string) => void) | undefined,
  until: Until,
): Promise<Given<T>> {
  const { provider, api, budget } = deps;
  const masker = createMasker(request.person);
  const prompt = toPrompt(request, masker.mask);
  const shown = (text: string): string => masker.restore(text.replace(HALF_PLACEHOLDER, ''));
  const onJson = onText === undefined ? undefined : growing(shown, onText);
  const call = (api === 'responses' ? responding : chatting)(deps, prompt, onJson);
  const policy: Policy = { attempts: 3, attemptMs: 60_000, judge: (error) => judgeOpenAI(error, provider.time.now()) };
  const estimate = estimateTokens(prompt.system) + estimateTokens(prompt.user) + MAX_REPLY_TOKENS;
  const spend = () => calling(provider, policy, until, call);
  const given = await budget.spending(tenant, estimate, spend, ({ tokens }) => tokens);
  if (given.kind !== 'ok') return given;
  // A reply of the wrong shape has cost what it cost, so it is judged after it is counted; within() makes it `failed`.
  return { kind: 'ok', value: request.schema.parse(restored(parseJson(given.value.json), masker.restore)) };
}

/** Drafts from OpenAI or a compatible server, by structured output. */
export function openaiDrafter(deps: DrafterDeps): Drafter {
  return {
    draft: (tenant, request, { deadlineMs, onText }) =>
      within(deps.provider, deadlineMs, (until) => draft(deps, tenant, request, onText, until)),
  };
}
