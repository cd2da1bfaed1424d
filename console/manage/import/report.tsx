import { hashOf } from '../../route.ts';
import { fill } from '../../words/words.ts';
import { Progress } from '../shell/progress.tsx';
import { saveFile } from '../shell/save-file.ts';
import { counted, number } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { DropZone } from './choose.tsx';
import type { Importer } from './importer.ts';
import { MappingTable } from './mapping-table.tsx';
import { ProblemTable } from './problem-table.tsx';
import { isRunning, type Report } from './types.ts';
import { w } from './words.ts';

type ReportProps = { shell: Shell; importer: Importer; report: Report };

export function ReportView({ shell, importer, report }: ReportProps) {
  const say = w.value;
  if (isRunning(report)) return <Running report={report} />;
  const what = report.kind === 'catalog' ? 'catalog' : 'knowledge';
  const download = () =>
    void shell.attempt(() =>
      saveFile(shell, `/v1/${what}/imports/${encodeURIComponent(report.id)}/rejected?format=csv`, `${report.id}.csv`),
    );
  return (
    <>
      <Outcome importer={importer} report={report} />
      <MappingTable report={report} importer={importer} editable={report.dryRun && report.kind !== 'catalog'} />
      <ProblemTable
        title={say.problems}
        hint={say.problemsHint}
        rows={report.rejected}
        total={report.rejectedTotal}
        testId="rejected"
        {...(what === 'knowledge' ? { onDownload: download } : {})}
      />
      <ProblemTable
        title={say.warnings}
        rows={report.warnings ?? []}
        total={report.warningsTotal ?? report.warnings?.length ?? 0}
        testId="warnings"
      />
    </>
  );
}

function Running({ report }: { report: Report }) {
  const say = w.value;
  const stage = report.progress?.stage ?? report.status;
  return (
    <section class="panel" data-testid="running">
      <h3>{say.reading}</h3>
      <Progress label={say.stages[stage] ?? stage} {...(report.progress ?? { done: 0, total: 0 })} />
    </section>
  );
}

function Outcome({ importer, report }: Omit<ReportProps, 'shell'>) {
  const say = w.value;
  if (report.status === 'failed') {
    return (
      <section class="callout bad" data-testid="outcome" role="alert">
        <h3>{say.failed}</h3>
        <p>{report.error}</p>
        <p>{say.failedHint}</p>
      </section>
    );
  }
  const figures: [string, number, string][] = [
    [say.rows, report.rows, ''],
    [say.added, report.added, report.added > 0 ? 'good' : ''],
    [say.changed, report.changed, ''],
    [say.unchanged, report.unchanged, ''],
    [say.removed, report.removed, report.removed > 0 ? 'bad' : ''],
    [say.rejected, report.rejectedTotal, report.rejectedTotal > 0 ? 'bad' : ''],
    [say.warned, report.warningsTotal ?? 0, (report.warningsTotal ?? 0) > 0 ? 'warm' : ''],
  ];
  return (
    <section class="panel" data-testid="outcome">
      <div class="panel-head">
        <h3>{report.dryRun ? say.dryDone : say.liveDone}</h3>
        {report.detected === undefined ? null : (
          <span class="chip">{fill(say.detected, { format: report.detected })}</span>
        )}
      </div>
      <div class="figures">
        {figures.map(([label, n, tone]) => (
          <span key={label} class={`figure ${tone}`}>
            <strong>{number(n)}</strong>
            <span class="small muted">{label}</span>
          </span>
        ))}
      </div>
      <Next importer={importer} report={report} />
    </section>
  );
}

/** What comes after: taking it in, or seeing what it did. */
function Next({ importer, report }: Omit<ReportProps, 'shell'>) {
  const say = w.value;
  if (!report.dryRun) {
    return (
      <div class="row-of">
        <a class="link" href={hashOf('draft')}>
          {say.seeDraft}
        </a>
        <a class="link" href={hashOf('entries')}>
          {say.seeEntries}
        </a>
      </div>
    );
  }
  const n = report.added + report.changed + report.removed;
  const words = report.kind === 'catalog' ? say.importProducts : say.import;
  const hasFile = importer.file.value !== undefined;
  return (
    <>
      {hasFile || n === 0 ? null : (
        <>
          <p>{say.needFile}</p>
          <DropZone importer={importer} />
        </>
      )}
      <div class="row-of">
        <button
          type="button"
          class="primary"
          data-testid="import-now"
          disabled={n === 0 || !hasFile || importer.sending.value}
          onClick={() => void importer.send(false)}
        >
          {n === 0 ? say.importNothing : counted(words, n)}
        </button>
        {report.rejectedTotal === 0 ? null : (
          <span class="muted">{counted(say.importLeave, report.rejectedTotal)}</span>
        )}
      </div>
    </>
  );
}
