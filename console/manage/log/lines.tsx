import type { ComponentChildren } from 'preact';
import { timeOfDay } from '../../format.ts';
import { Loaded, useResource } from '../shell/resource.tsx';
import { dayName, moment } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { detailWords } from './detail.ts';
import { readOn } from './narrowed.ts';
import { w } from './words.ts';

type Event = { at: string; detail?: string | undefined };
type Page<E> = { items: E[]; cursor?: string };
type LinesProps<E extends Event> = {
  shell: Shell;
  path: string;
  query: URLSearchParams;
  label: string;
  empty: string;
  sentence: (event: E) => ComponentChildren;
};

/** One kind of event, newest first, as far back as somebody asks. */
export function Lines<E extends Event>({ shell, path, query, label, empty, sentence }: LinesProps<E>) {
  const read = (cursor?: string) => {
    const asked = new URLSearchParams(query);
    if (cursor !== undefined) asked.set('cursor', cursor);
    return shell.call('GET', `${path}?${asked}`) as Promise<Page<E>>;
  };
  const log = useResource(() => readOn(read), `${path}?${query}`);
  const earlier = async (page: Page<E>) => {
    const next = await shell.attempt(() => readOn(read, page.cursor));
    if (next !== undefined) log.value.value = { ...next, items: [...page.items, ...next.items] };
  };
  return (
    <Loaded of={log}>
      {(page) => (
        <section class="log" aria-label={label} data-testid="log">
          {page.items.length === 0 ? <p class="muted">{page.cursor === undefined ? empty : w.value.soFar}</p> : null}
          {byDay(page.items).map(([day, events]) => (
            <section key={day}>
              <h3>{day}</h3>
              <ol>
                {events.map((event) => (
                  <Line key={keyOf(event)} event={event}>
                    {sentence(event)}
                  </Line>
                ))}
              </ol>
            </section>
          ))}
          <More page={page} onMore={() => void earlier(page)} />
        </section>
      )}
    </Loaded>
  );
}

const keyOf = (event: Event): string => JSON.stringify(event);

/** Neighbours of one day of this computer's clock, in their order. */
function byDay<E extends Event>(events: readonly E[]): [string, E[]][] {
  const days = new Map<string, E[]>();
  for (const event of events) days.set(dayName(event.at), [...(days.get(dayName(event.at)) ?? []), event]);
  return [...days];
}

function Line({ event: { at, detail = '' }, children }: { event: Event; children: ComponentChildren }) {
  return (
    <li>
      <time dateTime={at} title={moment(at)}>
        {timeOfDay(at)}
      </time>
      <div>
        <p>{children}</p>
        {detail === '' ? null : <p class="small muted">{detailWords(detail)}</p>}
      </div>
    </li>
  );
}

function More({ page, onMore }: { page: Page<unknown>; onMore: () => void }) {
  if (page.cursor !== undefined) {
    return (
      <button type="button" data-testid="earlier" onClick={onMore}>
        {w.value.more}
      </button>
    );
  }
  return page.items.length === 0 ? null : <p class="small muted">{w.value.first}</p>;
}
