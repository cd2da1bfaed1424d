import { fill, language } from '../../words/words.ts';
import { counted } from '../shell/say.ts';
import type { Check, View } from './connect.ts';
import { w } from './words.ts';

/** What Chatwoot said when it was asked, and the last call that it refused. */
export function Checked({ of, trouble }: { of: Check | 'asking' | undefined; trouble: View['trouble'] }) {
  return (
    <div role="status">
      <Answer of={of} />
      {trouble === undefined ? null : (
        <p class="chip bad wraps">{fill(w.value.trouble, { status: trouble.status, detail: trouble.detail })}</p>
      )}
    </div>
  );
}

function Answer({ of }: { of: Check | 'asking' | undefined }) {
  if (of === undefined) return null;
  if (of === 'asking') return <p class="muted">{w.value.checking}</p>;
  if (of.ok) {
    const works = counted(w.value.works, of.inboxes.length);
    return (
      <p class="chip good wraps" data-testid="works">
        {fill(works, { name: of.user?.name ?? '' })}
      </p>
    );
  }
  return (
    <ul class="plain" data-testid="problems">
      {of.problems.map(({ code, message }) => (
        <li key={code} class="chip warm wraps">
          {message[language.value]}
        </li>
      ))}
    </ul>
  );
}
