import { type Signal, signal } from '@preact/signals';
import { ApiError } from './api.ts';
import { refusalWords, sentenceWords } from './refused-words.ts';
import { fill, words } from './words/words.ts';

export type Notice = { tone: 'good' | 'bad'; text: string };
export type Attempt = {
  notice: Signal<Notice | undefined>;
  say(tone: Notice['tone'], text: string): void;
  /** Runs what the agent asked for, and says so when it failed. */
  attempt(work: () => Promise<unknown>): Promise<void>;
};

type Dependencies = {
  later: (run: () => void, ms: number) => void;
  onSignedOut: () => void;
  /** Somebody else was first. */
  onConflict: () => void;
};

/** A refusal in words. A conflict carries its own where the server gave any. */
function explain(error: unknown): string {
  const { conflict, failed, unreachable } = words.value.ui;
  if (!(error instanceof ApiError)) return fill(failed, { detail: unreachable });
  if (error.status !== 409) return fill(failed, { detail: refusalWords(error) });
  const said = error.problem.detail;
  return said === undefined ? conflict : `${conflict} (${sentenceWords(said)})`;
}

export function createAttempt({ later, onSignedOut, onConflict }: Dependencies): Attempt {
  const notice = signal<Notice | undefined>(undefined);
  const say = (tone: Notice['tone'], text: string) => {
    const said = { tone, text };
    notice.value = said;
    const clear = () => {
      if (notice.value === said) notice.value = undefined;
    };
    later(clear, tone === 'good' ? 3_000 : 8_000);
  };
  const fail = (error: unknown, status: number) => {
    if (status === 401) return onSignedOut();
    say('bad', explain(error));
    if (status === 409) onConflict();
  };
  const attempt = (work: () => Promise<unknown>): Promise<void> =>
    work().then(
      () => undefined,
      (error: unknown) => fail(error, error instanceof ApiError ? error.status : 0),
    );
  return { notice, say, attempt };
}
