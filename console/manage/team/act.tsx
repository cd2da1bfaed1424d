import type { TeamAgent, TeamNow } from '../../../lib/domain/contract/supervisor.ts';
import { fill } from '../../words/words.ts';
import type { Shell } from '../shell/shell.ts';
import { byRoom } from './order.ts';
import { w } from './words.ts';

export const nameOf = ({ name, agentId }: Pick<TeamAgent, 'name' | 'agentId'>): string => name ?? agentId;

type ActProps = {
  shell: Shell;
  now: TeamNow;
  reload: () => Promise<void>;
  conversation: string;
  customer: string;
  /** Nobody's yet, or this agent's. */
  holder?: string;
};

/** Takes a conversation over, or hands it to an agent who is there. */
export function Act({ shell, now, reload, conversation, customer, holder }: ActProps) {
  const say = w.value;
  const path = `/v1/desk/conversations/${encodeURIComponent(conversation)}`;
  const takeOver = () => shell.call('POST', `${path}/take-over`, {});
  const run = async (work: () => Promise<unknown>, done: string) => {
    // What a change answers is nothing to show: whether it went well is.
    const went = await shell.attempt(() => work().then(() => true));
    if (went) shell.say('good', done);
    await reload();
  };
  const handTo = async (agentId: string) => {
    if (holder !== undefined) await takeOver();
    await shell.call('POST', `${path}/transfer`, { agentId });
  };
  const others = byRoom(now.agents).filter(({ agentId }) => agentId !== holder);
  return (
    <span class="row-of team-act">
      <button
        type="button"
        data-testid="take-over"
        aria-label={`${say.takeOver}: ${customer}`}
        onClick={() => void run(takeOver, say.takenOver)}
      >
        {say.takeOver}
      </button>
      {others.length === 0 ? null : (
        <select
          aria-label={`${say.handTo} ${customer}`}
          data-testid="hand-to"
          value=""
          onChange={(event) => {
            const agent = others.find(({ agentId }) => agentId === event.currentTarget.value);
            event.currentTarget.value = '';
            if (agent === undefined) return;
            void run(() => handTo(agent.agentId), fill(say.handedTo, { name: nameOf(agent) }));
          }}
        >
          <option value="">{say.handTo}</option>
          {others.map((agent) => (
            <option key={agent.agentId} value={agent.agentId}>
              {`${nameOf(agent)} · ${fill(say.loadOf, { load: agent.load, capacity: agent.capacity })}`}
            </option>
          ))}
        </select>
      )}
    </span>
  );
}
