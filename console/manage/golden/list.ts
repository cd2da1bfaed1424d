import type { GoldenList } from '../../../lib/domain/contract/golden.ts';
import type { Golden } from '../../../lib/domain/knowledge.ts';
import { ApiError } from '../../api.ts';

/** What nothing may be shown for. */
export const NONE = 'none';

/** One edit: without `before` something is added, without `after` something goes. */
export type Change = { before?: Golden; after?: Golden };

const same = (one: Golden, other: Golden): boolean =>
  one.text === other.text && one.language === other.language && one.intent === other.intent;

export const holds = (items: readonly Golden[], golden: Golden): boolean => items.some((one) => same(one, golden));

/** The list with an edit in it. What somebody else changed or removed meanwhile stays theirs; what is written is added. */
export function applied(items: readonly Golden[], { before, after }: Change): Golden[] {
  const at = before === undefined ? -1 : items.findIndex((one) => same(one, before));
  if (at === -1) return after === undefined ? [...items] : [...items, after];
  return items.flatMap((one, place) => (place !== at ? [one] : after === undefined ? [] : [after]));
}

/** The list as it is now, where a write was refused because somebody else had changed it. */
export function currentIn(error: unknown): GoldenList | undefined {
  if (!(error instanceof ApiError) || error.status !== 409) return undefined;
  return error.problem['current'] as GoldenList | undefined;
}

/** Every word that was typed stands somewhere in it. */
export function fits({ text, intent }: Golden, typed: string): boolean {
  const all = `${text}\n${intent}`.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
