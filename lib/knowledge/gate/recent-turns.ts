import type { TenantId } from '../../domain/ids.ts';
import type { SampledTurn } from '../../domain/sampled-turn.ts';
import type { KnowledgeDeps } from '../deps.ts';

const DAY_MS = 86_400_000;
/** How far back, and at most how many: what is asked twice of both releases is to take seconds. */
const DAYS = 7;
const TURNS = 200;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The newest of what customers asked in the last week, each text once. */
export async function recentTurns(
  { samples }: Pick<KnowledgeDeps, 'samples'>,
  tenant: TenantId,
  now: number,
): Promise<SampledTurn[]> {
  const kept = await samples.between(tenant, dayOf(now - DAYS * DAY_MS), dayOf(now));
  const newest = kept.toSorted((a, b) => b.at - a.at);
  const byText = new Map(newest.toReversed().map((turn) => [JSON.stringify([turn.text, turn.history]), turn]));
  return newest.filter((turn) => byText.get(JSON.stringify([turn.text, turn.history])) === turn).slice(0, TURNS);
}
