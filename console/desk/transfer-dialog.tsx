import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AgentView } from '../../lib/domain/routing.ts';
import type { Target } from '../api.ts';
import type { Desk } from '../desk-store.ts';
import { sorted } from '../sections.ts';
import { fill, words } from '../words/words.ts';
import { DeskDialog } from './dialog.tsx';

/** Passes the open conversation on, to an agent who is there or to a skill, with a note for whoever takes it. */
export function TransferDialog({ desk }: { desk: Desk }) {
  const { ui, desk: say, skill: names } = words.value;
  const own = desk.open.value?.head.handoff?.skill;
  const chosen = useSignal(own === undefined ? '' : `skill ${own}`);
  const note = useSignal('');
  useEffect(() => void desk.readTeam(), []);
  const close = () => desk.ask(undefined);
  const agents = likeliestFirst(
    desk.team.value.filter((agent) => agent.agentId !== desk.me.value && agent.presence !== 'off'),
    own,
  );
  const known = [...Object.keys(names), ...desk.team.value.flatMap((agent) => agent.skills ?? [])];
  const skills = [...new Set(own === undefined ? known : [own, ...known])];
  const go = () => {
    const to = targetOf(chosen.value);
    if (to === undefined) return;
    void desk.transfer(to, note.value.trim() === '' ? undefined : note.value.trim());
  };
  return (
    <DeskDialog desk={desk} title={say.transferTitle} testId="transfer-dialog" onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) go();
        }}
      >
        <fieldset class="targets">
          <legend class="small muted">{say.transferAgents}</legend>
          {agents.length === 0 ? <p class="small muted">{say.noAgents}</p> : null}
          {agents.map((agent) => (
            <Choice key={agent.agentId} value={`agent ${agent.agentId}`} chosen={chosen}>
              <AgentLine agent={agent} />
            </Choice>
          ))}
        </fieldset>
        <fieldset class="targets skills">
          <legend class="small muted">{say.transferSkills}</legend>
          {skills.map((skill) => (
            <Choice key={skill} value={`skill ${skill}`} chosen={chosen}>
              {names[skill] ?? skill}
            </Choice>
          ))}
        </fieldset>
        <label class="field">
          {say.transferNote}
          <textarea
            rows={3}
            maxLength={2_000}
            data-testid="transfer-note"
            placeholder={say.transferNotePlaceholder}
            value={note.value}
            onInput={(event) => {
              note.value = event.currentTarget.value;
            }}
          />
        </label>
        <p class="dialog-actions">
          <button type="button" onClick={close}>
            {say.cancel}
          </button>
          <button type="submit" class="primary" data-testid="transfer-go" disabled={chosen.value === ''}>
            {ui.transfer}
          </button>
        </p>
      </form>
    </DeskDialog>
  );
}

/** Who is there, can do this, and has a place free; the least laden of them first. No skills are all of them. */
export function likeliestFirst(agents: readonly AgentView[], skill: string | undefined): AgentView[] {
  const can = ({ skills = [] }: AgentView) => skills.length === 0 || skill === undefined || skills.includes(skill);
  return sorted(agents, (one) => [
    one.presence === 'online' ? 0 : 1,
    can(one) ? 0 : 1,
    one.load < one.capacity ? 0 : 1,
    one.load,
  ]);
}

function targetOf(chosen: string): Target | undefined {
  const [kind, ...rest] = chosen.split(' ');
  const name = rest.join(' ');
  if (name === '') return undefined;
  return kind === 'agent' ? { agentId: name } : { skill: name };
}

type ChoiceProps = { value: string; chosen: { value: string }; children: preact.ComponentChildren };

function Choice({ value, chosen, children }: ChoiceProps) {
  return (
    <label class="target" data-target={value}>
      <input
        type="radio"
        name="target"
        value={value}
        autofocus={chosen.value === value}
        checked={chosen.value === value}
        onChange={() => {
          chosen.value = value;
        }}
      />
      {children}
    </label>
  );
}

/** Who they are, whether they are there, and how much they hold. */
function AgentLine({ agent: { agentId, name, presence, load, capacity, skills = [] } }: { agent: AgentView }) {
  const { desk: say, skill: names } = words.value;
  const can = skills.map((skill) => names[skill] ?? skill).join(' · ');
  return (
    <span class="agent-line">
      <span class={`dot is-${presence}`} aria-hidden="true" />
      <strong>{name ?? agentId}</strong>
      <span class="small muted">
        {[say[presence], fill(say.load, { load, capacity }), can].filter((word) => word !== '').join(' · ')}
      </span>
    </span>
  );
}
