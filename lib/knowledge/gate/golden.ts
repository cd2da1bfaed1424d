import * as z from 'zod';
import { CuecardError, type ErrorDetail } from '../../domain/error.ts';
import type { TenantId } from '../../domain/ids.ts';
import { Golden } from '../../domain/knowledge.ts';
import { contentKey } from '../content-key.ts';
import type { KnowledgeDeps } from '../deps.ts';
import { audit } from '../releases/audit.ts';
import { NONE } from './ask.ts';

type Deps = Pick<KnowledgeDeps, 'golden' | 'objects'>;

/** The tenant's golden questions; `version` grows with every change, 0 while there are none. */
export type GoldenQuestions = { items: Golden[]; version: number };

const Kept = z.array(Golden);

/** Raises `unavailable` when the list is there and cannot be read. */
export async function readGolden({ golden, objects }: Deps, tenant: TenantId): Promise<GoldenQuestions> {
  const list = await golden.read(tenant);
  if (list === undefined) return { items: [], version: 0 };
  const bytes = await objects.get(list.key);
  if (bytes === undefined) throw new CuecardError('unavailable', 'the golden questions cannot be read');
  return { items: Kept.parse(JSON.parse(new TextDecoder().decode(bytes))), version: list.version };
}

const nameOf = ({ text, language }: Golden): string => JSON.stringify([text.trim(), language]);
const sameAs = ({ text, intent, language }: Golden): string => JSON.stringify([text, intent, language]);

/**
 * What is wrong with the list, row by row. What stood there before may name an intent that the draft has lost since: it is
 * kept, and the gate counts it apart.
 */
function problemsOf(items: readonly Golden[], before: readonly Golden[], names: ReadonlySet<string>): ErrorDetail[] {
  const kept = new Set(before.map(sameAs));
  const first = new Map<string, number>();
  return items.flatMap((golden, at): ErrorDetail[] => {
    const row = `row ${at + 1} ("${golden.text.slice(0, 80)}")`;
    const twin = first.get(nameOf(golden));
    if (twin !== undefined) {
      return [{ path: `items.${at}.text`, message: `${row}: the same question stands in row ${twin + 1}` }];
    }
    first.set(nameOf(golden), at);
    if (golden.text.trim() === '')
      return [{ path: `items.${at}.text`, message: `row ${at + 1}: the question is empty` }];
    if (!golden.text.isWellFormed())
      return [{ path: `items.${at}.text`, message: `row ${at + 1}: half of a character is missing` }];
    if (golden.intent === NONE || names.has(golden.intent) || kept.has(sameAs(golden))) return [];
    const message = `${row}: the draft has no entry and no intent "${golden.intent}"; write an intent, an entry's id, or ${NONE}`;
    return [{ path: `items.${at}.intent`, message }];
  });
}

/**
 * Puts the whole list in place of the one that was read. Raises `invalid` naming every bad row, and `conflict`, with the
 * list as it is now, when somebody else changed it meanwhile.
 */
export async function writeGolden(
  deps: Deps & Pick<KnowledgeDeps, 'drafts' | 'audit' | 'now'>,
  tenant: TenantId,
  { items, version }: GoldenQuestions,
  by: string,
): Promise<GoldenQuestions> {
  const stored = await readGolden(deps, tenant);
  if (stored.version !== version) throw stale(stored);
  const { generation } = await deps.drafts.head(tenant);
  const entries = await deps.drafts.all(tenant, generation);
  const names = new Set<string>(entries.flatMap(({ id, intent }) => [id, intent]));
  const errors = problemsOf(items, stored.items, names);
  if (errors.length > 0) {
    throw new CuecardError('invalid', `${errors.length} of ${items.length} golden questions cannot be taken`, {
      errors,
    });
  }
  const bytes = new TextEncoder().encode(JSON.stringify(items));
  const list = { version: version + 1, key: contentKey('golden', tenant, bytes), total: items.length };
  await deps.objects.put(list.key, bytes);
  if ((await deps.golden.put(tenant, list, version === 0 ? undefined : version)) === 'conflict') {
    throw stale(await readGolden(deps, tenant));
  }
  const detail = `${stored.items.length} before, ${items.length} now`;
  await audit(deps, tenant, { by, action: 'golden.changed', subject: `version ${list.version}`, detail });
  return { items: [...items], version: list.version };
}

const stale = (current: GoldenQuestions): CuecardError =>
  new CuecardError(
    'conflict',
    `the golden questions were changed meanwhile (they are at version ${current.version}): read them again and put your change into that`,
    { members: { current } },
  );
