import { useSignal } from '@preact/signals';
import type { AgentView } from '../../../lib/domain/routing.ts';
import { fill } from '../../words/words.ts';
import { Loaded, useResource } from '../shell/resource.tsx';
import type { Shell } from '../shell/shell.ts';
import { nameOf } from '../team/act.tsx';
import { AgentDialog } from '../team/agent-dialog.tsx';
import { skillName } from '../team/queue.tsx';
import { w as teamWords } from '../team/words.ts';
import { w } from './words.ts';

/** What each agent takes, and how much of it. */
export function AgentList({ shell }: { shell: Shell }) {
  const [say, team] = [w.value, teamWords.value];
  const agents = useResource(
    async () => ((await shell.call('GET', '/v1/team/agents')) as { items: AgentView[] }).items,
    'agents',
  );
  const editing = useSignal<AgentView | 'new' | undefined>(undefined);
  const close = () => {
    editing.value = undefined;
  };
  return (
    <section class="panel" data-testid="routing-agents" aria-label={say.agents}>
      <div class="panel-head">
        <div>
          <h3>{say.agents}</h3>
          <p class="small muted">{say.agentsLead}</p>
        </div>
        <button
          type="button"
          class="quiet"
          onClick={() => {
            editing.value = 'new';
          }}
        >
          {team.addAgent}
        </button>
      </div>
      <Loaded of={agents}>
        {(items) => (
          <ul class="team-agents">
            {items.map((agent) => (
              <li key={agent.agentId} class="team-agent">
                <span class="team-who">
                  <strong>{nameOf(agent)}</strong>
                  <span class="small muted">{(agent.skills ?? []).map(skillName).join(' · ')}</span>
                </span>
                <span class="small">{`${team.capacity}: ${agent.capacity}`}</span>
                <button
                  type="button"
                  class="quiet"
                  aria-label={fill(team.edit, { name: nameOf(agent) })}
                  onClick={() => {
                    editing.value = agent;
                  }}
                >
                  {team.editShort}
                </button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {editing.value === undefined ? null : (
        <AgentDialog
          shell={shell}
          agent={editing.value === 'new' ? undefined : editing.value}
          onClose={close}
          onSaved={async () => {
            close();
            await agents.reload();
          }}
        />
      )}
    </section>
  );
}
