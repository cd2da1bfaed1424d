import type { Assist } from '../domain/assist.ts';
import type { PreviewRequest } from '../domain/contract/preview.ts';
import { Customer } from '../domain/customer.ts';
import { CuecardError } from '../domain/error.ts';
import type { Explanation } from '../domain/explanation.ts';
import { type AssistId, ConversationId, MessageId, type ReleaseId, type TenantId } from '../domain/ids.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { StoredAssist } from '../ports/conversations.ts';
import type { Densified } from './dense.ts';
import { respondExplained } from './explain/explain.ts';
import type { Opened } from './flow.ts';
import { assistId, parseReplayId } from './ids.ts';
import { productsOfThen, readReplayInputs } from './replay.ts';
import { respond } from './respond.ts';
import { resituate } from './situate.ts';
import type { ReadProducts, Situation } from './situation.ts';

export type PreviewDeps = {
  tenant(id: TenantId): Promise<Tenant | undefined>;
  /** What is live now, read consistently, or a release by its id, with the catalogue that is live or lay at the key. */
  library(tenant: TenantId, release?: ReleaseId, catalogKey?: string): Promise<Opened>;
  readProducts(tenant: TenantId): ReadProducts;
  densify(situation: Situation): Promise<Densified>;
  /** A live assist with what it was computed from. */
  assist(tenant: TenantId, id: AssistId): Promise<StoredAssist | undefined>;
  now(): number;
};

const CONVERSATION = ConversationId.parse('preview');
const MESSAGE = MessageId.parse('preview');

const monotonic = (): number => performance.now();

function situationOf(request: PreviewRequest, tenant: Tenant, now: number): Omit<Situation, 'knowledge' | 'catalog'> {
  const at = request.at === undefined ? now : Date.parse(request.at);
  const text = request.text === undefined ? [] : [{ kind: 'text' as const, text: request.text }];
  const customer =
    request.customer === undefined
      ? undefined
      : Customer.parse({ id: 'preview', ...request.customer, updatedAt: new Date(at).toISOString() });
  return {
    tenant,
    customer,
    conversationId: CONVERSATION,
    turn: { id: 'trn_preview', revision: 1, messageIds: [MESSAGE], parts: [...text, ...(request.parts ?? [])] },
    customerSeq: 1,
    history: request.history,
    owner: request.owner,
    firstContact: request.history.length === 0,
    sent: [],
    language: request.language,
    shop: request.shop,
    channel: request.channel,
    at,
    degraded: [],
  };
}

async function tenantOf(deps: PreviewDeps, id: TenantId): Promise<Tenant> {
  const tenant = await deps.tenant(id);
  if (tenant === undefined) throw new CuecardError('not_found', `no tenant ${id}`);
  return tenant;
}

/** A live assist as it was stored. Raises `not_found`, and says so where a later revision of its turn has taken its place. */
async function storedAssist(deps: PreviewDeps, id: TenantId, replay: string): Promise<StoredAssist> {
  const key = parseReplayId(replay);
  const stored = key && (await deps.assist(id, assistId(key.conversationId, key.turnId, key.revision)));
  if (stored === undefined) throw new CuecardError('not_found', 'no assist to replay under this id');
  if (stored.assist.replay === replay) return stored;
  throw new CuecardError(
    'not_found',
    `no assist to replay under this id: the turn's latest is ${stored.assist.replay}`,
  );
}

/** Made without reading the turn, which was withdrawn or could not be read: there is nothing to compute again. */
const wasUnread = ({ assist, inputs }: StoredAssist): boolean =>
  assist.degraded.includes('assist') || Object.keys(inputs ?? {}).length === 0;

type Previewed = Assist & { explanation?: Explanation };

/**
 * What the live run had at hand: its release, its catalogue, its settings, its vectors and its products. With a `release`
 * of the caller's the same turn is asked of that one, with vectors of its own.
 */
async function replayed(deps: PreviewDeps, id: TenantId, request: PreviewRequest, replay: string): Promise<Previewed> {
  const stored = await storedAssist(deps, id, replay);
  if (wasUnread(stored)) return request.explain ? { ...stored.assist, explanation: { asked: [] } } : stored.assist;
  const inputs = readReplayInputs(stored.inputs);
  const { release } = stored.assist;
  const [tenant, library] = await Promise.all([
    tenantOf(deps, id),
    deps.library(id, request.release ?? release, inputs.catalogKey),
  ]);
  const hadNone = inputs.products !== undefined && inputs.catalogKey === undefined;
  const without = hadNone || inputs.degraded.some((what) => what === 'snapshot' || what === 'catalog');
  const situation = resituate(inputs, tenant, without ? { ...library, catalog: undefined } : library);
  const isOther = request.release !== undefined && request.release !== release;
  const asked = isOther ? { ...situation, ...(await deps.densify(situation)) } : situation;
  return answer(request, asked, productsOfThen(inputs, stored.assist) ?? deps.readProducts(id));
}

/** Explains only when asked to: nothing of it is computed otherwise. */
function answer({ explain }: PreviewRequest, situation: Situation, read: ReadProducts): Promise<Previewed> {
  return explain ? respondExplained(situation, read, monotonic) : respond(situation, read, monotonic);
}

/** The assist a message would get: the same code on the same snapshot as production, with nothing written. */
export async function preview(deps: PreviewDeps, id: TenantId, request: PreviewRequest): Promise<Previewed> {
  if (request.replay !== undefined) return replayed(deps, id, request, request.replay);
  const [tenant, library] = await Promise.all([tenantOf(deps, id), deps.library(id, request.release)]);
  const situation = { ...situationOf(request, inMode(tenant, request), deps.now()), ...library };
  const { dense, degraded } = await deps.densify(situation);
  const lacking = [...(library.degraded ?? []), ...degraded];
  return answer(request, { ...situation, dense, degraded: lacking }, deps.readProducts(id));
}

const inMode = (tenant: Tenant, { mode }: PreviewRequest): Tenant =>
  mode === undefined ? tenant : { ...tenant, settings: { ...tenant.settings, mode } };
