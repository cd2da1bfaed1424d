import { useSignal } from '@preact/signals';
import type { AccessEvent } from '../../../lib/domain/access.ts';
import { Field } from '../shell/field.tsx';
import { Loaded, useResource } from '../shell/resource.tsx';
import { moment } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { TableWrap } from '../shell/table-wrap.tsx';
import { actions, w } from './words.ts';

type Page = { items: AccessEvent[]; cursor?: string };

/** Who saw and did what, newest first; narrowed to a person or a conversation. */
export function Log({ shell }: { shell: Shell }) {
  const say = w.value;
  const filter = useSignal('');
  const read = (cursor?: string) => {
    const query = new URLSearchParams(filter.value);
    if (cursor !== undefined) query.set('cursor', cursor);
    return shell.call('GET', `/v1/access-log?${query}`) as Promise<Page>;
  };
  const log = useResource(() => read(), filter.value);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const asked = [...new FormData(event.target)].filter(([, value]) => String(value).trim() !== '');
    filter.value = new URLSearchParams(asked.map(([name, value]) => [name, String(value).trim()])).toString();
  };
  const earlier = async (page: Page) => {
    const next = await shell.attempt(() => read(page.cursor));
    if (next !== undefined) log.value.value = { ...next, items: [...page.items, ...next.items] };
  };
  return (
    <section>
      <h3>{say.log}</h3>
      <form class="access-row" onSubmit={submit}>
        <Field label={say.person}>{(ids) => <input {...ids} name="person" maxLength={200} spellcheck={false} />}</Field>
        <Field label={say.conversation}>
          {(ids) => <input {...ids} name="conversation" maxLength={200} spellcheck={false} />}
        </Field>
        <button type="submit">{say.show}</button>
      </form>
      <Loaded of={log}>{(page) => <Events page={page} onMore={() => void earlier(page)} />}</Loaded>
    </section>
  );
}

function Events({ page, onMore }: { page: Page; onMore: () => void }) {
  const say = w.value;
  if (page.items.length === 0) return <p class="muted">{say.noLog}</p>;
  return (
    <>
      <TableWrap label={say.log}>
        <table class="table">
          <thead>
            <tr>
              <th>{say.when}</th>
              <th>{say.who}</th>
              <th>{say.action}</th>
              <th>{say.about}</th>
            </tr>
          </thead>
          <tbody>
            {page.items.map(({ at, by, action, conversation, subject, detail }) => (
              <tr key={`${at} ${by} ${action} ${conversation ?? subject ?? ''}`}>
                <td>{moment(at)}</td>
                <td>{by}</td>
                <td>{actions.value[action] ?? action}</td>
                <td>{[conversation, detail].filter((part) => part !== undefined).join(' · ') || subject}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableWrap>
      {page.cursor === undefined ? null : (
        <button type="button" onClick={onMore}>
          {say.more}
        </button>
      )}
    </>
  );
}
