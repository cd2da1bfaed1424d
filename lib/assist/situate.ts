/** From what is stored to the situation that an assist depends on, and back again for a replay. */
import { factsShown } from '../domain/asked-facts.ts';
import type { Head, Turn } from '../domain/conversation.ts';
import type { Customer } from '../domain/customer.ts';
import type { Message, Part } from '../domain/message.ts';
import type { Product } from '../domain/product.ts';
import type { Tenant } from '../domain/tenant.ts';
import { transcript } from '../handoff/package.ts';
import { lastSeqOf } from '../handoff/turn.ts';
import type { Opened } from './flow.ts';
import type { Line, Situation } from './situation.ts';

/** Lines before the turn that an assist may read, and how much of each. */
const MAX_HISTORY = 20;
const MAX_LINE = 1_000;
/** An assist reads 4,000 characters of a turn; what it was computed from is stored with it. */
const MAX_TURN_TEXT = 8_000;

export type SituateInput = {
  tenant: Tenant;
  opened: Opened;
  customer: Customer | undefined;
  head: Head;
  turn: Turn;
  messages: readonly Message[];
  at: number;
  degraded: readonly string[];
  /** Topics of the peak that is on. */
  peak?: readonly string[];
};

export function situate(input: SituateInput): Situation {
  const { tenant, opened, customer, head, turn, messages, at, degraded, peak = [] } = input;
  const ids = new Set<string>(turn.messageIds);
  const own = messages.filter((message) => ids.has(message.id) && message.recalled !== true);
  const newest = own.at(-1);
  return {
    tenant,
    knowledge: opened.knowledge,
    catalog: opened.catalog,
    catalogKey: opened.catalogKey,
    customer,
    conversationId: head.id,
    turn: { id: turn.id, revision: turn.revision, messageIds: turn.messageIds, parts: readable(own) },
    customerSeq: lastSeqOf(head, turn),
    history: historyBefore(own[0], transcript(head, messages)),
    owner: head.owner,
    firstContact: turn.startSeq === 1,
    sent: head.sent,
    language: newest?.language ?? head.language,
    shop: newest?.shop ?? head.shop,
    channel: newest?.channel ?? head.channel,
    at,
    degraded: [...new Set([...degraded, ...(opened.degraded ?? [])])],
    ...(peak.length === 0 ? {} : { peak }),
    ...(head.selfServed === true ? { selfServed: true } : {}),
  };
}

/** The turn's parts in order, as far as anybody reads. */
function readable(messages: readonly Message[]): Part[] {
  let left = MAX_TURN_TEXT;
  return messages
    .flatMap((message) => message.parts)
    .map((part) => {
      const text = part.text?.slice(0, left);
      left -= text?.length ?? 0;
      return text === undefined ? part : { ...part, text };
    });
}

/** What was said before the turn's first message; all of it when that lies further back than what was loaded. */
function historyBefore(first: Message | undefined, messages: readonly Message[]): Line[] {
  const at = first === undefined ? -1 : messages.findIndex((message) => message.id === first.id);
  return messages
    .slice(0, at === -1 ? messages.length : at)
    .filter((message) => message.recalled !== true)
    .slice(-MAX_HISTORY)
    .map(({ author, text, parts }) => {
      const products = parts.flatMap(({ kind, productId = '' }) =>
        kind === 'product_card' && productId !== '' ? [productId] : [],
      );
      const shown = author.type === 'customer' ? factsShown(parts) : [];
      return {
        author: author.type,
        text: text.slice(0, MAX_LINE),
        ...(products.length === 0 ? {} : { products }),
        ...(shown.length === 0 ? {} : { shown }),
      };
    });
}

/** A situation without what is too large to keep; the release is named by the assist. */
export type ReplayInputs = Omit<Situation, 'tenant' | 'knowledge' | 'catalog'> & {
  settings: Tenant['settings'];
  /** The products that were read, as they were; `null`: they could not be read. */
  products?: readonly Product[] | null | undefined;
};

export function replayInputs({ tenant, knowledge: _, catalog: __, ...inputs }: Situation): ReplayInputs {
  return { ...inputs, settings: decisive(tenant.settings) };
}

/** A year's holidays are kept with the tenant, not with every assist: no decision depends on the hours. */
function decisive(settings: Tenant['settings']): Tenant['settings'] {
  if (settings.routing === undefined) return settings;
  const { hours: _, sla: __, ...routing } = settings.routing;
  return { ...settings, routing };
}

/** The situation as it was, with the tenant's settings of then and the release that the assist names. */
export function resituate(
  { settings, products: _, ...inputs }: ReplayInputs,
  tenant: Tenant,
  opened: Opened,
): Situation {
  return { ...inputs, tenant: { ...tenant, settings }, knowledge: opened.knowledge, catalog: opened.catalog };
}
