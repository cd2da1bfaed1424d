/**
 * Everything that is kept of a customer, as it is: what they wrote, what was said to them, what was understood and noted.
 * Masked copies that the knowledge learns from cannot be told from anybody else's any more and say nothing that is not
 * in the messages here. What is too large for one answer is given in parts, straight from the table: no second copy of
 * a person's data is made for it.
 */
import * as z from 'zod';
import { CuecardError } from '../../domain/error.ts';
import { ConversationId, type CustomerId, type TenantId } from '../../domain/ids.ts';
import { type CustomerExport, EXPORT_TOO_LARGE } from '../../domain/privacy.ts';
import type { Caller } from '../../domain/tenant.ts';
import type { ConversationData } from '../../ports/privacy.ts';
import { viewOf } from '../desk.ts';
import { conversationsOf, type PrivacyDeps } from './erase.ts';

/** A page of the table holds a megabyte at most, which may come on top: gateways carry 4.4 of them. */
const PART_BYTES = 2_500_000;
/** In one answer, packed; more is not gathered at all. */
const WHOLE_BYTES = 24_000_000;

type Kept = CustomerExport['conversations'][number];
export type ExportWish = { inParts?: boolean | undefined; cursor?: string | undefined };

/** Where a part ended: before this conversation, or within it behind that key. */
const Place = z.object({ conversation: ConversationId, after: z.string().optional() });
type Place = z.infer<typeof Place>;

const written = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** Raises `invalid` for a cursor that no part gave. */
function placeOf(cursor: string): Place {
  try {
    return Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    const message = 'this cursor is of no part';
    throw new CuecardError('invalid', message, { cause, errors: [{ path: 'body.cursor', message }] });
  }
}

const keptOf = (id: ConversationId, { head, messages, assists, feedback, wrapUps }: ConversationData): Kept => ({
  id,
  ...(head === undefined ? {} : { state: viewOf(head) }),
  messages,
  assists: assists.map(({ assist }) => assist),
  feedback,
  wrapUps,
});

type Page = { kept: Kept; next: Place | undefined };

/** Conversation by conversation, page by page of the table, so that one that goes on for years is no more at once. */
async function* pages(
  { store }: PrivacyDeps,
  tenant: TenantId,
  ids: readonly ConversationId[],
  from: Place | undefined,
): AsyncIterable<Page> {
  for (const [at, conversation] of ids.entries()) {
    const following = ids[at + 1];
    const last = following === undefined ? undefined : { conversation: following };
    let after = from?.conversation === conversation ? from.after : undefined;
    do {
      const page = await store.page(tenant, conversation, after);
      after = page.after;
      yield { kept: keptOf(conversation, page.data), next: after === undefined ? last : { conversation, after } };
    } while (after !== undefined);
  }
}

/** Pages of one conversation become one again. */
function joined(all: readonly Kept[]): Kept[] {
  const byId = new Map<string, Kept>();
  for (const page of all) {
    const known = byId.get(page.id);
    if (known === undefined) byId.set(page.id, { ...page });
    else {
      Object.assign(known, page.state === undefined ? {} : { state: page.state });
      for (const list of ['messages', 'assists', 'feedback', 'wrapUps'] as const) {
        Object.assign(known, { [list]: [...known[list], ...page[list]] });
      }
    }
  }
  return [...byId.values()].map((one) => ({
    ...one,
    messages: one.messages.toSorted((a, b) => a.at.localeCompare(b.at)),
  }));
}

async function gather(
  deps: PrivacyDeps,
  tenant: TenantId,
  ids: readonly ConversationId[],
  { from, most }: { from: Place | undefined; most: number },
): Promise<{ conversations: Kept[]; next: Place | undefined }> {
  const all: Kept[] = [];
  let bytes = 0;
  for await (const { kept, next } of pages(deps, tenant, ids, from)) {
    all.push(kept);
    bytes += Buffer.byteLength(JSON.stringify(kept));
    if (bytes >= most && next !== undefined) return { conversations: joined(all), next };
  }
  return { conversations: joined(all), next: undefined };
}

/**
 * The whole, or, `inParts`, the first part or the one at `cursor`; the last has no `cursor`. Raises `too_large` for a
 * whole that no answer holds.
 */
export async function exportCustomer(
  deps: PrivacyDeps,
  tenant: TenantId,
  caller: Caller,
  id: CustomerId,
  { inParts = false, cursor }: ExportWish = {},
): Promise<CustomerExport> {
  const from = cursor === undefined ? undefined : placeOf(cursor);
  const isPart = inParts || from !== undefined;
  const [customer, found] = await Promise.all([deps.customers.get(tenant, id), conversationsOf(deps, tenant, id)]);
  const ids = found.toSorted().filter((one) => from === undefined || one >= from.conversation);
  const most = isPart ? PART_BYTES : WHOLE_BYTES;
  const { conversations, next } = await gather(deps, tenant, ids, { from, most });
  if (next !== undefined && !isPart) throw new CuecardError('too_large', EXPORT_TOO_LARGE);
  await deps.note(tenant, caller, 'customer.export', {
    subject: deps.pseudonym(tenant, id),
    detail: `${conversations.length} conversations${isPart ? ', a part' : ''}`,
  });
  return {
    format: 'cuecard-customer-1',
    exportedAt: new Date(deps.now()).toISOString(),
    customerId: id,
    ...(customer === undefined || from !== undefined ? {} : { customer }),
    conversations,
    ...(next === undefined ? {} : { cursor: written(next) }),
  };
}
