import { notice } from './notice.ts';
import { ProblemList } from './problem.tsx';
import type { Shell } from './shell.ts';
import { w } from './words.ts';

/** What has just happened. A failure stays until it is put away: it may take a while to read. */
export function Notices({ dismiss }: Pick<Shell, 'dismiss'>) {
  const told = notice.value;
  return (
    <div class="notice-place" role="status" aria-live="polite">
      {told === undefined ? null : (
        <div class={`notice ${told.tone} ${told.tone === 'bad' ? 'stays' : ''}`} data-testid="notice">
          <div>
            <p>{told.text}</p>
            {told.error === undefined ? null : <ProblemList error={told.error} />}
          </div>
          {told.tone === 'bad' ? (
            <button type="button" class="icon" aria-label={w.value.dismiss} onClick={dismiss}>
              ×
            </button>
          ) : null}
        </div>
      )}
    </div>
  );
}
