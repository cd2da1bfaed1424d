import type { Evaluation, EvaluationFigures } from '../../../lib/domain/evaluation.ts';
import { intentWords } from '../../intent-words.ts';
import { hashOf } from '../../route.ts';
import { fill } from '../../words/words.ts';
import { ReliabilityChart } from '../charts/reliability.tsx';
import { Progress } from '../shell/progress.tsx';
import { saveFile } from '../shell/save-file.ts';
import { counted, number, share } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { TableWrap } from '../shell/table-wrap.tsx';
import { MissTable } from './miss-table.tsx';
import { w } from './words.ts';

/** One run: its figures, whether its confidence can be believed, and every question that went wrong. */
export function EvaluationView({ shell, evaluation }: { shell: Shell; evaluation: Evaluation }) {
  const say = w.value;
  const { status, error, progress, figures } = evaluation;
  if (status === 'failed') {
    return (
      <div class="callout bad" role="alert">
        {fill(say.failed, { reason: error ?? '' })}
      </div>
    );
  }
  if (figures === undefined) {
    const { done = 0, total = 0 } = progress ?? {};
    return (
      <div role="status">
        <Progress label={total === 0 ? say.waiting : say.running} done={done} total={total} />
      </div>
    );
  }
  return (
    <>
      <Figures figures={figures} />
      <Against evaluation={evaluation} />
      <section class="panel">
        <h3>{say.reliability}</h3>
        <ReliabilityChart bins={figures.reliability} />
        <p class="small muted">{say.reliabilityHint}</p>
      </section>
      <Misses shell={shell} evaluation={evaluation} />
      <Confused confused={figures.confused} />
      <Rejected evaluation={evaluation} />
    </>
  );
}

function Figures({ figures }: { figures: EvaluationFigures }) {
  const say = w.value;
  const { rows, recall1, recall3, mrr, macroF1, ece, atThreshold, outOfScope } = figures;
  const all: [string, string][] = [
    [say.rows, number(rows)],
    [say.first, share(recall1)],
    [say.three, share(recall3)],
    [say.mrr, mrr.toFixed(3)],
    [say.f1, share(macroF1)],
    [say.ece, share(ece)],
  ];
  return (
    <section class="panel" data-testid="figures">
      <div class="figures">
        {all.map(([name, value]) => (
          <div key={name} class="figure">
            <strong>{value}</strong>
            <span class="small muted">{name}</span>
          </div>
        ))}
      </div>
      <ul class="small">
        {atThreshold.map(({ target, coverage, precision }) => (
          <li key={target}>
            {fill(say.coverage, { target: share(target), coverage: share(coverage), precision: share(precision) })}
          </li>
        ))}
        {outOfScope === undefined ? null : (
          <li>{counted(say.rejectedNone, outOfScope.rows).replace('{share}', share(outOfScope.rejected))}</li>
        )}
      </ul>
    </section>
  );
}

function Against({ evaluation: { against } }: { evaluation: Evaluation }) {
  const say = w.value;
  if (against === undefined) return null;
  return (
    <section class="panel" data-testid="against">
      <h3>
        {say.comparedWith}{' '}
        <a class="link" href={hashOf('evaluations', against.id)}>
          {against.id}
        </a>
      </h3>
      <p class="muted">{counted(say.shared, against.shared)}</p>
      <h4 class="good-text">
        {say.gained}: {number(against.gainedTotal)}
      </h4>
      <MissTable misses={against.gained} />
      <h4 class="bad">
        {say.lost}: {number(against.lostTotal)}
      </h4>
      <MissTable misses={against.lost} />
    </section>
  );
}

function Misses({ shell, evaluation: { id, misses, missesTotal } }: { shell: Shell; evaluation: Evaluation }) {
  const say = w.value;
  return (
    <section class="panel" data-testid="misses">
      <div class="panel-head">
        <h3>
          {say.misses}: {number(missesTotal)}
        </h3>
        {missesTotal === 0 ? null : (
          <button
            type="button"
            onClick={() => {
              const path = `/v1/knowledge/evaluations/${encodeURIComponent(id)}/misses`;
              void shell.attempt(() => saveFile(shell, path, `misses-${id}.csv`));
            }}
          >
            {fill(say.allMisses, { n: number(missesTotal) })}
          </button>
        )}
      </div>
      {missesTotal === 0 ? <p class="muted">{say.noMisses}</p> : <MissTable misses={misses} />}
    </section>
  );
}

function Confused({ confused }: Pick<EvaluationFigures, 'confused'>) {
  const say = w.value;
  if (confused.length === 0) return null;
  return (
    <section class="panel">
      <h3>{say.confused}</h3>
      <TableWrap label={say.confused}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{say.expected}</th>
              <th scope="col">{say.got}</th>
              <th scope="col" class="number">
                {say.times}
              </th>
            </tr>
          </thead>
          <tbody>
            {confused.map(({ expected, got, count }) => (
              <tr key={`${expected} ${got}`}>
                <td>{intentWords(expected)}</td>
                <td>{intentWords(got)}</td>
                <td class="number">{number(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableWrap>
    </section>
  );
}

function Rejected({ evaluation: { rejected } }: { evaluation: Evaluation }) {
  const say = w.value;
  if (rejected.length === 0) return null;
  return (
    <section class="panel">
      <h3>{counted(say.badRows, rejected.length)}</h3>
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
