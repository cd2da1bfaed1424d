import type { TeamNow } from '../../../lib/domain/contract/supervisor.ts';
import { duration } from '../../format.ts';
import { fill } from '../../words/words.ts';
import { number, share } from '../shell/say.ts';
import { roomOf } from './order.ts';
import { w } from './words.ts';

const counted = ({ count, more }: { count: number; more: boolean }): string =>
  more ? fill(w.value.most, { n: number(count) }) : number(count);

/** How well the team answers today, and how it stands now. */
export function Headline({ now }: { now: TeamNow }) {
  const say = w.value;
  const { withinMinute, queues, waiting, owners, agents, at } = now;
  const oldest = waiting.map(({ since }) => Date.parse(since)).sort((a, b) => a - b)[0];
  const late = queues.reduce((sum, queue) => sum + queue.late, 0);
  const online = agents.filter(({ presence }) => presence === 'online').length;
  const room = agents.reduce((sum, agent) => sum + roomOf(agent), 0);
  const figures: [string, string, string?][] = [
    [say.waitingNow, counted(owners.queue)],
    [say.oldest, oldest === undefined ? say.unknown : duration(Math.max(0, Date.parse(at) - oldest))],
    [say.lateNow, number(late), late > 0 ? 'bad' : ''],
    [say.online, number(online), online === 0 ? 'warm' : ''],
    [say.room, number(room), room === 0 && waiting.length > 0 ? 'warm' : ''],
    [say.held, counted(owners.agents)],
    [say.withBot, counted(owners.bot)],
  ];
  return (
    <section class="panel team-head" data-testid="headline">
      {withinMinute.share === undefined ? (
        <p class="muted">{waiting.length === 0 ? say.noneYet : say.noneAnswered}</p>
      ) : (
        <div class="figure team-first">
          <strong data-testid="within-minute">{share(withinMinute.share)}</strong>
          <span>{say.withinMinute}</span>
          <span class="small muted">
            {fill(say.ofN, { count: number(withinMinute.count), of: number(withinMinute.of) })}
          </span>
        </div>
      )}
      <div class="figures">
        {figures.map(([name, value, tone = '']) => (
          <div key={name} class={`figure ${tone}`}>
            <strong>{value}</strong>
            <span class="small muted">{name}</span>
          </div>
        ))}
      </div>
    </section>
  );
}
