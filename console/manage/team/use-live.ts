import { useEffect } from 'preact/hooks';
import type { Ticket } from '../../api.ts';
import { connectLive } from '../../live.ts';
import type { Shell } from '../shell/shell.ts';

const LOOK_MS = 5_000;
/** A busy team sends many hints a second; one look answers them all. */
const CALM_MS = 1_000;

const isVisible = () => document.visibilityState === 'visible';

/** Looks again every 5 s while somebody can see it, and soon after a hint that something changed. */
export function useLive(shell: Shell, look: () => Promise<void>): void {
  useEffect(() => {
    let waiting = false;
    const seen = () => (isVisible() ? look() : Promise.resolve());
    const soon = () => {
      if (waiting) return;
      waiting = true;
      setTimeout(() => {
        waiting = false;
        void seen();
      }, CALM_MS);
    };
    const timer = setInterval(seen, LOOK_MS);
    document.addEventListener('visibilitychange', soon);
    const live = connectLive({
      ticket: () => shell.call('POST', '/v1/desk/ticket', {}) as Promise<Ticket>,
      page: location,
      random: Math.random,
      onState: () => undefined,
      onHint: soon,
      reread: () => Promise.resolve(soon()),
    });
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', soon);
      live.stop();
    };
  }, []);
}
