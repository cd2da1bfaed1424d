import type { TranscriptReport } from '../../../lib/domain/transcript.ts';
import { fill, words } from '../../words/words.ts';
import { Progress } from '../shell/progress.tsx';
import { counted, number, share } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { Topics } from './topics.tsx';
import { w } from './words.ts';

type ReportProps = { shell: Shell; report: TranscriptReport; onChanged: () => Promise<void> };

/** What a shop's own history says: how much is covered, what customers do, what they ask, and drafts of it. */
export function ReportView({ shell, report, onChanged }: ReportProps) {
  const say = w.value;
  const { status, error, progress } = report;
  if (status === 'failed') {
    return (
      <div class="callout bad" role="alert">
        {fill(say.failed, { reason: error ?? '' })}
      </div>
    );
  }
  if (status !== 'done') {
    const { stage = '', done = 0, total = 0 } = progress ?? {};
    return (
      <div role="status">
        <Progress label={fill(say.reading, { stage })} done={done} total={total} />
      </div>
    );
  }
  return (
    <>
      <Figures report={report} />
      <Acts acts={report.acts} />
      <Topics shell={shell} report={report} onChanged={onChanged} />
      <Rejected report={report} />
    </>
  );
}

function Figures({ report: { conversations, turns, asking, coverage } }: { report: TranscriptReport }) {
  const say = w.value;
  const all: [string, string, string][] = [
    [say.conversations, number(conversations), ''],
    [say.turns, number(turns), ''],
    [say.asking, number(asking), ''],
    ...(coverage === undefined
      ? []
      : ([
          [say.sure, share(coverage.sure), 'good'],
          [say.shown, share(coverage.shown), ''],
          [say.none, share(coverage.none), 'warm'],
        ] as [string, string, string][])),
  ];
  return (
    <section class="panel" data-testid="transcript-figures">
      <div class="figures">
        {all.map(([name, value, tone]) => (
          <div key={name} class={`figure ${tone}`}>
            <strong>{value}</strong>
            <span class="small muted">{name}</span>
          </div>
        ))}
      </div>
    </section>
  );
}

function Acts({ acts }: { acts: TranscriptReport['acts'] }) {
  const say = w.value;
  const named: Record<string, string> = words.value.act;
  const sorted = Object.entries(acts).toSorted(([, a], [, b]) => b - a);
  const most = Math.max(1, ...sorted.map(([, n]) => n));
  const all = sorted.reduce((sum, [, n]) => sum + n, 0);
  if (all === 0) return null;
  return (
    <section class="panel">
      <h3>{say.acts}</h3>
      <dl class="bars">
        {sorted.map(([act, n]) => (
          <div key={act}>
            <dt>{named[act] ?? act}</dt>
            <dd>
              <meter min={0} max={most} value={n} aria-label={named[act] ?? act} /> {share(n / all)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Rejected({ report: { rejected, rejectedTotal } }: { report: TranscriptReport }) {
  const say = w.value;
  if (rejectedTotal === 0) return null;
  return (
    <section class="panel">
      <h3>{counted(say.badRows, rejectedTotal)}</h3>
      <ul>
        {rejected.map(({ row, column, reason }) => (
          <li key={`${row} ${column} ${reason}`}>
            {say.row} {row}, {column}: {reason}
          </li>
        ))}
      </ul>
    </section>
  );
}
