/**
 * A platform's event becomes durable and is answered for. Customers' messages are worked on afterwards; whatever
 * changes ownership holds before the platform gets its 2xx.
 */
import { createHash } from 'node:crypto';
import type { Head } from '../domain/conversation.ts';
import type { InboundEvent } from '../domain/event.ts';
import { MessageId, type TenantId } from '../domain/ids.ts';
import { unassistedTurns } from '../handoff/head.ts';
import type { StoredEvent } from '../ports/conversations.ts';
import { type ApplyDeps, applyDue, finishApplied, isCustomers } from './apply-due.ts';
import { type Changed, type FlowDeps, hint, type Place, tryStart } from './flow.ts';
import { type AfterChangeDeps, routeOn } from './routing/after-change.ts';

export type ReceiveDeps = ApplyDeps & AfterChangeDeps & Pick<FlowDeps, 'hintDesks'>;
export type Received = { duplicate: boolean; messageId: string };

/** The sweep leaves a fresh event this long to the function that `receive` starts. */
const START_GRACE_MS = 15_000;

/**
 * Takes one event. A retry of what was stored and not finished starts it again, so that a platform that insists is
 * always right to. Raises `unavailable` when the event is durable but its ownership could not be settled in time.
 */
export async function receive(
  deps: ReceiveDeps,
  tenant: TenantId,
  deliveryId: string,
  event: InboundEvent,
): Promise<Received> {
  const messageId = reportedId(deliveryId, event);
  const first = await deps.conversations.putDelivery(tenant, deliveryId, messageId, deps.now());
  if (first !== undefined && first !== messageId) return { duplicate: true, messageId: first };
  const conversation = event.data.conversationId;
  if (conversation === undefined) return takeCustomer(deps, tenant, event, messageId, first !== undefined);
  const stored: StoredEvent = {
    id: eventId(deliveryId, event),
    event,
    receivedAt: deps.now(),
    attempts: 0,
    delivery: deliveryId,
  };
  return take(deps, { tenant, conversation }, stored, messageId);
}

async function take(deps: ReceiveDeps, place: Place, stored: StoredEvent, messageId: string): Promise<Received> {
  const { tenant, conversation } = place;
  const put = await deps.conversations.receive(tenant, conversation, stored, stored.receivedAt + START_GRACE_MS);
  const duplicate = put === 'duplicate';
  if (duplicate && (await deps.conversations.due(tenant, conversation, stored.id)) === undefined) {
    return { duplicate, messageId };
  }
  if (isCustomers(stored)) await tryStart(deps, 'assist', { tenant, conversation, message: stored.id });
  else await apply(deps, place, stored.id);
  return { duplicate, messageId };
}

async function apply(deps: ReceiveDeps, place: Place, id: string): Promise<void> {
  const applied = await applyDue(deps, place, id);
  await finishApplied(deps, place, applied);
  await goOn(deps, place, applied);
}

/** Tells the desks of a change and starts what it leaves to do. */
export async function goOn(
  deps: AfterChangeDeps & Pick<FlowDeps, 'hintDesks'>,
  place: Place,
  { before, head }: Changed,
): Promise<void> {
  if (head === before) return;
  await hint(deps, place, { before, head }, head.owner === before.owner ? 'message' : 'owner');
  const again = newestAgain(head);
  if (again !== undefined) await tryStart(deps, 'assist', { ...place, message: again });
  else if (head.outbox.length > 0) await tryStart(deps, 'deliver', place);
  await routeOn(deps, place, { before, head });
}

const newestAgain = (head: Head): string | undefined =>
  unassistedTurns(head).findLast((turn) => turn.again === true)?.id;

/** News of a customer outside any conversation; merging them twice changes nothing. */
async function takeCustomer(
  { customers, now }: ReceiveDeps,
  tenant: TenantId,
  event: InboundEvent,
  messageId: string,
  duplicate: boolean,
): Promise<Received> {
  if (event.type === 'customer.updated') {
    await customers.merge(tenant, event.data.customer, new Date(now()).toISOString());
  }
  return { duplicate, messageId };
}

/** What the platform is told was accepted. */
const reportedId = (deliveryId: string, event: InboundEvent): string =>
  event.type === 'message.created' ? event.data.messageId : deliveryId;

/** Messages are known by their own id however often they are delivered, other events by their delivery. */
function eventId(deliveryId: string, event: InboundEvent): string {
  if (event.type === 'message.created') return event.data.messageId;
  const id = `evt:${deliveryId}`;
  return MessageId.safeParse(id).success ? id : `evt:${createHash('sha256').update(deliveryId).digest('hex')}`;
}
