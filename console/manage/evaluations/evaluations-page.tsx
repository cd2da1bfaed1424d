import type { Evaluation } from '../../../lib/domain/evaluation.ts';
import { hashOf } from '../../route.ts';
import type { PageProps } from '../pages.ts';
import { Empty } from '../shell/empty.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { useFollow } from '../shell/poll.ts';
import { Loaded, useResource } from '../shell/resource.tsx';
import { ago, number, share } from '../shell/say.ts';
import { TableWrap } from '../shell/table-wrap.tsx';
import { EvaluationView } from './evaluation-view.tsx';
import { NewRun } from './new-run.tsx';
import { w } from './words.ts';

type Evaluations = { items: Evaluation[] };
const PATH = '/v1/knowledge/evaluations';
const isRunning = ({ status }: Evaluation): boolean => status === 'queued' || status === 'running';

/** All runs and a new one; `#/evaluations/<id>` is one of them. */
export function EvaluationsPage(props: PageProps) {
  return props.at.id === undefined ? <Runs {...props} /> : <One {...props} id={props.at.id} />;
}

function Runs({ shell }: PageProps) {
  const say = w.value;
  const runs = useResource(() => shell.call('GET', PATH) as Promise<Evaluations>, 'runs');
  useFollow(runs, ({ items }) => items.some(isRunning), shell.wait);
  return (
    <>
      <PageHead title={say.title} lead={say.lead} />
      <div class="page-body">
        <Loaded of={runs}>
          {({ items }) => (
            <>
              <NewRun shell={shell} runs={items} />
              {items.length === 0 ? (
                <Empty title={say.empty}>
                  <p>{say.emptyHint}</p>
                </Empty>
              ) : (
                <RunTable runs={items} now={shell.now()} />
              )}
            </>
          )}
        </Loaded>
      </div>
    </>
  );
}

function RunTable({ runs, now }: { runs: readonly Evaluation[]; now: number }) {
  const say = w.value;
  return (
    <TableWrap label={say.runs}>
      <table class="table" data-testid="runs">
        <thead>
          <tr>
            <th scope="col">{say.name}</th>
            <th scope="col">{say.when}</th>
            <th scope="col">{say.release}</th>
            <th scope="col" class="number">
              {say.rows}
            </th>
            <th scope="col" class="number">
              {say.first}
            </th>
            <th scope="col" class="number">
              {say.three}
            </th>
            <th scope="col" class="number">
              {say.ece}
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map(({ id, name, createdAt, by, release, figures, status }) => (
            <tr key={id}>
              <td>
                <a class="link" href={hashOf('evaluations', id)}>
                  {name ?? id}
                </a>
              </td>
              <td>
                {ago(createdAt, now)} · {by}
              </td>
              <td>
                <code>{release}</code>
              </td>
              <td class="number">{figures === undefined ? status : number(figures.rows)}</td>
              <td class="number">{figures === undefined ? '' : share(figures.recall1)}</td>
              <td class="number">{figures === undefined ? '' : share(figures.recall3)}</td>
              <td class="number">{figures === undefined ? '' : share(figures.ece)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableWrap>
  );
}

function One({ shell, at, id }: PageProps & { id: string }) {
  const say = w.value;
  const against = at.query.get('against');
  const path = `${PATH}/${encodeURIComponent(id)}${against === null ? '' : `?against=${encodeURIComponent(against)}`}`;
  const run = useResource(() => shell.call('GET', path) as Promise<Evaluation>, path);
  useFollow(run, isRunning, shell.wait);
  return (
    <>
      <PageHead title={run.value.value?.name ?? say.title}>
        <a class="link" href={hashOf('evaluations')}>
          {say.back}
        </a>
      </PageHead>
      <div class="page-body">
        <Loaded of={run}>{(evaluation) => <EvaluationView shell={shell} evaluation={evaluation} />}</Loaded>
      </div>
    </>
  );
}
