import type { TenantId } from '../domain/ids.ts';
import { knownPerson } from '../domain/personal-data/known.ts';
import { redact } from '../domain/personal-data/mask.ts';
import type { SampledTurn } from '../domain/sampled-turn.ts';
import { ASKING_ACTS } from '../domain/understanding.ts';
import { hashString } from '../engine/hash.ts';
import type { StoredAssist } from '../ports/conversations.ts';
import type { TurnSamples } from '../ports/samples.ts';
import { readReplayInputs } from './replay.ts';
import { turnText } from './understand/turn-text.ts';

/** Places of a day (UTC). */
const PLACES = 64;
/** What is kept of a turn: enough to be asked again, little enough to cost one small write. */
const MAX_TEXT = 1_000;
const MAX_LINES = 4;
const MAX_LINE = 300;
/** Tenants whose turns an instance counts; more and it counts anew. */
const MAX_TENANTS = 10_000;
const SEED = 41;
const HASHES = 2 ** 32;

/** A turn that asks something in words, masked; undefined for any other. */
export function sampledTurn({ assist, inputs }: StoredAssist): SampledTurn | undefined {
  const { act, language } = assist.understanding;
  if (!ASKING_ACTS.has(act) || assist.degraded.includes('snapshot')) return undefined;
  const { turn, history, customer, shop, channel, at } = readReplayInputs(inputs);
  const { words, tapped } = turnText(turn.parts);
  if (words.trim() === '' || tapped.length > 0) return undefined;
  const person = knownPerson(customer);
  return {
    text: redact(words, person).slice(0, MAX_TEXT),
    language,
    history: history
      .slice(-MAX_LINES)
      .map(({ author, text }) => ({ author, text: redact(text, person).slice(0, MAX_LINE) })),
    ...(shop === undefined ? {} : { shop }),
    ...(channel === undefined ? {} : { channel }),
    at,
  };
}

/** Counts a tenant's turns of the day (UTC) that this instance has seen. */
function dayCounter(): (tenant: TenantId, day: string) => number {
  const seen = new Map<TenantId, { day: string; turns: number }>();
  return (tenant, day) => {
    if (seen.size >= MAX_TENANTS && !seen.has(tenant)) seen.clear();
    const known = seen.get(tenant);
    const turns = known?.day === day ? known.turns + 1 : 1;
    seen.set(tenant, { day, turns });
    return turns;
  };
}

/**
 * Keeps some of the turns that customers ask, to be asked again of the next release. Of the n turns that an instance has
 * seen of a tenant on a day, the next is kept with a chance of 64 in n (J. Vitter, 1985), in one of 64 places: the first
 * are all kept, and a busy day costs some hundreds of writes an instance. What is drawn is the turn, so that its later
 * revision takes the place of the earlier. A turn that cannot be kept is none: nothing waits or fails for it.
 */
export function turnSampler({
  put,
}: Pick<TurnSamples, 'put'>): (tenant: TenantId, stored: StoredAssist) => Promise<void> {
  const count = dayCounter();
  return async (tenant, stored) => {
    try {
      const { conversationId, turnId, createdAt } = stored.assist;
      const drawn = hashString(`${conversationId}\n${turnId}`, SEED);
      if (drawn / HASHES >= PLACES / count(tenant, createdAt.slice(0, 10))) return;
      const turn = sampledTurn(stored);
      if (turn !== undefined) await put(tenant, drawn % PLACES, turn);
    } catch {
      // A statistic is short of one turn.
    }
  };
}
