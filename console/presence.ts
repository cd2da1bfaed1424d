import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ConversationView } from '../lib/domain/contract/desk.ts';
import type { Presence } from '../lib/domain/routing.ts';
import type { Api, Here } from './api.ts';
import { type Kept, keep, readKept } from './kept.ts';

/** The lease is a minute: two heartbeats may be lost. */
const BEAT_MS = 20_000;

/** The link was gone for longer than the lease, and these conversations went back meanwhile. */
export type Lost = { since: number; until: number; gone: readonly ConversationView[] };

/** `isShown`: not put aside. */
export type MissedOffers = { count: number; isShown: boolean };

export type PresenceStore = {
  presence: Signal<Presence | undefined>;
  lost: Signal<Lost | undefined>;
  /** So many offers were let pass that nobody is offered to this agent any more, and they have not come back since. */
  missedOffers: ReadonlySignal<MissedOffers | undefined>;
  /** Read; it is not shown again for this time away. */
  putMissedAside(): void;
  setPresence(presence: Presence): Promise<void>;
  /** Says again that somebody is here, where that is due: timers of a page in the background cannot be relied on. */
  beat(): Promise<void>;
  /** Takes over what another tab said, or what the offers that were let pass led to. */
  look(): Promise<void>;
  /** Takes up what was chosen before, or what the server knows; `willing` starts at once. */
  begin(willing: boolean): Promise<void>;
};

type Dependencies = {
  api: Pick<Api, 'presence' | 'setPresence'>;
  now: () => number;
  kept: Kept;
  mine: ReadonlySignal<readonly ConversationView[]>;
  rereadQueue: () => Promise<void>;
};

/** Whether this agent is to be asked, told again every 20 s for as long as the page is open. */
export function createPresence({ api, now, kept, mine, rereadQueue }: Dependencies): PresenceStore {
  const presence = signal<Presence | undefined>(undefined);
  const lost = signal<Lost | undefined>(undefined);
  const missedOffers = signal<MissedOffers | undefined>(undefined);
  let lease = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  /** What was held while the lease ran. */
  let held: readonly ConversationView[] = [];
  effect(() => {
    const holds = mine.value;
    if (now() <= lease) held = holds;
  });

  const take = ({ leaseUntil = 0 }: Here) => {
    lease = leaseUntil;
    toldAt = now();
    held = mine.peek();
  };
  /** Takes over what the server says, with why where it was not the agent who said so. */
  const learn = (is: Presence, agent: Here['agent']) => {
    presence.value = is;
    keep(kept, 'cuecard.presence', is);
    const count = is === 'away' ? agent?.awayAfter : undefined;
    if (count === undefined) missedOffers.value = undefined;
    else missedOffers.value ??= { count, isShown: true };
  };
  const findLost = async (since: number) => {
    const before = held;
    await rereadQueue();
    const still = new Set<string>(mine.peek().map(({ id }) => id));
    lost.value = { since, until: now(), gone: before.filter(({ id }) => !still.has(id)) };
  };
  const tell = async (wanted: Presence, isHeartbeat = false) => {
    const lapsed = lease > 0 && now() > lease && presence.peek() !== 'off' ? lease : undefined;
    const answer = await api.setPresence(wanted, isHeartbeat);
    learn(isHeartbeat ? answer.presence : wanted, answer.agent);
    if (lapsed !== undefined) await findLost(lapsed);
    take(answer);
  };
  return {
    presence,
    lost,
    missedOffers,
    putMissedAside() {
      const is = missedOffers.peek();
      if (is !== undefined) missedOffers.value = { ...is, isShown: false };
    },
    setPresence: tell,
    async beat() {
      const is = presence.peek();
      if (is === undefined || is === 'off' || now() - toldAt < BEAT_MS) return;
      await tell(is, true);
    },
    async look() {
      const is = presence.peek();
      const { presence: known, agent } = await api.presence();
      if (is === undefined || is === known || presence.peek() !== is) return;
      learn(known, agent);
    },
    async begin(willing) {
      const here = await api.presence().catch(() => undefined);
      const runs = here?.leaseUntil !== undefined && here.leaseUntil > now() ? here.presence : undefined;
      const wanted = readKept<Presence>(kept, 'cuecard.presence') ?? runs ?? (willing ? 'online' : undefined);
      if (wanted === undefined || wanted === 'off') presence.value = 'off';
      else await tell(wanted);
    },
  };
}
