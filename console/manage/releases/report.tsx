import type { Release, ReleaseReport } from '../../../lib/domain/release.ts';
import { fill } from '../../words/words.ts';
import { ChangeBars } from '../charts/change-bars.tsx';
import { CoverageChart } from '../charts/curve.tsx';
import { ReliabilityChart } from '../charts/reliability.tsx';
import { bytes, number, share } from '../shell/say.ts';
import { Examples } from './examples.tsx';
import { Conflicts, Expiring, Pairs } from './findings.tsx';
import { w } from './words.ts';

const NO_RELEASE = 'rel_0';

/** Everything the gate found, worst first. */
export function Report({ release, report }: { release: Release; report: ReleaseReport }) {
  const say = w.value;
  const { compile } = report;
  const { entries, questions } = release;
  return (
    <>
      <section class="panel" aria-labelledby="gate-title" data-testid="report">
        <div class="panel-head">
          <h3 id="gate-title">{say.gate}</h3>
          <span class="small muted">
            {report.against === NO_RELEASE ? say.againstNothing : fill(say.against, { id: report.against })}
          </span>
        </div>
        <Figures report={report} />
        <p class="small muted">
          {fill(say.size, { entries: number(entries), questions: number(questions), bytes: bytes(compile.bytes) })}
        </p>
        {(report.degraded ?? []).map((why) => (
          <p key={why} class="callout warm">
            {fill(say.degraded, { why })}
          </p>
        ))}
      </section>
      <Compared report={report} />
      <Examples report={report} />
      <Conflicts conflicts={report.conflicts ?? []} />
      <Expiring expiring={report.expiring ?? []} />
      <Pairs pairs={report.pairs ?? []} />
      <Charts report={report} />
    </>
  );
}

type Figure = [label: string, value: string, tone: string];

function figuresOf(report: ReleaseReport): Figure[] {
  const say = w.value;
  const { goldenRight, goldenTotal, compile } = report;
  const golden: Figure =
    goldenTotal === 0
      ? [say.goldenNone, '—', '']
      : [say.goldenRight, `${number(goldenRight)} / ${number(goldenTotal)}`, report.lostTotal > 0 ? 'bad' : ''];
  const shares: [string, number | undefined][] = [
    [say.accuracy, compile.accuracy],
    [say.recall3, compile.recall3],
  ];
  const known = shares.flatMap(([label, value]): Figure[] => (value === undefined ? [] : [[label, share(value), '']]));
  const [point] = compile.operatingPoints ?? [];
  return [
    golden,
    ...known,
    ...(compile.mrr === undefined ? [] : [[say.mrr, compile.mrr.toFixed(3), ''] as Figure]),
    ...(compile.ece === undefined ? [] : [[say.ece, share(compile.ece), ''] as Figure]),
    ...(point === undefined
      ? []
      : [[fill(say.coverageAt, { target: share(point.target) }), share(point.coverage), ''] as Figure]),
  ];
}

function Figures({ report }: { report: ReleaseReport }) {
  return (
    <div class="figures">
      {figuresOf(report).map(([label, value, tone]) => (
        <span key={label} class={`figure ${tone}`}>
          <strong>{value}</strong>
          <span class="small muted">{label}</span>
        </span>
      ))}
    </div>
  );
}

function Compared({ report }: { report: ReleaseReport }) {
  const say = w.value;
  const sets = (['golden', 'own', 'recent'] as const).flatMap((name) => {
    const found = report[name];
    return found === undefined || found.asked === 0 ? [] : [{ label: say.sets[name], ...found }];
  });
  if (sets.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="compared-title">
      <div class="panel-head">
        <h3 id="compared-title">{say.compared}</h3>
        <span class="small muted">{say.comparedHint}</span>
      </div>
      <ChangeBars rows={sets} />
    </section>
  );
}

function Charts({ report }: { report: ReleaseReport }) {
  const say = w.value;
  const { reliability = [], curve, operatingPoints = [] } = report.compile;
  if (reliability.length === 0 && curve.length === 0) return null;
  return (
    <div class="chart-pair">
      {reliability.length === 0 ? null : (
        <section class="panel">
          <h3>{say.reliability}</h3>
          <p class="small muted">{say.reliabilityHint}</p>
          <ReliabilityChart bins={reliability} />
        </section>
      )}
      {curve.length === 0 ? null : (
        <section class="panel">
          <h3>{say.curve}</h3>
          <p class="small muted">{say.curveHint}</p>
          <CoverageChart curve={curve} targets={operatingPoints} />
        </section>
      )}
    </div>
  );
}
