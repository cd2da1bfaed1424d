import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { Loading } from '../../loading.tsx';
import { hashOf } from '../../route.ts';
import type { PageProps } from '../pages.ts';
import { Empty } from '../shell/empty.tsx';
import { usePageKeys } from '../shell/keys.ts';
import { PageHead } from '../shell/page-head.tsx';
import { ProblemView } from '../shell/problem.tsx';
import { Loaded, useResource } from '../shell/resource.tsx';
import { counted } from '../shell/say.ts';
import { readFacts, readSettings, type ShopFact, type ShopSettings } from '../shell/setting.ts';
import type { Shell } from '../shell/shell.ts';
import { VirtualList } from '../shell/virtual-list.tsx';
import { newEntry, readEntry } from './editor.ts';
import { EditorPane } from './editor-pane.tsx';
import { createEntryList, type EntryList, type Filters } from './entry-list.ts';
import { EntryRow } from './entry-row.tsx';
import { FilterBar } from './filters.tsx';
import { w } from './words.ts';

const ROW = 56;
/** How long typing rests before it is searched for. */
const REST_MS = 250;

const FILTERS = ['q', 'category', 'language', 'pack', 'policy', 'state'] as const;

/** Filters may come with the address, from a page that points here. */
const filtersIn = (query: URLSearchParams): Filters =>
  Object.fromEntries(FILTERS.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? '']] : [])));

export function EntriesPage({ shell, at }: PageProps) {
  const say = w.value;
  const list = useMemo(() => createEntryList(shell), [shell]);
  const filters = useSignal<Filters>(filtersIn(at.query));
  const around = useResource(async () => {
    const [facts, settings] = await Promise.all([readFacts(shell), readSettings(shell)]);
    return { facts, settings };
  }, 'around');
  useSearch(shell, list, filters.value);
  const isNew = at.query.get('new') === '1';
  const shown = list.items.value;
  const current = shown.findIndex(({ id }) => id === at.id);
  const step = (by: number) => () => {
    const from = shown.findIndex(({ id }) => id === shell.here().id);
    const next = shown[from === -1 ? 0 : from + by];
    if (next !== undefined) shell.go('entries', next.id);
  };
  const add = () => shell.go('entries', undefined, { new: '1' });
  usePageKeys({ next: step(1), previous: step(-1), new: add });
  const packs = usePacks(shell);
  return (
    <div class="entries" data-open={at.id !== undefined || isNew}>
      <section class="entries-list" aria-label={say.title}>
        <PageHead title={say.title}>
          <button type="button" class="primary" title={`${say.keyNew}: n`} data-testid="new-entry" onClick={add}>
            {say.add}
          </button>
        </PageHead>
        <FilterBar
          list={list}
          packs={packs}
          value={filters.value}
          onChange={(next) => {
            filters.value = next;
          }}
        />
        <Rows
          list={list}
          filtered={Object.values(filters.value).some((one) => one !== '')}
          current={current}
          id={at.id}
        />
      </section>
      <section class="entries-editor">
        <Loaded of={around}>
          {({ facts, settings }) => (
            <Opened shell={shell} list={list} id={at.id} isNew={isNew} facts={facts} settings={settings} />
          )}
        </Loaded>
      </section>
    </div>
  );
}

/** Searches when typing rests, and at once the first time. */
function useSearch(shell: Shell, list: EntryList, filters: Filters): void {
  const key = JSON.stringify(filters);
  const first = useSignal(true);
  useEffect(() => {
    let stopped = false;
    const search = async () => {
      if (!first.value) await shell.wait(REST_MS);
      first.value = false;
      if (!stopped) await list.show(JSON.parse(key));
    };
    void search();
    return () => {
      stopped = true;
    };
  }, [key]);
}

function usePacks(shell: Shell): readonly string[] {
  const packs = useResource(async () => {
    const answer = (await shell.call('GET', '/v1/packs').catch(() => ({ items: [] }))) as { items: { name: string }[] };
    return answer.items.map(({ name }) => name);
  }, 'packs');
  return packs.value.value ?? [];
}

type RowsProps = { list: EntryList; filtered: boolean; current: number; id: string | undefined };

function Rows({ list, filtered, current, id }: RowsProps) {
  const say = w.value;
  const items = list.items.value;
  if (list.error.value !== undefined && items.length === 0) return <ProblemView error={list.error.value} />;
  if (items.length === 0) return list.loading.value ? <Loading /> : <NoEntries filtered={filtered} />;
  const n = list.total.value ?? items.length;
  return (
    <>
      <p class="small muted list-count" role="status" data-testid="count">
        {counted(list.hasMore.value && list.total.value === undefined ? say.countMore : say.count, n)}
      </p>
      <VirtualList
        items={items}
        rowHeight={ROW}
        label={say.title}
        keyOf={(one) => one.id}
        row={(one) => <EntryRow entry={one} isOpen={one.id === id} />}
        onReach={list.reach}
        {...(current === -1 ? {} : { current })}
      />
    </>
  );
}

function NoEntries({ filtered }: { filtered: boolean }) {
  const say = w.value;
  if (filtered) {
    return (
      <Empty title={say.none}>
        <p>{say.noneHint}</p>
      </Empty>
    );
  }
  return (
    <Empty title={say.empty}>
      <p>{say.emptyHint}</p>
      <a class="link" href={hashOf('import')}>
        {say.emptyImport}
      </a>
    </Empty>
  );
}

type OpenedProps = {
  shell: Shell;
  list: EntryList;
  id: string | undefined;
  isNew: boolean;
  facts: readonly ShopFact[];
  settings: ShopSettings;
};

function Opened({ shell, list, id, isNew, facts, settings }: OpenedProps) {
  const say = w.value;
  const entry = useResource(
    async () => (id === undefined ? undefined : await readEntry(shell, id)),
    id ?? (isNew ? ' new' : ''),
  );
  const fresh = useMemo(() => newEntry(shell), [isNew]);
  if (isNew && id === undefined) {
    return <EditorPane key="new" isNew stored={fresh} {...{ shell, list, facts, settings }} />;
  }
  if (id === undefined) {
    return (
      <Empty title={say.pick}>
        <p>{say.pickHint}</p>
      </Empty>
    );
  }
  return (
    <Loaded of={{ ...entry, value: entry.value }}>
      {(stored) =>
        stored === undefined ? (
          <Loading />
        ) : (
          <EditorPane key={stored.id} isNew={false} stored={stored} {...{ shell, list, facts, settings }} />
        )
      }
    </Loaded>
  );
}
