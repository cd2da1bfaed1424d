import type { EntryChange } from '../../../lib/domain/diff.ts';
import { hashOf } from '../../route.ts';
import { counted } from '../shell/say.ts';
import { WordDiff } from '../shell/word-diff.tsx';
import { type ShownChange, shownChanges } from './change-fields.ts';
import { w } from './words.ts';

type CardProps = { change: EntryChange; onUrgent?: ((change: EntryChange) => void) | undefined };

const TONES = { added: 'good', changed: 'ask', removed: 'bad' } as const;

/** What happens to one entry, field by field. */
export function ChangeCard({ change, onUrgent }: CardProps) {
  const say = w.value;
  const { id, kind, question, fields } = change;
  return (
    <article class="panel change" data-testid="change" data-kind={kind}>
      <header class="change-head">
        <span class={`chip ${TONES[kind]}`}>{say.kinds[kind]}</span>
        <h3>{question}</h3>
        <code class="muted">{id}</code>
        <span class="grow" />
        {kind === 'removed' ? null : (
          <a class="link small" href={hashOf('entries', id)}>
            {say.open}
          </a>
        )}
        {kind === 'removed' || onUrgent === undefined ? null : (
          <button type="button" class="quiet small" title={say.urgentHint} onClick={() => onUrgent(change)}>
            {say.urgent}
          </button>
        )}
      </header>
      {fields.length === 0 && kind !== 'changed' ? (
        <p class="muted">{kind === 'added' ? say.addedText : say.removedText}</p>
      ) : (
        <dl class="change-fields">
          {shownChanges(fields).map((shown) => (
            <div key={shown.label}>
              <dt class="small muted">{shown.label}</dt>
              <dd>
                <Shown change={shown} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </article>
  );
}

function Shown({ change }: { change: ShownChange }) {
  const say = w.value;
  if (change.kind === 'text') {
    return (
      <p class="pre">
        <WordDiff before={change.before} after={change.after} />
      </p>
    );
  }
  const { added, removed } = change;
  const counts = [
    ...(added.length > 0 ? [counted(say.similarAdded, added.length)] : []),
    ...(removed.length > 0 ? [counted(say.similarRemoved, removed.length)] : []),
  ];
  return (
    <>
      <p class="small muted">{counts.join(' · ')}</p>
      <ul class="change-lines">
        {removed.map((text) => (
          <li key={`- ${text}`}>
            <WordDiff before={text} after="" />
          </li>
        ))}
        {added.map((text) => (
          <li key={`+ ${text}`}>
            <WordDiff before="" after={text} />
          </li>
        ))}
      </ul>
    </>
  );
}
