/** Everything of a customer in the one table, found by its keys and taken away. `tests/unit/privacy` knows every key. */
import * as z from 'zod';
import { Feedback } from '../../domain/feedback.ts';
import type { ConversationId, CustomerId, TenantId } from '../../domain/ids.ts';
import { KeptWrapUp } from '../../domain/wrap-up.ts';
import type { StoredAssist } from '../../ports/conversations.ts';
import type { ConversationData, PrivacyStore, TurnTexts } from '../../ports/privacy.ts';
import { forgetConversation } from './access-log.ts';
import { readHead } from './conversation-head.ts';
import { readMessage } from './conversation-items.ts';
import {
  customerConversationKey,
  customerKey,
  deliveryKey,
  evidenceKey,
  headKey,
  type Key,
  samplesPk,
} from './keys.ts';
import {
  batchGet,
  batchWrite,
  deleteItem,
  type Item,
  putItem,
  queryAll,
  queryPage,
  type Table,
  updateItem,
} from './table.ts';

/** A platform sends again for a day or two; so long is it known that a message was there. */
const TOMBSTONE_SECONDS = 7 * 86_400;
const ERASED = 'erased';
const DAY_MS = 86_400_000;

const keyOf = (item: Item): Key => ({ pk: String(item['pk']), sk: String(item['sk']) });
const text = (value: unknown): string[] => (typeof value === 'string' && value !== '' ? [value] : []);

const partition = (table: Table, pk: string): Promise<Item[]> =>
  queryAll(table, { key: { expression: 'pk = :pk', values: { ':pk': pk } }, consistent: true });

const Assisted = z.object({ body: z.string() });

function dataOf(items: readonly Item[]): ConversationData {
  const of = (prefix: string): Item[] => items.filter((item) => String(item['sk']).startsWith(prefix));
  return {
    head: readHead(items.find((item) => item['sk'] === 'head')),
    messages: of('msg#')
      .flatMap((item) => readMessage(item) ?? [])
      .toSorted((a, b) => a.at.localeCompare(b.at)),
    assists: of('ast#').map((item): StoredAssist => JSON.parse(Assisted.parse(item).body)),
    feedback: of('fbk#').map((item) => Feedback.parse(item['feedback'])),
    wrapUps: of('wrap#').map((item) => KeptWrapUp.parse(item['wrapUp'])),
  };
}

/** When an item of a conversation was made (epoch ms); of what does not say, that it is old. */
function instantOf(item: Item): number {
  const [sort] = String(item['sk']).split('#');
  if (typeof item['receivedAt'] === 'number') return item['receivedAt'];
  if (sort === 'msg') return Date.parse(readMessage(item)?.at ?? '') || 0;
  if (sort === 'fbk') return Date.parse(Feedback.parse(item['feedback']).at);
  if (sort === 'wrap') return Date.parse(KeptWrapUp.parse(item['wrapUp']).at);
  return 0;
}

const isMessage = (item: Item): boolean =>
  String(item['sk']).startsWith('msg#') || String(item['sk']).startsWith('evt#');
const isTombstone = (item: Item): boolean => item[ERASED] === true;

/** A turn's assist stays only where all of its messages do; so does what was counted of the turn. */
function keptTurns(items: readonly Item[], kept: ReadonlySet<string>): Set<string> {
  const assists = items.filter((item) => String(item['sk']).startsWith('ast#'));
  return new Set(
    assists
      .filter((item) => {
        const { assist }: StoredAssist = JSON.parse(Assisted.parse(item).body);
        return assist.messageIds.every((id) => kept.has(id));
      })
      .map((item) => String(item['sk']).slice('ast#'.length)),
  );
}

/** What came after `cutoff` is new, and stays; of what an earlier run left, only that it goes again. */
function split(items: readonly Item[], cutoff: number) {
  const living = items.filter((item) => !isTombstone(item));
  const fresh = living.filter((item) => isMessage(item) && instantOf(item) > cutoff);
  const ids = new Set(fresh.map((item) => String(item['sk']).slice('msg#'.length)));
  const turns = keptTurns(living, ids);
  const isNew = (item: Item): boolean => {
    const [sort = '', rest = ''] = String(item['sk']).split(/#(.*)/s);
    if (sort === 'head') return fresh.length > 0 && Date.parse(readHead(item)?.createdAt ?? '') > cutoff;
    if (sort === 'ast' || sort === 'out') return turns.has(rest);
    return instantOf(item) > cutoff;
  };
  return { old: living.filter((item) => !isNew(item)), hasNews: fresh.length > 0 };
}

/**
 * A message leaves its empty place for a week: what a platform or a function that was under way brings again is known
 * and dropped. A place whose name is the customer's own id leaves nothing.
 */
async function bury(table: Table, item: Item, customer: string, now: number): Promise<void> {
  const key = keyOf(item);
  const names = `${key.pk}${key.sk}`.includes(customer);
  if (isMessage(item) && !names) {
    await putItem(table, { ...key, [ERASED]: true, expiresAt: Math.floor(now / 1_000) + TOMBSTONE_SECONDS });
  } else await deleteItem(table, key);
}

async function buryDelivery(table: Table, tenant: string, item: Item, customer: string): Promise<void> {
  const delivery = item['delivery'];
  if (typeof delivery !== 'string') return;
  const key = deliveryKey(tenant, delivery);
  if (key.pk.includes(customer)) return void (await deleteItem(table, key));
  await updateItem(table, key, {
    expression: 'SET message = :erased',
    values: { ':erased': ERASED },
    condition: 'attribute_exists(pk)',
  });
}

/** Of each turn, the masked texts that are kept to learn from it: on the day of its assist, or the day before. */
async function evidenceTexts(
  table: Table,
  tenant: TenantId,
  turns: readonly { id: string; at: string }[],
): Promise<TurnTexts> {
  const keys = turns.flatMap(({ id, at }) =>
    [Date.parse(at), Date.parse(at) - DAY_MS].flatMap((when) => {
      const day = new Date(when).toISOString().slice(0, 10);
      return [evidenceKey(tenant, day, 'gap', id), evidenceKey(tenant, day, 'edit', id)];
    }),
  );
  const items = await batchGet(table, keys);
  return new Set(items.flatMap((item) => ['text', 'meant', 'reply', 'sent'].flatMap((name) => text(item[name]))));
}

const Sampled = z.object({ turn: z.string() });

/** A sampled turn has no name but its words and its instant. */
async function dropSamples(
  table: Table,
  tenant: string,
  turns: readonly { text: string; at: number }[],
): Promise<number> {
  const wanted = new Set(turns.map((turn) => JSON.stringify([turn.text, turn.at])));
  const days = new Set(turns.map(({ at }) => new Date(at).toISOString().slice(0, 10)));
  let dropped = 0;
  for (const day of days) {
    const items = await queryAll(table, {
      key: {
        expression: 'pk = :pk AND begins_with(sk, :day)',
        values: { ':pk': samplesPk(tenant), ':day': `day#${day}#` },
      },
      consistent: true,
    });
    const theirs = items.filter((item) => {
      const turn = JSON.parse(Sampled.parse(item).turn);
      return wanted.has(JSON.stringify([turn.text, turn.at]));
    });
    await batchWrite(table, { deletes: theirs.map(keyOf) });
    dropped += theirs.length;
  }
  return dropped;
}

/** `now` in epoch milliseconds. */
export function dynamodbPrivacy(table: Table, now: () => number): PrivacyStore {
  return {
    async conversationsOf(tenant, customer) {
      const prefix = customerConversationKey(tenant, customer, '');
      const items = await queryAll(table, {
        key: {
          expression: 'pk = :pk AND begins_with(sk, :prefix)',
          values: { ':pk': prefix.pk, ':prefix': prefix.sk },
        },
        consistent: true,
      });
      return items.map((item) => String(item['sk']).slice(prefix.sk.length) as ConversationId);
    },
    async read(tenant, conversation) {
      return dataOf((await partition(table, headKey(tenant, conversation).pk)).filter((item) => !isTombstone(item)));
    },
    async page(tenant, conversation, after) {
      const { pk } = headKey(tenant, conversation);
      const { items, cursor } = await queryPage(table, {
        key: { expression: 'pk = :pk', values: { ':pk': pk } },
        consistent: true,
        ...(after === undefined ? {} : { cursor: { pk, sk: after } }),
      });
      const data = dataOf(items.filter((item) => !isTombstone(item)));
      return cursor === undefined ? { data } : { data, after: String(cursor['sk']) };
    },
    evidenceTexts: (tenant, turns) => evidenceTexts(table, tenant, turns),
    dropSamples: (tenant, turns) => dropSamples(table, tenant, turns),
    async eraseConversation(tenant, conversation, { customer, cutoff }) {
      const items = await partition(table, headKey(tenant, conversation).pk);
      const { old, hasNews } = split(items, cutoff);
      // The head goes first, so that no function under way can change it; what it would be found by goes last.
      for (const item of old.filter(({ sk }) => sk === 'head')) await deleteItem(table, keyOf(item));
      for (const item of old.filter(({ sk }) => sk !== 'head')) {
        await buryDelivery(table, tenant, item, customer);
        await bury(table, item, customer, now());
      }
      await forgetConversation(table, tenant, conversation, new Date(now()).toISOString());
      return { items: old.length, hasNews };
    },
    async eraseCustomer(tenant, customer: CustomerId) {
      await deleteItem(table, customerKey(tenant, customer));
    },
    async forgetPlace(tenant, customer, conversation) {
      await deleteItem(table, customerConversationKey(tenant, customer, conversation));
    },
  };
}
