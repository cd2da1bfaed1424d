import type { PersonView } from '../../../lib/domain/access.ts';
import { fill } from '../../words/words.ts';
import { useResource } from '../shell/resource.tsx';
import type { Shell } from '../shell/shell.ts';
import { w } from './words.ts';

export type People = readonly PersonView[];

/** Who the ids in the log are. Only an admin may know; others see the ids. */
export function usePeople(shell: Shell): People {
  const people = useResource(async () => {
    if (!shell.opens.admin) return [];
    const answer = (await shell.call('GET', '/v1/people').catch(() => undefined)) as
      | { items: PersonView[] }
      | undefined;
    return answer?.items ?? [];
  }, 'people');
  return people.value.value ?? [];
}

/** Who did it, by the id they have in conversations. */
export function whoIs(people: People, by: string): string {
  const say = w.value;
  const places: Record<string, string> = { '': say.nobody, setup: say.setup };
  return people.find(({ agentId }) => agentId === by)?.name ?? places[by] ?? by;
}

/** Whom it was done to: a person's own id, or the one they have in conversations. */
export const whomIs = (people: People, subject: string): string =>
  people.find(({ id, agentId }) => id === subject || agentId === subject)?.name ?? subject;

/** A name that narrows the list to what they did. */
export function Who({ people, by, href }: { people: People; by: string; href?: string }) {
  const name = whoIs(people, by);
  if (href === undefined) return <strong title={by}>{name}</strong>;
  return (
    <a class="by-whom" href={href} title={fill(w.value.onlyPerson, { name })}>
      {name}
    </a>
  );
}
