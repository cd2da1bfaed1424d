import { useSignal } from '@preact/signals';
import type { Held, TeamAgent, TeamNow } from '../../../lib/domain/contract/supervisor.ts';
import { duration } from '../../format.ts';
import { fill } from '../../words/words.ts';
import { counted } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { Act, nameOf } from './act.tsx';
import { AgentDialog } from './agent-dialog.tsx';
import { Due } from './due.tsx';
import { byNeed } from './order.ts';
import { skillName } from './queue.tsx';
import { w } from './words.ts';

type AgentsProps = { shell: Shell; now: TeamNow; reload: () => Promise<void> };

/** Whether somebody is being edited: a known agent, or one who is to be added. */
type Editing = TeamAgent | 'new' | undefined;

/** Who is there, how full they are, what they hold and what they promised. */
export function Agents({ shell, now, reload }: AgentsProps) {
  const say = w.value;
  const editing = useSignal<Editing>(undefined);
  const close = () => {
    editing.value = undefined;
  };
  return (
    <section class="panel" data-testid="team-agents">
      <div class="panel-head">
        <h3>{say.agents}</h3>
        <button
          type="button"
          class="quiet"
          data-testid="add-agent"
          onClick={() => {
            editing.value = 'new';
          }}
        >
          {say.addAgent}
        </button>
      </div>
      {now.agents.length === 0 ? <p class="muted">{say.noAgents}</p> : null}
      <ul class="team-agents">
        {byNeed(now.agents, now.at).map((agent) => (
          <AgentRow
            key={agent.agentId}
            agent={agent}
            shell={shell}
            now={now}
            reload={reload}
            onEdit={() => {
              editing.value = agent;
            }}
          />
        ))}
      </ul>
      {editing.value === undefined ? null : (
        <AgentDialog
          shell={shell}
          agent={editing.value === 'new' ? undefined : editing.value}
          onClose={close}
          onSaved={async () => {
            close();
            await reload();
          }}
        />
      )}
    </section>
  );
}

const WIDTH = 100;

type AgentRowProps = AgentsProps & { agent: TeamAgent; onEdit: () => void };

function AgentRow({ agent, shell, now, reload, onEdit }: AgentRowProps) {
  const say = w.value;
  const { presence, load, capacity, holds, more, promiseDueAt, skills = [] } = agent;
  const told = { online: say.isOnline, away: say.isAway, off: say.isOff }[presence];
  const tone = { online: 'good', away: 'warm', off: '' }[presence];
  return (
    <li data-testid="agent-row" data-agent={agent.agentId}>
      <div class="team-agent">
        <span class="team-who">
          <strong>{nameOf(agent)}</strong>
          <span class="small muted">{skills.length === 0 ? '' : skills.map(skillName).join(' · ')}</span>
        </span>
        <span class={`chip ${tone}`}>{told}</span>
        <span class="team-load">
          <svg viewBox={`0 0 ${WIDTH} 6`} preserveAspectRatio="none" aria-hidden="true">
            <rect class="load-all" width={WIDTH} height={6} rx={3} />
            <rect
              class={load > capacity ? 'load-over' : 'load-some'}
              width={Math.min(1, load / Math.max(1, capacity)) * WIDTH}
              height={6}
              rx={3}
            />
          </svg>
          <span class="small">{fill(say.loadOf, { load, capacity })}</span>
        </span>
        <PromiseDue dueAt={promiseDueAt} at={now.at} />
        <button type="button" class="quiet" aria-label={fill(say.edit, { name: nameOf(agent) })} onClick={onEdit}>
          {say.editShort}
        </button>
      </div>
      {holds.length === 0 ? null : (
        <details data-testid="holds">
          <summary class="small">
            {counted(say.holds, holds.length)} {more ? say.holdsMore : ''}
          </summary>
          <ul class="team-waiting">
            {holds.map((held) => (
              <HeldRow key={held.conversationId} held={held} agent={agent} shell={shell} now={now} reload={reload} />
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

function PromiseDue({ dueAt, at }: { dueAt: string | undefined; at: string }) {
  const say = w.value;
  if (dueAt === undefined) return null;
  const left = Date.parse(dueAt) - Date.parse(at);
  const when = fill(left >= 0 ? say.dueIn : say.lateBy, { time: duration(Math.abs(left)) });
  return <span class={`chip ${left < 0 ? 'bad' : ''}`}>{`${say.promise} ${when}`}</span>;
}

function HeldRow({ held, agent, shell, now, reload }: AgentsProps & { held: Held; agent: TeamAgent }) {
  const say = w.value;
  const { conversationId, customerName = conversationId, owed, sla, promiseDueAt } = held;
  return (
    <li>
      <span class="team-who">
        <strong>{customerName}</strong>
        <span class={`small ${owed ? '' : 'muted'}`}>{owed ? say.owed : say.calm}</span>
      </span>
      <Due due={sla} at={now.at} />
      <PromiseDue dueAt={promiseDueAt} at={now.at} />
      <Act
        shell={shell}
        now={now}
        reload={reload}
        conversation={conversationId}
        customer={customerName}
        holder={agent.agentId}
      />
    </li>
  );
}
