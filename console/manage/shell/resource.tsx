import { type Signal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Loading } from '../../loading.tsx';
import { ProblemView } from './problem.tsx';

/** Something read from the API: what it was last, and how reading it went. */
export type Resource<T> = {
  value: Signal<T | undefined>;
  error: Signal<unknown>;
  /** Reads again and keeps showing what there is meanwhile. */
  reload: () => Promise<void>;
};

/** Reads when the component is first drawn and whenever `key` changes; an answer to an older key is dropped. */
export function useResource<T>(read: () => Promise<T>, key: string): Resource<T> {
  const value = useSignal<T | undefined>(undefined);
  const error = useSignal<unknown>(undefined);
  const turn = useSignal(0);
  const reload = async () => {
    turn.value += 1;
    const mine = turn.peek();
    const settle = (run: () => void) => {
      if (turn.peek() === mine) run();
    };
    error.value = undefined;
    await read().then(
      (next) =>
        settle(() => {
          value.value = next;
        }),
      (failed: unknown) =>
        settle(() => {
          error.value = failed;
        }),
    );
  };
  useEffect(() => {
    value.value = undefined;
    void reload();
    return () => {
      turn.value += 1;
    };
  }, [key]);
  return { value, error, reload };
}

type LoadedProps<T> = { of: Resource<T>; children: (value: T) => JSX.Element };

/** The value once it is there, else that it is coming, else why it is not. */
export function Loaded<T>({ of, children }: LoadedProps<T>) {
  const { value, error } = of;
  if (error.value !== undefined) return <ProblemView error={error.value} onRetry={() => void of.reload()} />;
  return value.value === undefined ? <Loading /> : children(value.value);
}
