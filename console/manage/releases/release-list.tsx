import { useSignal } from '@preact/signals';
import type { Release } from '../../../lib/domain/release.ts';
import { hashOf } from '../../route.ts';
import { fill } from '../../words/words.ts';
import { Empty } from '../shell/empty.tsx';
import { freezesAhead, frozenNow } from '../shell/freeze.ts';
import { PageHead } from '../shell/page-head.tsx';
import { useFollow } from '../shell/poll.ts';
import { Loaded, useResource } from '../shell/resource.tsx';
import { ago, moment, number } from '../shell/say.ts';
import { readSettings } from '../shell/setting.ts';
import type { Shell } from '../shell/shell.ts';
import { TableWrap } from '../shell/table-wrap.tsx';
import { Counts, isRunning, StatusChip } from './status-chip.tsx';
import { w } from './words.ts';

type Page = { items: Release[]; cursor?: string };

const read = async (shell: Shell, cursor?: string): Promise<Page> =>
  (await shell.call(
    'GET',
    `/v1/knowledge/releases${cursor === undefined ? '' : `?${new URLSearchParams({ cursor })}`}`,
  )) as Page;

export function ReleaseList({ shell }: { shell: Shell }) {
  const say = w.value;
  const releases = useResource(() => read(shell), 'releases');
  useFollow(releases, ({ items }) => items.some(isRunning), shell.wait);
  return (
    <>
      <PageHead title={say.title} lead={say.lead} />
      <div class="page-body">
        <Freezes shell={shell} />
        <Loaded of={releases}>{(page) => <Releases shell={shell} first={page} />}</Loaded>
      </div>
    </>
  );
}

function Releases({ shell, first }: { shell: Shell; first: Page }) {
  const say = w.value;
  const more = useSignal<Page | undefined>(undefined);
  const items = [...first.items, ...(more.value?.items ?? [])];
  const cursor = more.value === undefined ? first.cursor : more.value.cursor;
  if (items.length === 0) {
    return (
      <Empty title={say.none}>
        <p>{say.noneHint}</p>
        <a class="link" href={hashOf('draft')}>
          {say.toDraft}
        </a>
      </Empty>
    );
  }
  const older = () =>
    void shell.attempt(async () => {
      const next = await read(shell, cursor);
      more.value = { ...next, items: [...(more.value?.items ?? []), ...next.items] };
    });
  return (
    <>
      <TableWrap label={say.title}>
        <table class="table releases">
          <thead>
            <tr>
              <th scope="col">{say.status}</th>
              <th scope="col">{say.what}</th>
              <th scope="col">{say.changes}</th>
              <th scope="col" class="number">
                {say.questions}
              </th>
              <th scope="col">{say.by}</th>
              <th scope="col">{say.when}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((release) => (
              <Row key={release.id} release={release} now={shell.now()} />
            ))}
          </tbody>
        </table>
      </TableWrap>
      {cursor === undefined ? null : (
        <button type="button" onClick={older}>
          {say.more}
        </button>
      )}
    </>
  );
}

function Row({ release, now }: { release: Release; now: number }) {
  const say = w.value;
  const { id, status, note, urgent, by, createdAt, changed, questions } = release;
  return (
    <tr data-testid="release-row" class={status === 'live' ? 'is-live' : ''}>
      <td>
        <StatusChip status={status} />
      </td>
      <td>
        <a class="link release-name" href={hashOf('releases', id)}>
          {note ?? (urgent === undefined ? say.noNote : fill(say.urgent, { entry: urgent.entryId }))}
        </a>
        <br />
        <code class="muted">{id}</code>
      </td>
      <td>
        <Counts changed={changed} />
      </td>
      <td class="number">{number(questions)}</td>
      <td>{by}</td>
      <td title={moment(createdAt)}>{ago(createdAt, now)}</td>
    </tr>
  );
}

/** When nothing may go live: now, or still to come. */
function Freezes({ shell }: { shell: Shell }) {
  const say = w.value;
  const settings = useResource(() => readSettings(shell), 'settings');
  const freezes = settings.value.value?.freezes;
  const ahead = freezesAhead(freezes, shell.now());
  const now = frozenNow(freezes, shell.now());
  if (ahead.length === 0) return null;
  return (
    <section class={`callout ${now === undefined ? '' : 'warm'}`} data-testid="freezes" aria-label={say.freezes}>
      <h3>{say.freezes}</h3>
      <ul>
        {ahead.map((freeze) => (
          <li key={freeze.from}>
            {fill(say.freeze, { from: moment(freeze.from), until: moment(freeze.until), reason: freeze.reason })}
            {freeze === now ? <strong> · {say.freezeNow}</strong> : null}
          </li>
        ))}
      </ul>
      <p class="small">{say.freezesHint}</p>
    </section>
  );
}
