import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ConversationView } from '../../lib/domain/contract/desk.ts';
import type { Desk } from '../desk-store.ts';
import { LIST_OF, type Section, type SectionId } from '../sections.ts';
import { fill, words } from '../words/words.ts';
import { MissedNote } from './presence.tsx';
import { Item } from './queue-item.tsx';
import { inSight, offsetsOf } from './windowed.ts';

type QueueProps = { desk: Desk; now: ReadonlySignal<number>; onPick: () => void };

type Row =
  | { kind: 'heading'; section: Section }
  | { kind: 'item'; head: ConversationView; section: SectionId; at: number; of: number }
  | { kind: 'more' | 'none'; section: SectionId };

/** As the style sheet draws them: the list never measures. */
const HEIGHT: Record<Row['kind'], number> = { heading: 36, item: 84, more: 40, none: 36 };
const OFFER_HEIGHT = 124;

const heightOf = (row: Row): number =>
  row.kind === 'item' && row.section === 'offered' ? OFFER_HEIGHT : HEIGHT[row.kind];

/** Headings always stand where there is or may be something; what is folded shows nothing else. */
function rowsOf(section: Section, desk: Desk): Row[] {
  const { id, items } = section;
  const searching = desk.search.value !== '';
  const always = id === 'mine' || id === 'waiting' || id === 'others' || id === 'closed';
  if (items.length === 0 && (searching || !always)) return [];
  if (desk.folded.value.has(id) && !searching) return [{ kind: 'heading', section }];
  return [
    { kind: 'heading', section },
    ...items.map((head, at): Row => ({ kind: 'item', head, section: id, at, of: items.length })),
    ...(items.length === 0 ? [{ kind: 'none', section: id } as const] : []),
    ...(desk.hasMore(id) ? [{ kind: 'more', section: id } as const] : []),
  ];
}

const keyOf = (row: Row): string =>
  row.kind === 'item' ? row.head.id : `${row.kind} ${row.kind === 'heading' ? row.section.id : row.section}`;

export function Queue({ desk, now, onPick }: QueueProps) {
  const { desk: say } = words.value;
  const rows = desk.sections.value.flatMap((section) => rowsOf(section, desk));
  return (
    <nav class="column queue" aria-label={words.value.ui.filter} data-testid="queue">
      <MissedNote desk={desk} />
      <Search desk={desk} />
      {rows.length === 0 ? (
        <p class="empty">{fill(say.searchNone, { text: desk.search.value })}</p>
      ) : (
        <Rows desk={desk} now={now} rows={rows} onPick={onPick} />
      )}
    </nav>
  );
}

function Search({ desk }: { desk: Desk }) {
  const { desk: say } = words.value;
  return (
    <div class="queue-search">
      <input
        id="search"
        type="search"
        data-testid="queue-search"
        aria-label={say.search}
        placeholder={say.search}
        value={desk.search.value}
        onInput={(event) => {
          desk.search.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') desk.step(1);
          if (event.key !== 'Escape') return;
          desk.search.value = '';
          event.currentTarget.blur();
        }}
      />
    </div>
  );
}

type RowsProps = QueueProps & { rows: readonly Row[] };

/** Draws the rows in sight and no others. */
function Rows({ desk, now, rows, onPick }: RowsProps) {
  const frame = useRef<HTMLDivElement>(null);
  const view = useSignal({ top: 0, height: 900 });
  const heights = rows.map(heightOf);
  const { tops, total } = offsetsOf(heights);
  const openAt = rows.findIndex((row) => row.kind === 'item' && row.head.id === desk.openId.value);
  const look = () => {
    const { scrollTop = 0, clientHeight = 0 } = frame.current ?? {};
    const { top, height } = view.peek();
    if (scrollTop !== top || clientHeight !== height) view.value = { top: scrollTop, height: clientHeight };
  };
  useEffect(() => {
    look();
    if (frame.current === null) return undefined;
    const resized = new ResizeObserver(look);
    resized.observe(frame.current);
    return () => resized.disconnect();
  }, []);
  useEffect(() => {
    if (frame.current !== null && openAt >= 0) bringIntoSight(frame.current, tops[openAt] ?? 0, heights[openAt] ?? 0);
  }, [desk.openId.value]);
  return (
    <div ref={frame} class="items" onScroll={look}>
      <ul style={{ height: `${total}px` }}>
        {inSight(rows, heights, view.value).map(({ row, top }) => (
          <li key={keyOf(row)} class={`row-${row.kind}`} style={{ transform: `translateY(${top}px)` }} {...place(row)}>
            <RowView row={row} desk={desk} now={now} onPick={onPick} />
          </li>
        ))}
      </ul>
    </div>
  );
}

const place = (row: Row) => (row.kind === 'item' ? { 'aria-setsize': row.of, 'aria-posinset': row.at + 1 } : {});

function bringIntoSight(frame: HTMLElement, top: number, height: number): void {
  // The heading above the first row comes along.
  if (top < frame.scrollTop) frame.scrollTop = top - HEIGHT.heading;
  const below = top + height - frame.clientHeight;
  if (below > frame.scrollTop) frame.scrollTop = below;
}

function RowView({ row, desk, now, onPick }: QueueProps & { row: Row }) {
  const { ui, desk: say } = words.value;
  if (row.kind === 'heading') return <Heading desk={desk} section={row.section} />;
  if (row.kind === 'none') return <p class="small muted none-here">{noneWords(desk, row.section)}</p>;
  if (row.kind === 'item') return <Item {...{ desk, now, onPick }} head={row.head} section={row.section} />;
  return (
    <button type="button" class="quiet more" onClick={() => void desk.showMoreOf(row.section)}>
      {ui.more} <span class="unseen">{say[TITLES[row.section]]}</span>
    </button>
  );
}

/** Nothing is claimed of a list that has not been read. */
function noneWords(desk: Desk, section: SectionId): string {
  const { ui, desk: say } = words.value;
  if (!desk.isRead(section)) return ui.loading;
  if (section === 'waiting') return say.nothingWaits;
  return section === 'mine' ? say.nothingMine : ui.queueEmpty;
}

const TITLES = {
  offered: 'sectionOffered',
  mine: 'sectionMine',
  waiting: 'sectionWaiting',
  bot: 'sectionBot',
  others: 'sectionOthers',
  closed: 'sectionClosed',
} as const satisfies Record<SectionId, string>;

function Heading({ desk, section: { id, items } }: { desk: Desk; section: Section }) {
  const { desk: say } = words.value;
  const isFolded = desk.folded.value.has(id);
  const isUnread = !desk.isRead(id) || (isFolded && (LIST_OF[id] === 'others' || LIST_OF[id] === 'closed'));
  const count = fill(desk.hasMore(id) ? say.countMore : say.count, { n: items.length });
  return (
    <button
      type="button"
      class={`section-heading section-${id}`}
      data-testid={`section-${id}`}
      aria-expanded={!isFolded}
      onClick={() => desk.fold(id)}
    >
      <span>{say[TITLES[id]]}</span>
      {isUnread ? null : <span class="count">{count}</span>}
    </button>
  );
}
