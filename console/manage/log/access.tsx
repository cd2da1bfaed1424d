import type { AccessEvent } from '../../../lib/domain/access.ts';
import { hashOf } from '../../route.ts';
import { fill } from '../../words/words.ts';
import type { Shell } from '../shell/shell.ts';
import { Lines } from './lines.tsx';
import { type People, Who, whomIs } from './names.tsx';
import { Narrow } from './narrow.tsx';
import { ACCESS_ACTIONS, type Narrowed, queryOf } from './narrowed.ts';
import { Sentence } from './sentence.tsx';
import { w } from './words.ts';

const placeOf = (narrowed: Partial<Narrowed>): string => hashOf('log', 'access', narrowed);

type AccessProps = { shell: Shell; people: People; narrowed: Narrowed };

/** Who saw and did what. */
export function Access({ shell, people, narrowed }: AccessProps) {
  const say = w.value;
  return (
    <>
      <p class="muted">{say.accessLead}</p>
      <Narrow key={JSON.stringify(narrowed)} {...{ shell, people, narrowed }} actions={ACCESS_ACTIONS} tab="access" />
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

function Told({
  event: { action, by, conversation, outcome, subject },
  people,
}: {
  event: AccessEvent;
  people: People;
}) {
  const say = w.value;
  const about = conversation ?? '';
  const plain = action === 'sign_in.bad' && by === 'unknown' ? say.unknownLogin : say.access[action];
  const refused = conversation === undefined ? say.wasRefused : say.wasRefusedAt;
  const text = outcome === 'refused' ? refused : plain;
  return (
    <Sentence
      text={text ?? fill(say.unknownDid, { action })}
      parts={{
        who: <Who people={people} by={by} {...(by === 'unknown' ? {} : { href: placeOf({ person: by }) })} />,
        subject: <strong>{whomIs(people, subject ?? '')}</strong>,
        did: say.did[action] ?? action,
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
