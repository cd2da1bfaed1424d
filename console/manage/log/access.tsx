import type { AccessEvent } from '../../../lib/domain/access.ts';
import { hashOf } from '../../route.ts';
import { fill } from '../../words/words.ts';
import { Field } from '../shell/field.tsx';
import type { Shell } from '../shell/shell.ts';
import { Lines } from './lines.tsx';
import { type People, Who, whomIs } from './names.tsx';
import { Sentence } from './sentence.tsx';
import { w } from './words.ts';

/** What the list is narrowed to, as the address has it. */
type Narrowed = { person: string; conversation: string; day: string };
const placeOf = (narrowed: Partial<Narrowed>): string => hashOf('log', 'access', narrowed);

export const narrowedIn = (query: URLSearchParams): Narrowed => ({
  person: query.get('person') ?? '',
  conversation: query.get('conversation') ?? '',
  day: query.get('day') ?? '',
});

/** As the API is asked: a day begins at this computer's midnight. */
function queryOf({ person, conversation, day }: Narrowed): URLSearchParams {
  const midnight = new Date(`${day}T00:00`);
  const asked = {
    ...(person === '' ? {} : { person }),
    ...(conversation === '' ? {} : { conversation }),
    ...(Number.isNaN(midnight.getTime()) ? {} : { from: midnight.toISOString() }),
  };
  return new URLSearchParams(asked);
}

type AccessProps = { shell: Shell; people: People; narrowed: Narrowed };

/** Who saw and did what; narrowed to a person, a conversation, or since a day. */
export function Access({ shell, people, narrowed }: AccessProps) {
  const say = w.value;
  return (
    <>
      <p class="muted">{say.accessLead}</p>
      <Narrow key={JSON.stringify(narrowed)} {...{ shell, people, narrowed }} />
      <Lines<AccessEvent>
        shell={shell}
        path="/v1/access-log"
        query={queryOf(narrowed)}
        label={say.tabAccess}
        empty={say.noAccess}
        sentence={(event) => <Told event={event} people={people} />}
      />
    </>
  );
}

function Told({ event: { action, by, conversation, subject }, people }: { event: AccessEvent; people: People }) {
  const say = w.value;
  const about = conversation ?? '';
  const text = action === 'sign_in.bad' && by === 'unknown' ? say.unknownLogin : say.access[action];
  return (
    <Sentence
      text={text ?? fill(say.unknownDid, { action })}
      parts={{
        who: <Who people={people} by={by} {...(by === 'unknown' ? {} : { href: placeOf({ person: by }) })} />,
        subject: <strong>{whomIs(people, subject ?? '')}</strong>,
        conversation: about === 'erased' ? say.anErased : <Conversation id={about} />,
      }}
    />
  );
}

function Conversation({ id }: { id: string }) {
  const link = (
    <a class="link" href={placeOf({ conversation: id })} title={w.value.onlyConversation}>
      {id}
    </a>
  );
  return <Sentence text={w.value.conversation} parts={{ id: link }} />;
}

function Narrow({ shell, people, narrowed }: AccessProps) {
  const say = w.value;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const asked = [...new FormData(event.target)].map(([name, value]) => [name, String(value).trim()]);
    shell.go('log', 'access', Object.fromEntries(asked));
  };
  const isNarrow = Object.values(narrowed).some((one) => one !== '');
  return (
    <form class="access-row" onSubmit={submit}>
      <Field label={say.person}>
        {(ids) => (
          <>
            <input
              {...ids}
              name="person"
              list="log-people"
              defaultValue={narrowed.person}
              placeholder={say.personHint}
              maxLength={200}
              autocapitalize="off"
              spellcheck={false}
            />
            <datalist id="log-people">
              {people.map(({ id, agentId, name }) => (
                <option key={id} value={agentId}>
                  {name}
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field label={say.conversationId}>
        {(ids) => (
          <input {...ids} name="conversation" defaultValue={narrowed.conversation} maxLength={200} spellcheck={false} />
        )}
      </Field>
      <Field label={say.day}>{(ids) => <input {...ids} type="date" name="day" defaultValue={narrowed.day} />}</Field>
      <button type="submit">{say.show}</button>
      {isNarrow ? (
        <a class="link" href={placeOf({})}>
          {say.clear}
        </a>
      ) : null}
    </form>
  );
}
