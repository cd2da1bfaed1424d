import { level, percent, sureness } from '../format.ts';
import { words } from '../words/words.ts';

/**
 * Four bars, the word and the number: the same wherever a confidence is shown. A reply that is less sure than the
 * threshold `shownFrom` came along with a surer one, and says so.
 */
export function Confidence({ value, shownFrom = 0 }: { value: number; shownFrom?: number }) {
  const { ui } = words.value;
  const below = value < shownFrom;
  return (
    <span class={`confidence level-${level(value)}`} title={below ? ui.maybeHint : undefined}>
      <svg viewBox="0 0 22 12" aria-hidden="true">
        <path class="b1" d="M1 8h4v4H1z" />
        <path class="b2" d="M6.5 5.5h4V12h-4z" />
        <path class="b3" d="M12 3h4v9h-4z" />
        <path class="b4" d="M17.5 0h4v12h-4z" />
      </svg>
      {below ? ui.maybe : sureness(value)} <span class="number">{percent(value)}</span>
    </span>
  );
}
