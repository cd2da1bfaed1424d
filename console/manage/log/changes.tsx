import type { ComponentChildren } from 'preact';
import type { AuditEvent } from '../../../lib/domain/audit.ts';
import { hashOf } from '../../route.ts';
import { fill } from '../../words/words.ts';
import type { Shell } from '../shell/shell.ts';
import { Lines } from './lines.tsx';
import { type People, Who } from './names.tsx';
import { Narrow } from './narrow.tsx';
import { CHANGE_ACTIONS, isNarrow, type Narrowed, queryOf } from './narrowed.ts';
import { Sentence } from './sentence.tsx';
import { w } from './words.ts';

type ChangesProps = { shell: Shell; people: People; narrowed: Narrowed };

/** What was decided about the knowledge and the settings, by whom and why. */
export function Changes({ shell, people, narrowed }: ChangesProps) {
  const say = w.value;
  return (
    <>
      <p class="muted">{say.changesLead}</p>
      <Narrow
        key={JSON.stringify(narrowed)}
        {...{ shell, people, narrowed }}
        actions={CHANGE_ACTIONS}
        tab={undefined}
      />
      <Lines<AuditEvent>
        shell={shell}
        path="/v1/audit"
        query={queryOf(narrowed)}
        label={say.tabChanges}
        empty={isNarrow(narrowed) ? say.noAccess : say.noChanges}
        sentence={({ action, by, subject }) => (
          <Sentence
            text={say.changes[action] ?? fill(say.unknownDid, { action })}
            parts={{
              who: <Who people={people} by={by} href={hashOf('log', undefined, { person: by })} />,
              subject: subjectOf(shell, action, subject),
            }}
          />
        )}
      />
    </>
  );
}

/** What it was about, as a way there where there is one. */
function subjectOf({ opens }: Shell, action: string, subject: string): ComponentChildren {
  const [kind] = action.split('.');
  const shown = kind === 'golden' ? w.value.golden : (w.value.secretName[subject] ?? subject);
  const places: Record<string, string> = {
    release: hashOf('releases', subject),
    pack: hashOf('packs'),
    golden: hashOf('golden'),
  };
  const href = places[kind ?? ''];
  if (href === undefined || !opens.knowledge) return <code>{shown}</code>;
  return (
    <a class="link" href={href}>
      {shown}
    </a>
  );
}
