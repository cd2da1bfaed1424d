import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { AgentView } from '../../../lib/domain/routing.ts';
import { fill } from '../../words/words.ts';
import { Field } from '../shell/field.tsx';
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

type ListProps<Row> = {
  name: string;
  title: string;
  hint: string;
  rows: readonly Row[];
  blank: Row;
  onChange: (rows: Row[]) => void;
  children: (row: Row, change: (part: Partial<Row>) => void) => ComponentChildren;
};

/** A list that grows: each line its fields, and a way out. */
function List<Row>({ name, title, hint, rows, blank, onChange, children }: ListProps<Row>) {
  const say = w.value;
  return (
    <div class="routing-rows" data-testid={`rows-${name}`}>
      <div class="panel-head">
        <h4>{title}</h4>
        <button type="button" class="quiet" data-testid={`add-${name}`} onClick={() => onChange([...rows, blank])}>
          {say.add}
          <span class="unseen">: {title}</span>
        </button>
      </div>
      <p class="small muted">{hint}</p>
      {rows.map((row, at) => (
        <div key={at} class="routing-row">
          <div class="fields">
            {children(row, (part) => onChange(rows.map((one, other) => (other === at ? { ...one, ...part } : one))))}
          </div>
          <button
            type="button"
            class="quiet danger"
            aria-label={`${say.removeRow}: ${fill(say.row, { what: title, n: at + 1 })}`}
            onClick={() => onChange(rows.filter((_, other) => other !== at))}
          >
            {say.removeRow}
          </button>
        </div>
      ))}
    </div>
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
      <List
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
      </List>
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
    <List
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
    </List>
  );
}
