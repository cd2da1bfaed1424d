import type { Assist, Suggestion } from '../../lib/domain/assist.ts';
import { conditionWords } from '../condition-words.ts';
import type { Desk } from '../desk-store.ts';
import { focusComposer } from '../keyboard.ts';
import { fill, words } from '../words/words.ts';
import { Confidence } from './understood.tsx';

const PLACES = [0, 1, 2] as const;

/**
 * Up to three replies and the phrase for the moment. Each place keeps its element, so that a revision replaces the
 * text in place; while the pointer rests here nothing changes.
 */
export function Suggestions({ desk, assist }: { desk: Desk; assist: Assist }) {
  const { ui } = words.value;
  const { suggestions, next } = assist;
  return (
    <section
      class="suggestions"
      aria-label={ui.suggestions}
      onPointerEnter={() => desk.hold.pointer(true)}
      onPointerLeave={() => desk.hold.pointer(false)}
    >
      {suggestions.length === 0 ? (
        <p class="none muted" data-testid="no-suggestions">
          {ui.noSuggestions}
        </p>
      ) : null}
      {PLACES.map((place) => {
        const suggestion = suggestions[place];
        const insert = () => {
          desk.insertSuggestion(place);
          requestAnimationFrame(focusComposer);
        };
        return suggestion === undefined ? null : (
          <Place key={place} place={place} suggestion={suggestion} onInsert={insert} />
        );
      })}
      {next === undefined ? null : <NextPhrase desk={desk} next={next} />}
    </section>
  );
}

type PlaceProps = { place: number; suggestion: Suggestion; onInsert: () => void };

function Place({ place, suggestion, onInsert }: PlaceProps) {
  const { ui } = words.value;
  const { text, source, confidence, condition, role } = suggestion;
  const key = String(place + 1);
  return (
    <button
      type="button"
      class="suggestion"
      data-testid={`suggestion-${key}`}
      data-suggestion={suggestion.id}
      aria-keyshortcuts={`${key} Alt+${key}`}
      onClick={onInsert}
    >
      <kbd>{key}</kbd>
      <span class="suggestion-body">
        <Role suggestion={suggestion} />
        <span class="suggestion-text">{text}</span>
        <span class="suggestion-foot small muted">
          <span class="source" title={`${ui.source}: ${source.kind} ${source.id}`}>
            {source.title}
          </span>
          <Confidence value={confidence} />
          {condition === undefined || role === 'variant' ? null : (
            <span class="condition">{fill(ui.when, { condition: conditionWords(condition) })}</span>
          )}
        </span>
      </span>
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

function NextPhrase({ desk, next }: { desk: Desk; next: NonNullable<Assist['next']> }) {
  const { ui, phase } = words.value;
  return (
    <button
      type="button"
      class="suggestion phrase"
      data-testid="next-phrase"
      aria-keyshortcuts="0 Alt+0"
      onClick={() => {
        desk.insertPhrase();
        requestAnimationFrame(focusComposer);
      }}
    >
      <kbd>0</kbd>
      <span class="suggestion-body">
        <span class="suggestion-text">{next.text}</span>
        <span class="small muted">
          {ui.nextPhrase} · {phase[next.phase]}
        </span>
      </span>
    </button>
  );
}
