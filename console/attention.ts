import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ConversationView } from '../lib/domain/contract/desk.ts';

/** How a new offer may make itself heard beyond the page. Both are off until somebody wants them. */
export type Wishes = { sound: boolean; notify: boolean };
export const wishes: Signal<Wishes> = signal({ sound: false, notify: false });

const KEY = 'cuecard.attention';
type Kept = Pick<Storage, 'getItem' | 'setItem'>;

export function readWishes(kept: Kept): void {
  const found = kept.getItem(KEY) ?? '';
  wishes.value = { sound: found.includes('sound'), notify: found.includes('notify') };
}

export function setWishes(kept: Kept, next: Wishes): void {
  wishes.value = next;
  kept.setItem(KEY, `${next.sound ? 'sound ' : ''}${next.notify ? 'notify' : ''}`);
}

/** Two short tones, made here: no file to load. */
function ring(audio: AudioContext): void {
  for (const [at, pitch] of [
    [0, 660],
    [0.16, 880],
  ] as const) {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.08, audio.currentTime + at);
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + at + 0.14);
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + at);
    tone.stop(audio.currentTime + at + 0.15);
  }
}

type Attention = {
  page: { title: string };
  offers: ReadonlySignal<readonly ConversationView[]>;
  /** How many want this agent: offers, what is unread, who waits. */
  wanting: ReadonlySignal<number>;
  noticeTitle: () => string;
};

/** Counts in the page's title who waits, and calls for each new offer as the agent wishes. Returns what stops it. */
export function callForAttention({ page, offers, wanting, noticeTitle }: Attention): () => void {
  const known = new Set<string>();
  let audio: AudioContext | undefined;
  const stopTitle = effect(() => {
    const n = wanting.value;
    page.title = n === 0 ? 'Cuecard' : `(${n}) Cuecard`;
  });
  const stopOffers = effect(() => {
    const fresh = offers.value.filter(({ id, offer }) => !known.has(`${id} ${offer?.at}`));
    for (const { id, offer } of fresh) known.add(`${id} ${offer?.at}`);
    if (fresh.length === 0) return;
    const { sound, notify } = wishes.peek();
    if (sound) {
      audio ??= new AudioContext();
      ring(audio);
    }
    // A name and no words: the notice may be read by whoever passes the screen.
    if (notify && Notification.permission === 'granted') new Notification(noticeTitle(), { tag: 'cuecard-offer' });
  });
  return () => {
    stopTitle();
    stopOffers();
    page.title = 'Cuecard';
  };
}
