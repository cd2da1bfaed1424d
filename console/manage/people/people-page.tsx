import { useSignal } from '@preact/signals';
import type { OneTimeLink, PatchPerson, PersonView, TenantRole } from '../../../lib/domain/access.ts';
import { fill } from '../../words/words.ts';
import type { PageProps } from '../pages.ts';
import { Confirm } from '../shell/confirm.tsx';
import { Empty } from '../shell/empty.tsx';
import { Pick } from '../shell/field.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { Loaded, useResource } from '../shell/resource.tsx';
import { moment } from '../shell/say.ts';
import { TableWrap } from '../shell/table-wrap.tsx';
import { AddPerson } from './add-person.tsx';
import { ROLES } from './roles.ts';
import { ShowLink } from './show-link.tsx';
import { Sessions, Tokens } from './ways-in.tsx';
import { w } from './words.ts';

type People = { items: PersonView[] };
type Asking = { person: PersonView; to: 'remove' | TenantRole };
type Given = { name: string; link: OneTimeLink };

export function PeoplePage({ shell }: PageProps) {
  const say = w.value;
  const people = useResource(() => shell.call('GET', '/v1/people') as Promise<People>, 'people');
  const adding = useSignal(false);
  const asking = useSignal<Asking | undefined>(undefined);
  const given = useSignal<Given | undefined>(undefined);

  const change = async (work: () => Promise<unknown>) => {
    const done = await shell.attempt(async () => {
      await work();
      return true;
    });
    asking.value = undefined;
    if (done) shell.say('good', say.done);
    await people.reload();
  };
  const patch = ({ id }: PersonView, wish: PatchPerson) => change(() => shell.call('PATCH', `/v1/people/${id}`, wish));
  const link = async ({ id, name }: PersonView) => {
    const fresh = (await shell.attempt(() => shell.call('POST', `/v1/people/${id}/link`, {}))) as
      | OneTimeLink
      | undefined;
    if (fresh !== undefined) given.value = { name, link: fresh };
    await people.reload();
  };
  const confirm = ({ person, to }: Asking) =>
    to === 'remove' ? change(() => shell.call('DELETE', `/v1/people/${person.id}`)) : patch(person, { role: to });

  return (
    <>
      <PageHead title={say.title} lead={say.lead}>
        <button
          type="button"
          class="primary"
          data-testid="add-person"
          onClick={() => {
            adding.value = true;
          }}
        >
          {say.add}
        </button>
      </PageHead>
      <div class="page-body">
        <Loaded of={people}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={say.none}>
                <p>{say.noneHint}</p>
              </Empty>
            ) : (
              <PeopleTable
                items={items}
                now={shell.now()}
                onRole={(person, to) => {
                  asking.value = { person, to };
                }}
                onDisable={(person, disabled) => void patch(person, { disabled })}
                onRemove={(person) => {
                  asking.value = { person, to: 'remove' };
                }}
                onLink={(person) => void link(person)}
              />
            )
          }
        </Loaded>
        <Sessions shell={shell} />
        <Tokens shell={shell} />
      </div>
      {adding.value ? (
        <AddPerson
          shell={shell}
          onClose={() => {
            adding.value = false;
          }}
          onMade={(made) => {
            adding.value = false;
            given.value = { name: made.person.name, link: made.link };
            void people.reload();
          }}
        />
      ) : null}
      {given.value === undefined ? null : (
        <ShowLink
          {...given.value}
          onClose={() => {
            given.value = undefined;
          }}
        />
      )}
      {asking.value === undefined ? null : (
        <Question
          asking={asking.value}
          onYes={confirm}
          onNo={() => {
            asking.value = undefined;
            void people.reload();
          }}
        />
      )}
    </>
  );
}

type QuestionProps = { asking: Asking; onYes: (asking: Asking) => Promise<void>; onNo: () => void };

function Question({ asking, onYes, onNo }: QuestionProps) {
  const say = w.value;
  const { person, to } = asking;
  const { name } = person;
  const isRemoval = to === 'remove';
  return (
    <Confirm
      title={isRemoval ? fill(say.removeTitle, { name }) : fill(say.roleTitle, { name, role: say[to] })}
      lead={isRemoval ? say.removeLead : say.roleLead}
      yes={isRemoval ? say.remove : say.change}
      no={say.cancel}
      onYes={() => void onYes(asking)}
      onNo={onNo}
    />
  );
}

type TableProps = {
  items: PersonView[];
  now: number;
  onRole: (person: PersonView, role: TenantRole) => void;
  onDisable: (person: PersonView, disabled: boolean) => void;
  onRemove: (person: PersonView) => void;
  onLink: (person: PersonView) => void;
};

function stateOf({ disabled, hasPassword, linkUntil }: PersonView): string {
  const say = w.value;
  if (disabled === true) return say.disabled;
  if (hasPassword) return say.active;
  return linkUntil === undefined ? say.noWay : fill(say.invited, { until: moment(linkUntil) });
}

function PeopleTable({ items, onRole, onDisable, onRemove, onLink }: TableProps) {
  const say = w.value;
  return (
    <TableWrap label={say.title}>
      <table class="table">
        <thead>
          <tr>
            <th>{say.name}</th>
            <th>{say.login}</th>
            <th>{say.agentId}</th>
            <th>{say.role}</th>
            <th>{say.state}</th>
            <th>{say.actions}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((person) => (
            <tr key={person.id} data-testid={`person-${person.login}`}>
              <td>{person.name}</td>
              <td>{person.login}</td>
              <td>{person.agentId}</td>
              <td>
                <Pick
                  label={`${say.role}: ${person.name}`}
                  value={person.role}
                  options={ROLES.map((role) => [role, say[role]] as const)}
                  onPick={(role) => onRole(person, role as TenantRole)}
                />
              </td>
              <td>{stateOf(person)}</td>
              <td class="access-actions">
                <button type="button" disabled={person.disabled === true} onClick={() => onLink(person)}>
                  {say.link}
                </button>
                <button type="button" onClick={() => onDisable(person, person.disabled !== true)}>
                  {person.disabled === true ? say.enable : say.disable}
                </button>
                <button type="button" class="danger" onClick={() => onRemove(person)}>
                  {say.remove}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableWrap>
  );
}
