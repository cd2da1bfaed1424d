import type { Assist } from '../domain/assist.ts';
import type { PreviewRequest } from '../domain/contract/preview.ts';
import { Customer } from '../domain/customer.ts';
import { CuecardError } from '../domain/error.ts';
import { type AssistId, ConversationId, MessageId, type ReleaseId, type TenantId } from '../domain/ids.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { StoredAssist } from '../ports.ts';
import type { Densified } from './dense.ts';
import { assistId, parseReplayId } from './ids.ts';
import { readReplayInputs } from './replay.ts';
import { respond } from './respond.ts';
import { resituate } from './situate.ts';
import type { Catalog, Knowledge, ReadProducts, Situation } from './situation.ts';

export type PreviewDeps = {
  tenant(id: TenantId): Promise<Tenant | undefined>;
  /** What is live now, read consistently, or a release by its id. */
  library(
    tenant: TenantId,
    release?: ReleaseId,
  ): Promise<{ knowledge: Knowledge | undefined; catalog: Catalog | undefined }>;
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

async function replayed(deps: PreviewDeps, id: TenantId, replay: string): Promise<Assist> {
  const key = parseReplayId(replay);
  const stored = key && (await deps.assist(id, assistId(key.conversationId, key.turnId, key.revision)));
  if (stored === undefined || stored.assist.replay !== replay) {
    throw new CuecardError('not_found', 'no assist to replay under this id');
  }
  const inputs = readReplayInputs(stored.inputs);
  const [tenant, library] = await Promise.all([tenantOf(deps, id), deps.library(id, stored.assist.release)]);
  return respond(resituate(inputs, tenant, library), deps.readProducts(id), monotonic);
}

/** The assist a message would get: the same code on the same snapshot as production, with nothing written. */
export async function preview(deps: PreviewDeps, id: TenantId, request: PreviewRequest): Promise<Assist> {
  if (request.replay !== undefined) return replayed(deps, id, request.replay);
  const [tenant, library] = await Promise.all([tenantOf(deps, id), deps.library(id, request.release)]);
  const situation = { ...situationOf(request, tenant, deps.now()), ...library };
  return respond({ ...situation, ...(await deps.densify(situation)) }, deps.readProducts(id), monotonic);
}
