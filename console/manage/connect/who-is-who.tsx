import { useId } from 'preact/hooks';
import type { AgentView } from '../../../lib/domain/routing.ts';
import { Field } from '../shell/field.tsx';
import { Growing } from '../shell/growing.tsx';
import { useResource } from '../shell/resource.tsx';
import type { Shell } from '../shell/shell.ts';
import { type Person, type SkillRow, wrongIn, wrongInSkill } from './connect.ts';
import type { FormProps } from './form.tsx';
import { w } from './words.ts';

/** People and skills of both sides. */
export function WhoIsWho({ typed, onType, shell }: FormProps & { shell: Shell }) {
  const say = w.value;
  return (
    <section class="panel" aria-label={say.stepFour} data-testid="who-is-who">
      <h3>{say.stepFour}</h3>
      <People rows={typed.people} shell={shell} onChange={(people) => onType({ ...typed, people })} />
      <Skills rows={typed.skills} onChange={(skills) => onType({ ...typed, skills })} />
    </section>
  );
}

type TextProps = {
  label: string;
  value: string;
  wrong?: string | undefined;
  hint?: string;
  list?: string;
  testId: string;
  onText: (value: string) => void;
};

function Text({ label, value, wrong, hint, list, testId, onText }: TextProps) {
  return (
    <Field label={label} hint={hint} wrong={wrong}>
      {(ids) => (
        <input
          {...ids}
          type="text"
          list={list}
          autocomplete="off"
          spellcheck={false}
          data-testid={testId}
          value={value}
          onInput={(event) => onText(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

type RowsProps<Row> = { rows: readonly Row[]; onChange: (rows: Row[]) => void };

function People({ rows, onChange, shell }: RowsProps<Person> & { shell: Shell }) {
  const say = w.value;
  const list = useId();
  const known = useResource(() => agentsOf(shell), 'agents');
  return (
    <>
      <datalist id={list}>
        {(known.value.value ?? []).map(({ id, name }) => (
          <option key={id} value={id} label={name} />
        ))}
      </datalist>
      <Growing
        name="people"
        title={say.people}
        hint={say.peopleHint}
        rows={rows}
        blank={{ email: '', agent: '' }}
        onChange={onChange}
      >
        {(row, change) => {
          const wrong = wrongIn(row, rows);
          return (
            <>
              <Text
                label={say.email}
                testId="person-email"
                value={row.email}
                wrong={wrong.email ? say.wrongEmail : undefined}
                onText={(email) => change({ email })}
              />
              <Text
                label={say.agent}
                testId="person-agent"
                list={list}
                value={row.agent}
                wrong={wrong.agent ? say.wrongAgent : undefined}
                onText={(agent) => change({ agent })}
              />
            </>
          );
        }}
      </Growing>
    </>
  );
}

type Known = { id: string; name: string };

/** Whom the team page lists; none where it cannot be read: then ids are typed. */
async function agentsOf(shell: Shell): Promise<Known[]> {
  try {
    const { items } = (await shell.call('GET', '/v1/team/agents')) as { items: AgentView[] };
    return items.map(({ agentId, name = agentId }) => ({ id: agentId, name }));
  } catch {
    return [];
  }
}

function Skills({ rows, onChange }: RowsProps<SkillRow>) {
  const say = w.value;
  return (
    <Growing
      name="skills"
      title={say.skills}
      hint={say.skillsHint}
      rows={rows}
      blank={{ skill: '', labels: '', team: '' }}
      onChange={onChange}
    >
      {(row, change) => {
        const wrong = wrongInSkill(row, rows);
        return (
          <>
            <Text
              label={say.skill}
              testId="skill-name"
              value={row.skill}
              wrong={wrong.skill ? say.wrongSkill : undefined}
              onText={(skill) => change({ skill })}
            />
            <Text
              label={say.labels}
              hint={say.labelsHint}
              testId="skill-labels"
              value={row.labels}
              onText={(labels) => change({ labels })}
            />
            <Text
              label={say.team}
              testId="skill-team"
              value={row.team}
              wrong={wrong.team ? say.wrongTeam : undefined}
              onText={(team) => change({ team })}
            />
          </>
        );
      }}
    </Growing>
  );
}
