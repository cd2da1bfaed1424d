/**
 * The control plane, in two requests of our own: the client's (9.0) makes and describes indexes by a later contract than
 * `API_VERSION` and does not read this one's answers.
 */
import * as z from 'zod';
import { CuecardError } from '../../domain/error.ts';
import { type Given, type Until, unavailable } from '../provider/call.ts';
import type { Codec } from './codec.ts';
import { API_VERSION, type Fetch, type PineconeDeps, speaking } from './speak.ts';

const Description = z.object({
  host: z.string().min(1),
  dimension: z.number().nullish(),
  vector_type: z.string().nullish(),
  status: z.object({ ready: z.boolean(), state: z.string() }),
});
type Description = z.infer<typeof Description>;

type Request = { method: 'GET' | 'POST'; path: string; body?: unknown };

/** The answer's JSON, undefined when there is no such index. Raises on every other status but `tolerated`. */
async function ask(
  { place }: PineconeDeps,
  fetch: Fetch,
  { method, path, body }: Request,
  tolerated?: number,
): Promise<unknown> {
  const response = await fetch(new URL(path, place.controller), {
    method,
    headers: {
      'Api-Key': place.apiKey,
      'X-Pinecone-Api-Version': API_VERSION,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.ok) return response.json();
  await response.body?.cancel();
  if (response.status === 404 || response.status === tolerated) return undefined;
  throw new Error(`status ${response.status}`);
}

/** The index, or undefined when there is none of its name. */
const describe = (deps: PineconeDeps, until: Until): Promise<Given<Description | undefined>> =>
  speaking(deps, until, async (fetch) => {
    const answer = await ask(deps, fetch, { method: 'GET', path: `/indexes/${deps.place.name}` });
    return answer === undefined ? undefined : Description.parse(answer);
  });

/** Somebody else's making it at the same moment (409) is as good. */
function create<Vector>(deps: PineconeDeps, codec: Codec<Vector>, until: Until): Promise<Given<unknown>> {
  const { name, cloud, region } = deps.place;
  const body = { name, ...codec.definition, spec: { serverless: { cloud, region } } };
  return speaking(deps, until, (fetch) => ask(deps, fetch, { method: 'POST', path: '/indexes', body }, 409));
}

/** An index of another kind or dimension is not ours to write to. */
function checked<Vector>(found: Description, { definition }: Codec<Vector>): void {
  const kind = found.vector_type ?? 'dense';
  if (kind !== definition.vector_type) throw new CuecardError('unavailable', `a ${kind} index`);
  if ((found.dimension ?? undefined) !== definition.dimension) {
    throw new CuecardError('unavailable', `an index of ${found.dimension} dimensions`);
  }
}

const READY_POLL_MS = 1_000;

/** Where the index is reached, once it is ready. Raises when it is not of the codec's kind. */
async function readyAt<Vector>(deps: PineconeDeps, codec: Codec<Vector>, until: Until) {
  const found = await describe(deps, until);
  if (found.kind !== 'ok') return found;
  if (found.value?.status.ready === true) checked(found.value, codec);
  const state = found.value === undefined ? 'none' : found.value.status.ready ? 'ready' : 'coming';
  return { kind: 'ok' as const, value: { state, host: found.value?.host ?? '' } as const };
}

/** The host of an index that is there and ready. */
export async function hostOf<Vector>(deps: PineconeDeps, codec: Codec<Vector>, until: Until): Promise<Given<string>> {
  const found = await readyAt(deps, codec, until);
  if (found.kind !== 'ok') return found;
  return found.value.state === 'ready' ? { kind: 'ok', value: found.value.host } : unavailable('failed');
}

/** As `hostOf`, but makes the index when there is none, and waits until it is ready. */
export async function madeHostOf<Vector>(
  deps: PineconeDeps,
  codec: Codec<Vector>,
  until: Until,
): Promise<Given<string>> {
  const { now, sleep } = deps.provider.time;
  while (now() < until) {
    const found = await readyAt(deps, codec, until);
    if (found.kind !== 'ok') return found;
    if (found.value.state === 'ready') return { kind: 'ok', value: found.value.host };
    const asked = found.value.state === 'none' ? await create(deps, codec, until) : found;
    if (asked.kind !== 'ok') return asked;
    await sleep(READY_POLL_MS);
  }
  return unavailable('timeout');
}
