import { type Signal, signal } from '@preact/signals';
import type { Assist } from '../lib/domain/assist.ts';
import type { ConversationDetail } from '../lib/domain/contract/desk.ts';
import { createHold } from './hold.ts';

export type Timers = { now: () => number; later: (run: () => void, ms: number) => void };

export type CardStore = {
  /** The cue card on screen; it lags behind the newest one while held. */
  card: Signal<Assist | undefined>;
  waiting: Signal<boolean>;
  hold: Pick<ReturnType<typeof createHold>, 'pointer' | 'focus' | 'keyPressed'>;
  /** The open conversation as just read, or none while another one is on its way. */
  offer(conversation: ConversationDetail | undefined): void;
};

function isNewer(one: Assist, than: Assist | undefined): boolean {
  if (than === undefined) return true;
  if (one.customerSeq !== than.customerSeq) return one.customerSeq > than.customerSeq;
  return one.revision >= than.revision;
}

/** The card of the newest turn. In shadow mode everything is computed and nothing is shown. */
export function newestCard(assists: readonly Assist[]): Assist | undefined {
  const newest = assists.reduce<Assist | undefined>((best, one) => (isNewer(one, best) ? one : best), undefined);
  return newest?.decision.reason === 'mode_shadow' ? undefined : newest;
}

function sameCard(a: Assist | undefined, b: Assist | undefined): boolean {
  return a?.id === b?.id && a?.revision === b?.revision && a?.createdAt === b?.createdAt;
}

/** Which cue card is on screen, and when it may change. */
export function createCardStore(timers: Timers): CardStore {
  const card = signal<Assist | undefined>(undefined);
  const waiting = signal(false);
  let offered: { conversation: string | undefined; assist: Assist | undefined } | undefined;

  const hold = createHold<Assist | undefined>(
    timers,
    (assist) => {
      card.value = assist;
    },
    (isWaiting) => {
      waiting.value = isWaiting;
    },
  );
  return {
    card,
    waiting,
    hold,
    offer(conversation) {
      const assist = newestCard(conversation?.assists ?? []);
      const before = offered;
      offered = { conversation: conversation?.head.id, assist };
      if (before?.conversation !== offered.conversation) return hold.replace(assist);
      if (!sameCard(assist, before?.assist)) hold.offer(assist);
    },
  };
}
