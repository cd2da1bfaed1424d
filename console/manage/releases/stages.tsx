import type { Release } from '../../../lib/domain/release.ts';
import { fill } from '../../words/words.ts';
import { Progress } from '../shell/progress.tsx';
import { w } from './words.ts';

const STAGES = ['parsed', 'trained', 'indexed', 'calibrated', 'gated', 'uploaded', 'live'] as const;

/** Where a release is on its way. A stage that only some deployments pass shows while it is passed. */
export function Stages({ release }: { release: Release }) {
  const say = w.value;
  const { progress, publish, forecast } = release;
  const stage = progress?.stage ?? 'parsed';
  const shown = publish ? STAGES : STAGES.filter((one) => one !== 'live');
  const at = (shown as readonly string[]).indexOf(stage);
  return (
    <section class="panel" data-testid="stages">
      <ol class="stages">
        {shown.map((one, index) => (
          <li key={one} class={index < at ? 'done' : ''} {...(index === at ? { 'aria-current': 'step' as const } : {})}>
            {say.stages[one]}
          </li>
        ))}
      </ol>
      <Progress label={say.stages[stage] ?? stage} {...(progress ?? { done: 0, total: 0 })} percent />
      {forecast === undefined ? null : (
        <p class="small muted">{fill(say.forecast, { seconds: Math.ceil(forecast.seconds) })}</p>
      )}
    </section>
  );
}
