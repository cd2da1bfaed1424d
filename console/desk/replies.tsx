import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import type { Suggestion } from '../../lib/domain/assist.ts';
import { conditionWords } from '../condition-words.ts';
import { focusComposer } from '../keyboard.ts';
import { fill, words } from '../words/words.ts';
import { Confidence } from './confidence.tsx';
import type { CueDesk } from './cue-desk.ts';
import { Explanation } from './explanation.tsx';
import { ReplyTools } from './reply-tools.tsx';
import { useSeen } from './use-seen.ts';
import { t } from './words.ts';

type ReplyProps = { desk: CueDesk; place: number; suggestion: Suggestion; threshold: number };

/** A reply at its place: the whole of it inserts, and below stand why, a draft of it, and what the agent thinks of it. */
export function Reply({ desk, place, suggestion, threshold }: ReplyProps) {
  const box = useRef<HTMLDivElement>(null);
  const why = useSignal<string | undefined>(undefined);
  const id = useId();
  useSeen(box, suggestion.id, () => desk.cue.seen(suggestion.id));
  if (desk.cue.dismissed.value.has(suggestion.id)) return <Aside desk={desk} place={place} id={suggestion.id} />;
  const isOpen = why.value === suggestion.id;
  return (
    <div class="reply" ref={box}>
      <Body desk={desk} place={place} suggestion={suggestion} threshold={threshold} />
      <ReplyTools
        desk={desk}
        place={place}
        suggestion={suggestion}
        explained={{ id, isOpen }}
        onWhy={() => {
          why.value = isOpen ? undefined : suggestion.id;
        }}
      />
      {isOpen ? <Explanation id={id} cue={desk.cue} suggestion={suggestion} /> : null}
    </div>
  );
}

function Body({ desk, place, suggestion, threshold }: ReplyProps) {
  const { text, confidence, condition, role } = suggestion;
  const { ui } = words.value;
  const key = String(place + 1);
  return (
    <button
      type="button"
      class="suggestion"
      data-testid={`suggestion-${key}`}
      data-suggestion={suggestion.id}
      aria-keyshortcuts={`${key} Alt+${key} Delete`}
      onClick={() => {
        desk.insertSuggestion(place);
        requestAnimationFrame(focusComposer);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Delete' && event.key !== 'Backspace') return;
        event.preventDefault();
        desk.cue.dismiss(suggestion.id);
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
  );
}

/** A reply that was put aside keeps its place, so that nothing moves, and can be taken back. */
function Aside({ desk, place, id }: { desk: CueDesk; place: number; id: string }) {
  return (
    <p class="reply aside small muted" data-testid={`dismissed-${place + 1}`}>
      <kbd>{place + 1}</kbd> {t.value.dismissed}
      <button type="button" class="quiet" data-testid={`undo-${place + 1}`} onClick={() => desk.cue.restore(id)}>
        {t.value.undo}
      </button>
    </p>
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

/** A reply that asks, or that holds only under a condition, says so before its text. */
function Role({ suggestion }: { suggestion: Suggestion }) {
  const { role: names, ui } = words.value;
  const { role, condition } = suggestion;
  if (role === undefined || role === 'answer') return null;
  if (role === 'ask') return <span class="chip ask">{names.ask}</span>;
  const only = condition === undefined ? names.variant : fill(ui.ifOnly, { condition: conditionWords(condition) });
  return <span class="chip warm wraps">{only}</span>;
}
