import { useSignal } from '@preact/signals';
import type { TeamNow } from '../../../lib/domain/contract/supervisor.ts';
import { timeOfDay } from '../../format.ts';
import { fill } from '../../words/words.ts';
import type { PageProps } from '../pages.ts';
import { PageHead } from '../shell/page-head.tsx';
import { Loaded, type Resource, useResource } from '../shell/resource.tsx';
import type { Shell } from '../shell/shell.ts';
import { Agents } from './agents.tsx';
import { Headline } from './headline.tsx';
import { Queue } from './queue.tsx';
import { PERIODS, type Period, readHours, readNow } from './read.ts';
import { Report } from './report.tsx';
import { useLive } from './use-live.ts';
import { w } from './words.ts';

/** The team as it is, and below it what happened. */
export function TeamPage({ shell }: PageProps) {
  const say = w.value;
  const team = useResource(() => readNow(shell), 'team');
  useLive(shell, team.reload);
  const shown = team.value.value;
  return (
    <>
      <PageHead title={say.title} lead={say.lead}>
        {shown === undefined ? null : <span class="muted small">{fill(say.asOf, { time: timeOfDay(shown.at) })}</span>}
      </PageHead>
      <div class="page-body team">
        {shown === undefined ? (
          <Loaded of={team}>{() => <span />}</Loaded>
        ) : (
          <Team shell={shell} team={team} now={shown} />
        )}
      </div>
    </>
  );
}

type TeamProps = { shell: Shell; team: Resource<TeamNow>; now: TeamNow };

function Team({ shell, team, now }: TeamProps) {
  return (
    <>
      {team.error.value === undefined ? null : (
        <div class="callout warm" role="status">
          {fill(w.value.stale, { time: timeOfDay(now.at) })}
        </div>
      )}
      <Headline now={now} />
      <div class="team-live">
        <Queue shell={shell} now={now} reload={team.reload} />
        <Agents shell={shell} now={now} reload={team.reload} />
      </div>
      <Past shell={shell} timeZone={now.timeZone} />
    </>
  );
}

function Past({ shell, timeZone }: { shell: Shell; timeZone: string }) {
  const say = w.value;
  const period = useSignal<Period>('today');
  const hours = useResource(() => readHours(shell, period.value, timeZone), period.value);
  return (
    <section class="team-past" aria-label={say.period}>
      <fieldset class="segments" aria-label={say.period}>
        {PERIODS.map((one) => (
          <button
            key={one}
            type="button"
            data-testid={`period-${one}`}
            aria-pressed={period.value === one}
            onClick={() => {
              period.value = one;
            }}
          >
            {say[one]}
          </button>
        ))}
      </fieldset>
      <Loaded of={hours}>{(found) => <Report hours={found} period={period.value} />}</Loaded>
    </section>
  );
}
