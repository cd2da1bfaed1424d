import type { Pages } from '../../../lib/domain/access.ts';
import { ApiError, type Call, type Fetch } from '../../api.ts';
import { sentenceWords } from '../../refused-words.ts';
import { hashOf, type Route, readRoute } from '../../route.ts';
import { type Notice, notice } from './notice.ts';
import { w } from './words.ts';

/** What every page is given: the API, somewhere to speak, and where else to go. */
export type Shell = {
  tenant: string;
  /** The places of the page that are open to whoever is signed in. */
  opens: Omit<Pages, 'desk'>;
  call: Call;
  fetch: Fetch;
  now(): number;
  newId(): string;
  wait(ms: number): Promise<void>;
  say(tone: Notice['tone'], text: string): void;
  /** Runs what somebody asked for; says so when it failed, and answers undefined. */
  attempt<T>(work: () => Promise<T>): Promise<T | undefined>;
  /** Where somebody is on their way to: the address changes at once, the page a moment later. */
  here(): Route;
  go(page: string, id?: string, query?: Record<string, string | undefined>): void;
  dismiss(): void;
};

export type ShellOptions = {
  tenant: string;
  opens: Omit<Pages, 'desk'>;
  newId: () => string;
  call: Call;
  fetch: Fetch;
  now: () => number;
  later: (run: () => void, ms: number) => void;
  wait: (ms: number) => Promise<void>;
  onSignedOut: () => void;
  place: { hash: string };
};

const GOOD_MS = 4_000;

export function createShell({ later, onSignedOut, place, ...given }: ShellOptions): Shell {
  const show = (next: Notice) => {
    notice.value = next;
    // What went wrong stays until it is read and put away.
    if (next.tone === 'bad') return;
    later(() => {
      if (notice.value === next) notice.value = undefined;
    }, GOOD_MS);
  };
  const fail = (error: unknown) => {
    if (error instanceof ApiError && error.status === 401) return onSignedOut();
    if (error instanceof ApiError) return show({ tone: 'bad', text: sentenceWords(error.message), error });
    show({ tone: 'bad', text: w.value.unreachable });
  };
  return {
    ...given,
    here: () => readRoute(place.hash),
    say: (tone, text) => show({ tone, text }),
    async attempt(work) {
      try {
        return await work();
      } catch (error) {
        fail(error);
        return undefined;
      }
    },
    go(page, id, query) {
      place.hash = hashOf(page, id, query);
    },
    dismiss() {
      notice.value = undefined;
    },
  };
}
