import { useSignal } from '@preact/signals';
import type { EntryChange, KnowledgeDiff } from '../../../lib/domain/diff.ts';
import { hashOf } from '../../route.ts';
import { fill } from '../../words/words.ts';
import type { PageProps } from '../pages.ts';
import { Empty } from '../shell/empty.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { Loaded, useResource } from '../shell/resource.tsx';
import { number } from '../shell/say.ts';
import { readSettings } from '../shell/setting.ts';
import type { Shell } from '../shell/shell.ts';
import { ChangeCard } from './change-card.tsx';
import { ReleaseDialog } from './release-dialog.tsx';
import { w } from './words.ts';

const NO_RELEASE = 'rel_0';
const PAGE = 50;

type Ends = { from: string; to: string };

async function readDiff(shell: Shell, { from, to }: Ends, cursor?: string): Promise<KnowledgeDiff> {
  const asked = new URLSearchParams({ from, to, limit: String(PAGE), ...(cursor === undefined ? {} : { cursor }) });
  return (await shell.call('GET', `/v1/knowledge/diff?${asked}`)) as KnowledgeDiff;
}

/** What the draft would change of what is live, or what separates two releases. */
export function DraftPage({ shell, at }: PageProps) {
  const say = w.value;
  const ends = { from: at.query.get('from') ?? 'live', to: at.query.get('to') ?? 'draft' };
  const isDraft = ends.from === 'live' && ends.to === 'draft';
  const diff = useResource(() => readDiff(shell, ends), `${ends.from} ${ends.to}`);
  const settings = useResource(() => readSettings(shell), 'settings');
  const releasing = useSignal<{ urgent?: EntryChange } | undefined>(undefined);
  const found = diff.value.value;
  const hasChanges = found !== undefined && found.added + found.changed + found.removed > 0;
  return (
    <>
      <PageHead
        title={isDraft ? say.title : fill(say.titleBetween, { to: ends.to })}
        lead={isDraft ? say.lead : fill(say.leadBetween, { from: found?.from ?? ends.from })}
      >
        {isDraft ? (
          <button
            type="button"
            class="primary"
            data-testid="release"
            disabled={!hasChanges}
            onClick={() => {
              releasing.value = {};
            }}
          >
            {say.release}
          </button>
        ) : null}
      </PageHead>
      <div class="page-body">
        <Loaded of={diff}>
          {(first) => (
            <Changes
              key={`${first.from} ${first.to}`}
              shell={shell}
              ends={ends}
              first={first}
              onUrgent={
                isDraft && first.from !== NO_RELEASE
                  ? (urgent) => {
                      releasing.value = { urgent };
                    }
                  : undefined
              }
            />
          )}
        </Loaded>
      </div>
      {releasing.value === undefined || settings.value.value === undefined ? null : (
        <ReleaseDialog
          shell={shell}
          settings={settings.value.value}
          urgent={releasing.value.urgent}
          onClose={() => {
            releasing.value = undefined;
          }}
        />
      )}
    </>
  );
}

type Kind = EntryChange['kind'];
const KINDS: readonly Kind[] = ['added', 'changed', 'removed'];

type ChangesProps = {
  shell: Shell;
  ends: Ends;
  first: KnowledgeDiff;
  onUrgent: ((change: EntryChange) => void) | undefined;
};

function Changes({ shell, ends, first, onUrgent }: ChangesProps) {
  const say = w.value;
  const more = useSignal<{ items: EntryChange[]; cursor?: string | undefined }>({ items: [], cursor: first.cursor });
  const kind = useSignal<Kind | undefined>(undefined);
  const all = [...first.items, ...more.value.items];
  if (all.length === 0) return <Nothing />;
  const read = () =>
    void shell.attempt(async () => {
      const next = await readDiff(shell, ends, more.value.cursor);
      more.value = { items: [...more.value.items, ...next.items], cursor: next.cursor };
    });
  return (
    <>
      {first.from === NO_RELEASE ? <p class="callout">{say.nothingLive}</p> : null}
      <Kinds diff={first} value={kind.value} onPick={(picked) => (kind.value = picked)} />
      {all
        .filter((change) => kind.value === undefined || change.kind === kind.value)
        .map((change) => (
          <ChangeCard key={change.id} change={change} onUrgent={onUrgent} />
        ))}
      {more.value.cursor === undefined ? null : (
        <button type="button" onClick={read}>
          {say.more}
        </button>
      )}
    </>
  );
}

type KindsProps = { diff: KnowledgeDiff; value: Kind | undefined; onPick: (kind: Kind | undefined) => void };

function Kinds({ diff, value, onPick }: KindsProps) {
  const say = w.value;
  const tabs: [Kind | undefined, string, number][] = [
    [undefined, say.all, diff.added + diff.changed + diff.removed],
    ...KINDS.map((kind): [Kind, string, number] => [kind, say.kinds[kind], diff[kind]]),
  ];
  return (
    <fieldset class="segments kinds" aria-label={say.show}>
      {tabs.map(([kind, label, n]) => (
        <button
          key={label}
          type="button"
          aria-pressed={value === kind}
          data-testid={`kind-${kind ?? 'all'}`}
          onClick={() => onPick(kind)}
        >
          {label} {number(n)}
        </button>
      ))}
    </fieldset>
  );
}

function Nothing() {
  const say = w.value;
  return (
    <Empty title={say.none}>
      <p>{say.noneHint}</p>
      <a class="link" href={hashOf('entries')}>
        {say.toEntries}
      </a>
    </Empty>
  );
}
