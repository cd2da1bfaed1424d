import { ordered, type StoredEntry, sendable } from './types.ts';

export type Side = 'theirs' | 'mine';
export type MergeField = { name: string; theirs: unknown; mine: unknown; chosen: Side | undefined };

/**
 * The parts in which two versions differ. What only one side changed since both began is chosen already; what both
 * changed differently is for a person to choose.
 */
export function mergeFields(base: StoredEntry, current: StoredEntry, mine: StoredEntry): MergeField[] {
  const [before, theirs, ours] = [base, current, mine].map((one) => sendable(one) as Record<string, unknown>);
  const names = [...new Set([...Object.keys(theirs ?? {}), ...Object.keys(ours ?? {})])];
  return names
    .map((name) => ({ name, before: before?.[name], theirs: theirs?.[name], mine: ours?.[name] }))
    .filter((field) => ordered(field.theirs) !== ordered(field.mine))
    .map((field) => ({ name: field.name, theirs: field.theirs, mine: field.mine, chosen: choice(field) }));
}

function choice(field: { before: unknown; theirs: unknown; mine: unknown }): Side | undefined {
  if (ordered(field.theirs) === ordered(field.before)) return 'mine';
  return ordered(field.mine) === ordered(field.before) ? 'theirs' : undefined;
}

/** The stored version with the chosen parts of mine: what is saved next, against the stored one's revision. */
export function merged(current: StoredEntry, fields: readonly MergeField[]): StoredEntry {
  const mine = fields.filter(({ chosen }) => chosen === 'mine').map(({ name, mine: value }) => [name, value]);
  return { ...current, ...Object.fromEntries(mine) };
}
