import { ProblemList } from './problem.tsx';
import type { Shell } from './shell.ts';
import { w } from './words.ts';

/** What has just happened. A failure stays until it is put away: it may take a while to read. */
export function Notices({ shell }: { shell: Shell }) {
  const notice = shell.notice.value;
  return (
    <div class="notice-place" role="status" aria-live="polite">
      {notice === undefined ? null : (
        <div class={`notice ${notice.tone} ${notice.tone === 'bad' ? 'stays' : ''}`} data-testid="notice">
          <div>
            <p>{notice.text}</p>
            {notice.error === undefined ? null : <ProblemList error={notice.error} />}
          </div>
          {notice.tone === 'bad' ? (
            <button type="button" class="icon" aria-label={w.value.dismiss} onClick={shell.dismiss}>
              ×
            </button>
          ) : null}
        </div>
      )}
    </div>
  );
}
