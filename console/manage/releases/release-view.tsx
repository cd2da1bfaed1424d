import type { Release } from '../../../lib/domain/release.ts';
import { hashOf } from '../../route.ts';
import { fill } from '../../words/words.ts';
import { PageHead } from '../shell/page-head.tsx';
import { useFollow } from '../shell/poll.ts';
import { Loaded, useResource } from '../shell/resource.tsx';
import { ago, moment } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { Blockers } from './blockers.tsx';
import { GoLive } from './go-live.tsx';
import { Report } from './report.tsx';
import { Stages } from './stages.tsx';
import { Counts, isRunning, StatusChip } from './status-chip.tsx';
import { w } from './words.ts';

export function ReleaseView({ shell, id }: { shell: Shell; id: string }) {
  const say = w.value;
  const release = useResource(
    async () => (await shell.call('GET', `/v1/knowledge/releases/${encodeURIComponent(id)}`)) as Release,
    id,
  );
  useFollow(release, isRunning, shell.wait);
  const found = release.value.value;
  return (
    <>
      <PageHead title={found?.note ?? id}>
        <a class="button quiet" href={hashOf('releases')}>
          ← {say.back}
        </a>
        {found === undefined ? null : <GoLive shell={shell} release={found} onDone={release.reload} />}
      </PageHead>
      <div class="page-body">
        <Loaded of={release}>{(one) => <Body shell={shell} release={one} />}</Loaded>
      </div>
    </>
  );
}

function Body({ shell, release }: { shell: Shell; release: Release }) {
  const { status, report } = release;
  return (
    <>
      <Facts shell={shell} release={release} />
      {isRunning(release) ? <Stages release={release} /> : null}
      {status === 'failed' ? <Failed release={release} /> : null}
      <Blockers release={release} />
      {report === undefined ? null : <Report release={release} report={report} />}
      {report === undefined && !isRunning(release) && status !== 'failed' ? (
        <p class="muted">{w.value.noReport}</p>
      ) : null}
    </>
  );
}

function Failed({ release }: { release: Release }) {
  const say = w.value;
  return (
    <section class="callout bad" role="alert">
      <h3>{say.failed}</h3>
      <p>{release.error}</p>
      <p>{say.failedHint}</p>
    </section>
  );
}

/** Who made it, when and why, and what it says of itself. */
function Facts({ shell, release }: { shell: Shell; release: Release }) {
  const say = w.value;
  const { id, status, by, createdAt, activatedAt, activatedBy, urgent, override, report, changed } = release;
  const when = (iso: string) => ago(iso, shell.now());
  const lines = [
    fill(say.madeBy, { by, when: when(createdAt) }),
    ...(activatedAt === undefined ? [] : [fill(say.liveBy, { by: activatedBy ?? by, when: moment(activatedAt) })]),
    ...(urgent === undefined ? [] : [fill(say.urgent, { entry: urgent.entryId })]),
    ...(report?.at === undefined ? [] : [fill(say.asOf, { at: moment(report.at) })]),
  ];
  return (
    <div class="release-facts">
      <p class="row-of">
        <StatusChip status={status} />
        <code class="muted">{id}</code>
        <Counts changed={changed} />
        <span class="muted">{lines.join(' · ')}</span>
      </p>
      {override === undefined ? null : <p class="callout warm">{fill(say.overridden, { reason: override.reason })}</p>}
    </div>
  );
}
