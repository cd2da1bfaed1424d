/** Groups are made anew each time; what a manager knows one by stays with it. */

/**
 * For each group, the id of the known one that shares most of its members with it; an id is given once, to the group that
 * shares most. Undefined for a new group.
 */
export function idsOfKnown(
  groups: readonly (readonly string[])[],
  known: ReadonlyMap<string, readonly string[]>,
): (string | undefined)[] {
  const idsOf = new Map<string, string[]>();
  for (const [id, members] of known) for (const one of members) idsOf.set(one, [...(idsOf.get(one) ?? []), id]);
  const shares = groups.flatMap((group, at) => {
    const shared = new Map<string, number>();
    for (const id of group.flatMap((one) => idsOf.get(one) ?? [])) shared.set(id, (shared.get(id) ?? 0) + 1);
    return [...shared].map(([id, count]) => ({ at, id, count }));
  });
  shares.sort((a, b) => b.count - a.count || a.at - b.at || (a.id < b.id ? -1 : 1));
  const ids: (string | undefined)[] = groups.map(() => undefined);
  const given = new Set<string>();
  for (const { at, id } of shares) {
    if (ids[at] !== undefined || given.has(id)) continue;
    ids[at] = id;
    given.add(id);
  }
  return ids;
}
