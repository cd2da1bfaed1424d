import type { Release } from '../../../lib/domain/release.ts';
import { w } from './words.ts';

const TONES: Record<Release['status'], string> = {
  compiling: 'ask',
  gating: 'ask',
  ready: 'ask',
  blocked: 'warm',
  live: 'good',
  superseded: '',
  failed: 'bad',
};

export const isRunning = ({ status }: Release): boolean => status === 'compiling' || status === 'gating';

export function StatusChip({ status }: Pick<Release, 'status'>) {
  return (
    <span class={`chip ${TONES[status]}`} data-testid="status">
      {w.value.statuses[status]}
    </span>
  );
}

/** `+1 ~2 −1`, told in words to those who listen. */
export function Counts({ changed }: Pick<Release, 'changed'>) {
  if (changed === undefined) return <span class="muted">—</span>;
  return (
    <span class="counts">
      <span class="good-text">+{changed.added}</span> <span>~{changed.changed}</span>{' '}
      <span class="bad">−{changed.removed}</span>
    </span>
  );
}
