import { useSignal } from '@preact/signals';
import type { TranscriptReport } from '../../../lib/domain/transcript.ts';
import { hashOf } from '../../route.ts';
import type { PageProps } from '../pages.ts';
import { Empty } from '../shell/empty.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { useFollow } from '../shell/poll.ts';
import { Loaded, useResource } from '../shell/resource.tsx';
import { ago, number, share } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { TableWrap } from '../shell/table-wrap.tsx';
import { ReportView } from './report-view.tsx';
import { w } from './words.ts';

type Transcripts = { items: TranscriptReport[] };
const PATH = '/v1/knowledge/transcripts';
const isRunning = ({ status }: TranscriptReport): boolean => status === 'queued' || status === 'running';

/** All chat exports and a new one; `#/transcripts/<id>` is what one says. */
export function TranscriptsPage(props: PageProps) {
  return props.at.id === undefined ? <Exports {...props} /> : <One {...props} id={props.at.id} />;
}

function Exports({ shell }: PageProps) {
  const say = w.value;
  const transcripts = useResource(() => shell.call('GET', PATH) as Promise<Transcripts>, 'transcripts');
  useFollow(transcripts, ({ items }) => items.some(isRunning), shell.wait);
  return (
    <>
      <PageHead title={say.title} lead={say.lead} />
      <div class="page-body">
        <NewExport shell={shell} />
        <Loaded of={transcripts}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={say.empty}>
                <p>{say.emptyHint}</p>
              </Empty>
            ) : (
              <ExportTable reports={items} now={shell.now()} />
            )
          }
        </Loaded>
      </div>
    </>
  );
}

function NewExport({ shell }: { shell: Shell }) {
  const say = w.value;
  const file = useSignal<File | undefined>(undefined);
  const name = useSignal('');
  const busy = useSignal(false);
  const send = async (chosen: File) => {
    busy.value = true;
    const query = new URLSearchParams({ name: name.value.trim() || chosen.name });
    const begun = await shell.attempt(() => shell.call('POST', `${PATH}?${query}`, chosen) as Promise<{ id: string }>);
    busy.value = false;
    if (begun !== undefined) shell.go('transcripts', begun.id);
  };
  return (
    <form
      class="panel"
      onSubmit={(event) => {
        event.preventDefault();
        if (file.value !== undefined) void send(file.value);
      }}
    >
      <div class="fields">
        <div class="field">
          <label for="transcript-file">{say.choose}</label>
          <input
            id="transcript-file"
            type="file"
            accept=".csv,.json,.jsonl,.txt"
            data-testid="transcript-file"
            aria-describedby="transcript-hint"
            onChange={(event) => {
              file.value = event.currentTarget.files?.[0];
            }}
          />
          <span id="transcript-hint" class="hint">
            {say.formats}
          </span>
        </div>
        <div class="field">
          <label for="transcript-name">{say.name}</label>
          <input
            id="transcript-name"
            maxLength={200}
            value={name.value}
            onInput={(event) => {
              name.value = event.currentTarget.value;
            }}
          />
        </div>
      </div>
      <div class="row-of">
        <button type="submit" class="primary" disabled={busy.value || file.value === undefined}>
          {say.read}
        </button>
      </div>
    </form>
  );
}

function ExportTable({ reports, now }: { reports: readonly TranscriptReport[]; now: number }) {
  const say = w.value;
  return (
    <TableWrap label={say.title}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{say.name}</th>
            <th scope="col">{say.when}</th>
            <th scope="col" class="number">
              {say.conversations}
            </th>
            <th scope="col" class="number">
              {say.asking}
            </th>
            <th scope="col" class="number">
              {say.none}
            </th>
          </tr>
        </thead>
        <tbody>
          {reports.map(({ id, name, createdAt, by, status, conversations, asking, coverage }) => (
            <tr key={id}>
              <td>
                <a class="link" href={hashOf('transcripts', id)}>
                  {name ?? id}
                </a>
              </td>
              <td>
                {ago(createdAt, now)} · {by}
              </td>
              <td class="number">{status === 'done' ? number(conversations) : status}</td>
              <td class="number">{number(asking)}</td>
              <td class="number">{coverage === undefined ? '' : share(coverage.none)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableWrap>
  );
}

function One({ shell, id }: PageProps & { id: string }) {
  const say = w.value;
  const path = `${PATH}/${encodeURIComponent(id)}`;
  const report = useResource(() => shell.call('GET', path) as Promise<TranscriptReport>, path);
  useFollow(report, isRunning, shell.wait);
  return (
    <>
      <PageHead title={report.value.value?.name ?? say.title}>
        <a class="link" href={hashOf('transcripts')}>
          {say.back}
        </a>
      </PageHead>
      <div class="page-body">
        <Loaded of={report}>{(value) => <ReportView shell={shell} report={value} onChanged={report.reload} />}</Loaded>
      </div>
    </>
  );
}
