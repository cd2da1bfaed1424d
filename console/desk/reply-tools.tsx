import type { Suggestion } from '../../lib/domain/assist.ts';
import { words } from '../words/words.ts';
import type { CueDesk } from './cue-desk.ts';
import { t } from './words.ts';

type ReplyToolsProps = {
  desk: CueDesk;
  place: number;
  suggestion: Suggestion;
  explained: { id: string; isOpen: boolean };
  onWhy: () => void;
};

/** Whoever writes keeps the focus in the reply: a rating is a tap in passing. */
const keepFocus = (event: Event) => event.preventDefault();

/** Below a reply: why it is suggested, a draft of it, whether it is any good, and away with it. */
export function ReplyTools({ desk, place, suggestion, explained, onWhy }: ReplyToolsProps) {
  const say = t.value;
  const key = place + 1;
  return (
    <div class="reply-tools">
      <button
        type="button"
        class="quiet"
        data-testid={`why-${key}`}
        aria-expanded={explained.isOpen}
        aria-controls={explained.isOpen ? explained.id : undefined}
        aria-label={`${explained.isOpen ? say.whyHide : say.why} ${key}`}
        onMouseDown={keepFocus}
        onClick={onWhy}
      >
        {explained.isOpen ? say.whyHide : say.why}
      </button>
      {desk.canDraft.value ? <DraftButton desk={desk} place={place} suggestion={suggestion} /> : null}
      <span class="grow" />
      <Thumb desk={desk} suggestion={suggestion} rating={1} place={place} />
      <Thumb desk={desk} suggestion={suggestion} rating={-1} place={place} />
      <button
        type="button"
        class="quiet tool"
        data-testid={`dismiss-${key}`}
        aria-label={`${say.dismiss} ${key}`}
        title={`${say.dismiss} (Delete)`}
        onMouseDown={keepFocus}
        onClick={() => desk.cue.dismiss(suggestion.id)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M4 4l8 8M12 4l-8 8" />
        </svg>
      </button>
    </div>
  );
}

type ThumbProps = Pick<ReplyToolsProps, 'desk' | 'place' | 'suggestion'> & { rating: 1 | -1 };

const UP =
  'M5 7v6.5H2.5V7zM5 7l2.6-4.5c1.2 0 1.9.9 1.6 2L8.700 6.500h3.600c.9 0 1.500.8 1.300 1.700l-.9 4c-.2.8-.8 1.300-1.600 1.300H5';

function Thumb({ desk, place, suggestion, rating }: ThumbProps) {
  const label = rating === 1 ? t.value.good : t.value.bad;
  return (
    <button
      type="button"
      class={`quiet tool ${rating === 1 ? '' : 'down'}`}
      data-testid={`rate-${rating === 1 ? 'good' : 'bad'}-${place + 1}`}
      aria-pressed={desk.cue.ratings.value[suggestion.id] === rating}
      aria-label={`${label} ${place + 1}`}
      title={label}
      onMouseDown={keepFocus}
      onClick={() => desk.cue.rate(suggestion.id, rating)}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={UP} />
      </svg>
    </button>
  );
}

function DraftButton({ desk, place, suggestion }: Pick<ReplyToolsProps, 'desk' | 'place' | 'suggestion'>) {
  const { ui } = words.value;
  const mine = desk.drafting.value === suggestion.id;
  const key = String(place + 1);
  return (
    <button
      type="button"
      class="quiet draft"
      data-testid={`draft-${key}`}
      title={`${ui.draftHint} (Shift+${key})`}
      aria-label={`${mine ? ui.drafting : ui.draft} ${key}`}
      aria-keyshortcuts={`Shift+${key} Alt+Shift+${key}`}
      aria-busy={mine}
      // Not `disabled`: the focus of whoever pressed it by keyboard would be lost.
      aria-disabled={desk.drafting.value !== undefined}
      onClick={() => void desk.draftFrom(place)}
    >
      {mine ? ui.drafting : ui.draft}
    </button>
  );
}
