import { hashOf } from '../../route.ts';
import { Field } from '../shell/field.tsx';
import type { Shell } from '../shell/shell.ts';
import type { People } from './names.tsx';
import { type ActionGroup, isNarrow, type Narrowed } from './narrowed.ts';
import { w } from './words.ts';

type NarrowProps = {
  shell: Shell;
  people: People;
  narrowed: Narrowed;
  actions: readonly ActionGroup[];
  /** Which of the two logs it is, as the address has it. */
  tab: string | undefined;
};

/** Who, what, on whom, and when: what is asked stands in the address, so that it can be sent to somebody. */
export function Narrow({ shell, people, narrowed, actions, tab }: NarrowProps) {
  const say = w.value;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const asked = [...new FormData(event.target)].map(([name, value]) => [name, String(value).trim()]);
    shell.go('log', tab, Object.fromEntries(asked));
  };
  const isAccess = tab === 'access';
  const text = { autocapitalize: 'off', spellcheck: false, maxLength: 200 } as const;
  return (
    <form class="access-row log-narrow" onSubmit={submit} data-testid="log-narrow">
      <Field label={say.person}>
        {(ids) => <input {...ids} {...text} name="person" list="log-people" defaultValue={narrowed.person} />}
      </Field>
      <Field label={say.action}>
        {(ids) => <Actions ids={ids} name="action" value={narrowed.action} groups={actions} />}
      </Field>
      {isAccess ? (
        <Field label={say.conversationId}>
          {(ids) => <input {...ids} {...text} name="conversation" defaultValue={narrowed.conversation} />}
        </Field>
      ) : null}
      <Field label={isAccess ? say.onWhom : say.aboutWhat}>
        {(ids) => <input {...ids} {...text} name="subject" list="log-about" defaultValue={narrowed.subject} />}
      </Field>
      <Field label={say.day}>{(ids) => <input {...ids} type="date" name="day" defaultValue={narrowed.day} />}</Field>
      <Field label={say.to}>{(ids) => <input {...ids} type="date" name="to" defaultValue={narrowed.to} />}</Field>
      <button type="submit">{say.show}</button>
      {isNarrow(narrowed) ? (
        <a class="link" href={hashOf('log', tab)}>
          {say.clear}
        </a>
      ) : null}
      <Known id="log-people" people={people} shown={({ agentId }) => agentId} />
      <Known id="log-about" people={isAccess ? people : []} shown={({ login }) => login} />
    </form>
  );
}

type KnownProps = { id: string; people: People; shown: (person: People[number]) => string };
/** The team, by the name that each field goes by. */
const Known = ({ id, people, shown }: KnownProps) => (
  <datalist id={id}>
    {people.map((person) => (
      <option key={person.id} value={shown(person)}>
        {person.name}
      </option>
    ))}
  </datalist>
);

type ActionsProps = { ids: { id: string }; name: string; value: string; groups: readonly ActionGroup[] };

function Actions({ ids, name, value, groups }: ActionsProps) {
  const { anything, did, family: families } = w.value;
  return (
    <select {...ids} name={name} defaultValue={value}>
      <option value="">{anything}</option>
      {groups.map(({ family, actions }) => (
        <optgroup key={actions[0]} label={families[family ?? ''] ?? families['']}>
          {family === undefined ? null : <option value={family}>{`${families[family]}: ${anything}`}</option>}
          {actions.map((one) => (
            <option key={one} value={one}>
              {did[one] ?? one}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
