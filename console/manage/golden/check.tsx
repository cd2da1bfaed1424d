import { useSignal } from '@preact/signals';
import type { Evaluation } from '../../../lib/domain/evaluation.ts';
import type { Golden } from '../../../lib/domain/knowledge.ts';
import type { Release } from '../../../lib/domain/release.ts';
import { hashOf } from '../../route.ts';
import { fill } from '../../words/words.ts';
import { MissTable } from '../evaluations/miss-table.tsx';
import { prepare } from '../hit-test/ask.ts';
import { Field } from '../shell/field.tsx';
import { useFollow } from '../shell/poll.ts';
import { Progress } from '../shell/progress.tsx';
import { Loaded, useResource } from '../shell/resource.tsx';
import { ago, counted, number } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { ask, isRunning, readStanding, type Standing } from './run.ts';
import { w } from './words.ts';

const DRAFT = 'draft';

/** Asks a release all of them, and says which it gets wrong and how. */
export function Check({ shell, items }: { shell: Shell; items: readonly Golden[] }) {
  const say = w.value;
  const standing = useResource(() => readStanding(shell), 'standing');
  useFollow(standing, isRunning, shell.wait);
  const of = useSignal('');
  const busy = useSignal(false);
  const run = async () => {
    busy.value = true;
    await shell.attempt(async () => {
      const release = of.value === DRAFT ? await compiled(shell) : of.value;
      if (release !== undefined) await ask(shell, items, release);
    });
    busy.value = false;
    await standing.reload();
  };
  return (
    <section class="panel" aria-label={say.check} data-testid="golden-check">
      <h3>{say.check}</h3>
      <Loaded of={standing}>
        {(found) => (
          <>
            <form
              class="access-row"
              onSubmit={(event) => {
                event.preventDefault();
                void run();
              }}
            >
              <Field label={say.askOf}>
                {(ids) => (
                  <select
                    {...ids}
                    value={of.value}
                    onChange={(event) => {
                      of.value = event.currentTarget.value;
                    }}
                  >
                    <option value="">{say.live}</option>
                    <option value={DRAFT}>{say.draft}</option>
                    {found.releases.filter(({ status }) => status !== 'live').map(releaseOption)}
                  </select>
                )}
              </Field>
              <button type="submit" class="primary" data-testid="ask-golden" disabled={busy.value || isRunning(found)}>
                {say.ask}
              </button>
            </form>
            {busy.value && of.value === DRAFT ? <Progress label={say.compiling} done={0} total={0} /> : null}
            <Gated {...found} />
            <Last {...found} now={shell.now()} />
          </>
        )}
      </Loaded>
    </section>
  );
}

/** The draft as a release that is not put live; says so where it could not become one. */
async function compiled(shell: Shell): Promise<string | undefined> {
  const release = await prepare(shell);
  if (release.snapshotKey !== undefined) return release.id;
  shell.say('bad', fill(w.value.notCompiled, { reason: release.error ?? release.status }));
  return undefined;
}

const releaseOption = ({ id, note }: Release) => (
  <option key={id} value={id}>
    {note === undefined ? id : `${id} · ${note}`}
  </option>
);

/** What the gate said when the newest release was made: it asks them by itself. */
function Gated({ gated }: Standing) {
  const say = w.value;
  if (gated?.report === undefined || gated.report.goldenTotal === 0) return null;
  const { goldenRight, goldenTotal, lostTotal } = gated.report;
  const said = { right: number(goldenRight), total: number(goldenTotal), lost: number(lostTotal) };
  return (
    <p class="small muted" data-testid="golden-gate">
      {fill(lostTotal === 0 ? say.gateKept : say.gateLost, said)}{' '}
      <a class="link" href={hashOf('releases', gated.id)}>
        {gated.id}
      </a>
    </p>
  );
}

function Last({ last, now }: Standing & { now: number }) {
  const say = w.value;
  if (last === undefined) return <p class="muted">{say.neverAsked}</p>;
  const { status, progress, figures, error } = last;
  if (status === 'failed') return <p class="callout bad">{fill(say.failed, { reason: error ?? '' })}</p>;
  if (figures === undefined)
    return <Progress label={say.running} done={progress?.done ?? 0} total={progress?.total ?? 0} />;
  const right = figures.rows - last.missesTotal;
  return (
    <>
      <p class={`callout ${last.missesTotal === 0 ? 'good' : 'bad'}`} data-testid="golden-result">
        <strong>{fill(say.right, { right: number(right), rows: number(figures.rows) })}</strong>
        <span class="small">
          {fill(say.asked, { release: last.release, when: ago(last.finishedAt ?? last.createdAt, now) })}{' '}
          <a class="link" href={hashOf('evaluations', last.id)}>
            {say.whole}
          </a>
        </span>
      </p>
      <MissTable misses={last.misses} />
      {last.misses.length === 0 ? null : <p class="small muted">{say.why}</p>}
      <NotAsked last={last} />
    </>
  );
}

/** Those whose answer the release does not hold at all: nothing could be compared. */
function NotAsked({ last: { rejected, rejectedTotal } }: { last: Evaluation }) {
  if (rejectedTotal === 0) return null;
  return (
    <div class="callout warm" data-testid="golden-not-asked">
      <strong>{counted(w.value.notAsked, rejectedTotal)}</strong>
      <ul class="small">
        {rejected.map(({ row, value, reason }) => (
          <li key={row}>
            <code>{value}</code> {reason}
          </li>
        ))}
      </ul>
    </div>
  );
}
