import { useSignal } from '@preact/signals';
import type { SkillQueue, TeamNow, Waiter } from '../../../lib/domain/contract/supervisor.ts';
import { duration } from '../../format.ts';
import { fill, words } from '../../words/words.ts';
import { number } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { TableWrap } from '../shell/table-wrap.tsx';
import { Act, nameOf } from './act.tsx';
import { Due } from './due.tsx';
import { w } from './words.ts';

type QueueProps = { shell: Shell; now: TeamNow; reload: () => Promise<void> };

const FEW = 8;

export const skillName = (skill: string): string => words.value.skill[skill] ?? skill;

/** The line by skill, then those in it, whoever breaks a promise next first. */
export function Queue({ shell, now, reload }: QueueProps) {
  const say = w.value;
  const all = useSignal(false);
  const { queues, waiting } = now;
  const shown = all.value ? waiting : waiting.slice(0, FEW);
  return (
    <section class="panel" data-testid="team-queue">
      <h3>{say.queue}</h3>
      <TableWrap label={say.queue}>
        <table class="table team-table">
          <thead>
            <tr>
              <th scope="col">{say.queueSkill}</th>
              {[say.queueWaiting, say.queueOldest, say.queueExpected, say.queueOnline].map((name) => (
                <th key={name} scope="col" class="number">
                  {name}
                </th>
              ))}
              <th scope="col">{say.queueDue}</th>
            </tr>
          </thead>
          <tbody>
            {queues.map((queue) => (
              <QueueRow key={queue.skill} queue={queue} at={now.at} />
            ))}
          </tbody>
        </table>
      </TableWrap>
      {waiting.length === 0 ? (
        <p class="muted">{say.queueEmpty}</p>
      ) : (
        <>
          <h4>{say.next}</h4>
          <ul class="team-waiting">
            {shown.map((waiter) => (
              <WaiterRow key={waiter.conversationId} waiter={waiter} shell={shell} now={now} reload={reload} />
            ))}
          </ul>
          {waiting.length <= FEW ? null : (
            <button
              type="button"
              class="quiet"
              aria-expanded={all.value}
              onClick={() => {
                all.value = !all.value;
              }}
            >
              {fill(say.allWaiting, { n: number(waiting.length) })}
            </button>
          )}
        </>
      )}
    </section>
  );
}

function QueueRow({ queue, at }: { queue: SkillQueue; at: string }) {
  const say = w.value;
  const { skill, waiting, oldestSince, expectedWaitMs, online, soon, late } = queue;
  const oldest =
    oldestSince === undefined ? say.unknown : duration(Math.max(0, Date.parse(at) - Date.parse(oldestSince)));
  return (
    <tr data-testid="queue-row">
      <th scope="row">{skillName(skill)}</th>
      <td class="number">{number(waiting)}</td>
      <td class="number">{oldest}</td>
      <td class="number">{expectedWaitMs === undefined ? say.unknown : duration(expectedWaitMs)}</td>
      <td class="number">
        {online === 0 && waiting > 0 ? <span class="chip warm">{say.nobody}</span> : number(online)}
      </td>
      <td>
        {late === 0 ? null : <span class="chip bad">{fill(say.lateN, { n: number(late) })}</span>}{' '}
        {soon === 0 ? null : <span class="chip warm">{fill(say.soonN, { n: number(soon) })}</span>}
      </td>
    </tr>
  );
}

function WaiterRow({ waiter, shell, now, reload }: QueueProps & { waiter: Waiter }) {
  const say = w.value;
  const { conversationId, customerName = conversationId, skill, reason, since, sla, offeredTo } = waiter;
  const asked = now.agents.find(({ agentId }) => agentId === offeredTo);
  const why = say.handoffReason[reason as keyof typeof say.handoffReason] ?? reason;
  return (
    <li data-testid="waiter">
      <span class="team-who">
        <strong>{customerName}</strong>
        <span class="small muted">
          {[
            skillName(skill),
            why,
            fill(say.waitsSince, { time: duration(Math.max(0, Date.parse(now.at) - Date.parse(since))) }),
            ...(offeredTo === undefined
              ? []
              : [fill(say.asked, { name: asked === undefined ? offeredTo : nameOf(asked) })]),
          ].join(' · ')}
        </span>
      </span>
      <Due due={sla} at={now.at} />
      <Act shell={shell} now={now} reload={reload} conversation={conversationId} customer={customerName} />
    </li>
  );
}
