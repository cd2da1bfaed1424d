import { useMemo } from 'preact/hooks';
import { hashOf } from '../../route.ts';
import { fill } from '../../words/words.ts';
import type { PageProps } from '../pages.ts';
import { PageHead } from '../shell/page-head.tsx';
import { useFollow } from '../shell/poll.ts';
import { Loaded, useResource } from '../shell/resource.tsx';
import { ago } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { TableWrap } from '../shell/table-wrap.tsx';
import { Choose } from './choose.tsx';
import { createImporter, type Importer } from './importer.ts';
import { ReportView } from './report.tsx';
import { isRunning, type Report } from './types.ts';
import { w } from './words.ts';

export function ImportPage({ shell, at }: PageProps) {
  const say = w.value;
  const importer = useMemo(() => createImporter(shell), [shell]);
  const what = at.query.get('what') === 'catalog' ? 'catalog' : 'knowledge';
  return (
    <>
      <PageHead title={say.title} lead={say.lead}>
        {at.id === undefined ? null : (
          <a class="button" href={hashOf('import')} data-testid="another">
            {say.another}
          </a>
        )}
      </PageHead>
      <div class="page-body">
        {at.id === undefined ? (
          <>
            <Choose importer={importer} />
            <History shell={shell} />
          </>
        ) : (
          <OneImport key={at.id} shell={shell} importer={importer} what={what} id={at.id} />
        )}
      </div>
    </>
  );
}

type OneProps = { shell: Shell; importer: Importer; what: string; id: string };

function OneImport({ shell, importer, what, id }: OneProps) {
  const read = async () => (await shell.call('GET', `/v1/${what}/imports/${encodeURIComponent(id)}`)) as Report;
  const report = useResource(read, id);
  useFollow(report, isRunning, shell.wait);
  return <Loaded of={report}>{(found) => <ReportView shell={shell} importer={importer} report={found} />}</Loaded>;
}

function History({ shell }: { shell: Shell }) {
  const say = w.value;
  const imports = useResource(
    async () => ((await shell.call('GET', '/v1/knowledge/imports')) as { items: Report[] }).items,
    'imports',
  );
  const items = imports.value.value ?? [];
  if (items.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="history-title" data-testid="history">
      <h3 id="history-title">{say.history}</h3>
      <TableWrap label={say.history}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{say.when}</th>
              <th scope="col">{say.result}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr key={one.id}>
                <td>
                  <a class="link" href={hashOf('import', one.id)}>
                    {ago(one.createdAt, shell.now())}
                  </a>
                </td>
                <td>
                  <Result report={one} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableWrap>
    </section>
  );
}

function Result({ report }: { report: Report }) {
  const say = w.value;
  const tone = report.status === 'failed' ? 'bad' : report.dryRun ? '' : 'good';
  const state = report.status === 'done' ? (report.dryRun ? say.dry : say.live) : say.statuses[report.status];
  const { added, changed, rejectedTotal: rejected, error } = report;
  return (
    <span class="row-of">
      <span class={`chip ${tone}`}>{state}</span>
      {report.pack === undefined ? null : <span>{fill(say.pack, { name: report.pack })}</span>}
      <span class="muted">{error ?? fill(say.summary, { added, changed, rejected })}</span>
    </span>
  );
}
