import type { TeamAgent } from '../../../lib/domain/contract/supervisor.ts';

/** How many more conversations somebody can be given now. */
export const roomOf = ({ presence, load, capacity }: Pick<TeamAgent, 'presence' | 'load' | 'capacity'>): number =>
  presence === 'online' ? Math.max(0, capacity - load) : 0;

const PRESENCE = { online: 0, away: 1, off: 2 } as const;

/** Whoever needs a look first: there before away, an overdue promise before none, fuller before emptier. */
export function byNeed(agents: readonly TeamAgent[], at: string): TeamAgent[] {
  const rank = ({ presence, promiseDueAt, load, capacity }: TeamAgent): readonly number[] => [
    PRESENCE[presence],
    promiseDueAt !== undefined && promiseDueAt < at ? 0 : 1,
    -load / Math.max(1, capacity),
  ];
  const ranked = agents.map((agent) => ({ agent, by: rank(agent) }));
  ranked.sort((a, b) => a.by.reduce((sum, one, n) => (sum !== 0 ? sum : one - (b.by[n] ?? 0)), 0));
  return ranked.map(({ agent }) => agent);
}

/** Who could take another one, whoever has the most room first. */
export const byRoom = (agents: readonly TeamAgent[]): TeamAgent[] =>
  agents.filter(({ presence }) => presence === 'online').toSorted((a, b) => roomOf(b) - roomOf(a));
