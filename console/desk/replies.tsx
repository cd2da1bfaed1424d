import type { Suggestion } from '../../lib/domain/assist.ts';
import { conditionWords } from '../condition-words.ts';
import type { Desk } from '../desk-store.ts';
import { focusComposer } from '../keyboard.ts';
import { fill, words } from '../words/words.ts';
import { Confidence } from './confidence.tsx';

type ReplyProps = { desk: Desk; place: number; suggestion: Suggestion; threshold: number };

/** A reply at its place: the whole of it inserts, and beside its confidence a draft may be made of it. */
export function Reply({ desk, place, suggestion, threshold }: ReplyProps) {
  const { text, confidence, condition, role } = suggestion;
  const { ui } = words.value;
  const key = String(place + 1);
  return (
    <div class={`reply ${desk.canDraft.value ? 'with-draft' : ''}`}>
      <button
        type="button"
        class="suggestion"
        data-testid={`suggestion-${key}`}
        data-suggestion={suggestion.id}
        aria-keyshortcuts={`${key} Alt+${key}`}
        onClick={() => {
          desk.insertSuggestion(place);
          requestAnimationFrame(focusComposer);
        }}
      >
        <kbd>{key}</kbd>
        <span class="suggestion-body">
          <Role suggestion={suggestion} />
          <span class="suggestion-text">{text}</span>
          <span class="suggestion-foot small muted">
            <SourceTitle suggestion={suggestion} />
            <Confidence value={confidence} shownFrom={threshold} />
            {condition === undefined || role === 'variant' ? null : (
              <span class="condition">{fill(ui.when, { condition: conditionWords(condition) })}</span>
            )}
          </span>
        </span>
      </button>
      {desk.canDraft.value ? <DraftButton desk={desk} place={place} suggestion={suggestion} /> : null}
    </div>
  );
}

/** Where a reply comes from; of what is no entry of the knowledge, what it is as well. */
function SourceTitle({ suggestion: { source } }: Pick<ReplyProps, 'suggestion'>) {
  const { ui, source: kinds } = words.value;
  const kind = source.kind === 'entry' ? '' : `${kinds[source.kind]} · `;
  return (
    <span class="source" title={`${ui.source}: ${source.kind} ${source.id}`}>
      {kind}
      {source.title}
    </span>
  );
}

function DraftButton({ desk, place, suggestion }: Omit<ReplyProps, 'threshold'>) {
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

/** A reply that asks, or that holds only under a condition, says so before its text. */
function Role({ suggestion }: { suggestion: Suggestion }) {
  const { role: names, ui } = words.value;
  const { role, condition } = suggestion;
  if (role === undefined || role === 'answer') return null;
  if (role === 'ask') return <span class="chip ask">{names.ask}</span>;
  const only = condition === undefined ? names.variant : fill(ui.ifOnly, { condition: conditionWords(condition) });
  return <span class="chip warm wraps">{only}</span>;
}
