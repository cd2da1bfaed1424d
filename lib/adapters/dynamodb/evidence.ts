import * as z from 'zod';
import { EditEvidence, GapEvidence, type Tally, turnEvidenceId } from '../../domain/evidence.ts';
import { GapKind } from '../../domain/gap.ts';
import { EntryId, type TenantId } from '../../domain/ids.ts';
import type { EvidenceStore } from '../../ports/evidence.ts';
import { evidenceKey, evidencePk } from './keys.ts';
import { batchWrite, deleteItem, type Item, putItem, queryPage, type Table, updateItem } from './table.ts';

type Sort = 'gap' | 'edit' | 'choice';

const dayOf = (at: string): string => at.slice(0, 10);
const DAY_MS = 86_400_000;

const StoredGap = z
  .object({ ...GapEvidence.shape, kinds: z.set(GapKind) })
  .transform(({ kinds, ...rest }) => ({ ...rest, kinds: [...kinds].sort() }));
const StoredChoice = z.object({ entryId: EntryId, intent: z.string(), event: z.enum(['used', 'dismissed']) });

/** Damaged or foreign items are passed over: one must not keep all others from being read. */
const readable = <T>(schema: z.ZodType<T>, items: readonly Item[]): T[] =>
  items.flatMap((item) => {
    const { success, data } = schema.safeParse(item);
    return success ? [data] : [];
  });

async function some(table: Table, tenant: TenantId, day: string, sort: Sort, limit: number): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: Item | undefined;
  do {
    const page = await queryPage(table, {
      key: {
        expression: 'pk = :pk AND begins_with(sk, :sort)',
        values: { ':pk': evidencePk(tenant, day), ':sort': `${sort}#` },
      },
      ...(cursor === undefined ? {} : { cursor }),
      limit: limit - items.length,
    });
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined && items.length < limit);
  return items;
}

/** Days from the newest back, until there is enough. */
async function collect<T>(
  { table, tenant, days, limit }: { table: Table; tenant: TenantId; days: readonly string[]; limit: number },
  sort: Sort,
  schema: z.ZodType<T>,
): Promise<T[]> {
  const found: T[] = [];
  for (const day of days) {
    if (found.length >= limit) break;
    found.push(...readable(schema, await some(table, tenant, day, sort, limit - found.length)));
  }
  return found;
}

/** Choices read of one day at most: what more there are tell the same. */
const MOST_CHOICES = 5_000;

function tallied(choices: readonly z.infer<typeof StoredChoice>[]): Tally[] {
  const tallies = new Map<string, Tally>();
  for (const { entryId, intent, event } of choices) {
    const key = JSON.stringify([intent, entryId]);
    const tally = tallies.get(key) ?? { entryId, intent, used: 0, dismissed: 0 };
    tally[event] += 1;
    tallies.set(key, tally);
  }
  return [...tallies.values()];
}

/**
 * An item a turn, search or choice, in the partition of its tenant and day: written by one update that may be repeated,
 * read without a scan, gone by TTL. Its key is made of the turn, so that whoever erases a conversation finds it from the
 * conversation's assists.
 */
export function dynamodbEvidence(table: Table, { retentionSeconds }: { retentionSeconds: number }): EvidenceStore {
  const expiry = (at: string): number => Math.floor(Date.parse(at) / 1_000) + retentionSeconds;
  return {
    async note(tenant, { id, at, kinds, language, text, meant, reply }) {
      const set = { at, language, text, expiresAt: expiry(at), ...(meant === undefined ? {} : { meant }) };
      const all = { id, ...set, ...(reply === undefined ? {} : { reply }) };
      const fields = Object.entries(all);
      await updateItem(table, evidenceKey(tenant, dayOf(at), 'gap', id), {
        expression: `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')} ADD kinds :kinds`,
        names: Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
        values: { ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])), ':kinds': new Set(kinds) },
      });
    },
    async forget(tenant, id, at) {
      await deleteItem(table, evidenceKey(tenant, dayOf(at), 'gap', id));
    },
    async edited(tenant, edit) {
      await putItem(table, {
        ...evidenceKey(tenant, dayOf(edit.at), 'edit', edit.id),
        ...edit,
        expiresAt: expiry(edit.at),
      });
    },
    async chosen(tenant, choice) {
      const key = evidenceKey(tenant, dayOf(choice.at), 'choice', choice.id);
      await putItem(table, { ...key, ...choice, expiresAt: expiry(choice.at) });
    },
    async read(tenant, days, limit) {
      const where = { table, tenant, days, limit };
      const [gaps, edits] = await Promise.all([collect(where, 'gap', StoredGap), collect(where, 'edit', EditEvidence)]);
      return { gaps, edits };
    },
    async tallies(tenant, days) {
      const where = { table, tenant, days, limit: MOST_CHOICES };
      return tallied(await collect(where, 'choice', StoredChoice));
    },
    async erase(tenant, conversation, turns) {
      // A turn that grew past midnight was noted on the day before.
      const places = turns.flatMap(({ startSeq, at }) =>
        [at, new Date(Date.parse(at) - DAY_MS).toISOString()].map((when) => ({ day: dayOf(when), startSeq })),
      );
      const one = places.flatMap(({ day, startSeq }) => {
        const id = turnEvidenceId(conversation, startSeq);
        return [evidenceKey(tenant, day, 'gap', id), evidenceKey(tenant, day, 'edit', id)];
      });
      const choices = await Promise.all(
        places.map(({ day, startSeq }) => choicesOf(table, tenant, day, turnEvidenceId(conversation, startSeq))),
      );
      await batchWrite(table, { deletes: [...one, ...choices.flat()] });
    },
  };
}

/** A turn has a choice for each suggestion that something was done with: `<turn>#<suggestion>`. */
async function choicesOf(table: Table, tenant: TenantId, day: string, turn: string) {
  const prefix = evidenceKey(tenant, day, 'choice', `${turn}#`);
  const { items } = await queryPage(table, {
    key: {
      expression: 'pk = :pk AND begins_with(sk, :prefix)',
      values: { ':pk': prefix.pk, ':prefix': prefix.sk },
    },
  });
  return items.map((item) => ({ pk: prefix.pk, sk: String(item['sk']) }));
}
