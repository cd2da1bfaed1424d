import { useSignal } from '@preact/signals';
import { fill } from '../../words/words.ts';
import { counted } from '../shell/say.ts';
import { w } from './words.ts';

type SimilarProps = { question: string; value: readonly string[]; onChange: (questions: string[]) => void };

/** Above this many a filter helps. */
const FILTER_FROM = 12;

const folded = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** Pasted lines as questions: list marks and numbers at the front go, and so does what is there already. */
export function pasted(text: string, known: readonly string[]): { fresh: string[]; known: number } {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^\s*(?:[-*•·]\s+|\d+(?:[.)]\s+|、\s*))/, '').trim());
  const seen = new Set(known.map(folded));
  const fresh: string[] = [];
  const wanted = lines.filter((line) => line !== '');
  for (const line of wanted) {
    if (seen.has(folded(line))) continue;
    seen.add(folded(line));
    fresh.push(line.slice(0, 1_000));
  }
  return { fresh, known: wanted.length - fresh.length };
}

export function Similar({ question, value, onChange }: SimilarProps) {
  const say = w.value;
  const typed = useSignal('');
  const filter = useSignal('');
  const told = useSignal('');
  const add = () => {
    const { fresh, known } = pasted(typed.value, [question, ...value]);
    if (fresh.length + known === 0) return;
    onChange([...value, ...fresh]);
    typed.value = '';
    const parts = [counted(say.addedSimilar, fresh.length), ...(known > 0 ? [counted(say.duplicates, known)] : [])];
    told.value = parts.join(' · ');
  };
  const shown = value.filter((one) => folded(one).includes(folded(filter.value)));
  return (
    <section class="panel" aria-labelledby="similar-title" data-testid="similar">
      <div class="panel-head">
        <h3 id="similar-title">
          {say.similarTitle} <span class="chip">{value.length}</span>
        </h3>
        <span class="small muted">{say.similarHint}</span>
      </div>
      <div class="with-button">
        <textarea
          rows={typed.value.includes('\n') ? 5 : 1}
          aria-label={say.addSimilar}
          placeholder={say.addSimilar}
          data-testid="similar-input"
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing || typed.value.includes('\n')) return;
            event.preventDefault();
            add();
          }}
        />
        <button type="button" data-testid="similar-add" disabled={typed.value.trim() === ''} onClick={add}>
          {say.addButton}
        </button>
      </div>
      <p class="small muted" role="status">
        {told.value}
      </p>
      {value.length < FILTER_FROM ? null : (
        <input
          type="search"
          aria-label={say.filterSimilar}
          placeholder={say.filterSimilar}
          value={filter.value}
          onInput={(event) => {
            filter.value = event.currentTarget.value;
          }}
        />
      )}
      <ul class="similar-list">
        {shown.map((one) => (
          <li key={one}>
            <span>{one}</span>
            <button
              type="button"
              class="icon"
              aria-label={fill(say.removeSimilar, { text: one })}
              onClick={() => onChange(value.filter((other) => other !== one))}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
