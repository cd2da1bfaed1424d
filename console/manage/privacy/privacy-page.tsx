import { useSignal } from '@preact/signals';
import type { ErasureView } from '../../../lib/domain/privacy.ts';
import { hashOf } from '../../route.ts';
import { fill } from '../../words/words.ts';
import type { PageProps } from '../pages.ts';
import { Confirm } from '../shell/confirm.tsx';
import { Field } from '../shell/field.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { Loaded, useResource } from '../shell/resource.tsx';
import { moment } from '../shell/say.ts';
import { TableWrap } from '../shell/table-wrap.tsx';
import { keepFile, pathOf } from './keep-file.ts';
import { w } from './words.ts';

export function PrivacyPage({ shell }: PageProps) {
  const say = w.value;
  const customer = useSignal('');
  const asking = useSignal(false);
  const erasures = useResource(
    () => shell.call('GET', '/v1/erasures') as Promise<{ items: ErasureView[] }>,
    'erasures',
  );
  const id = customer.value.trim();

  const handOut = async () => {
    const done = await shell.attempt(() => keepFile(shell, id).then(() => true));
    if (done === true) shell.say('good', say.exported);
  };
  const erase = async () => {
    const begun = await shell.attempt(() => shell.call('POST', pathOf(id, 'erase'), {}));
    asking.value = false;
    if (begun !== undefined) shell.say('good', say.begun);
    await erasures.reload();
  };
  return (
    <>
      <PageHead title={say.title} lead={say.lead}>
        <a class="link" href={hashOf('log', 'access')}>
          {say.log}
        </a>
      </PageHead>
      <div class="page-body">
        <form
          class="access-row"
          onSubmit={(event) => {
            event.preventDefault();
            if (id !== '') void handOut();
          }}
        >
          <Field label={say.customer} hint={say.customerHint}>
            {(ids) => (
              <input
                {...ids}
                value={customer.value}
                maxLength={200}
                autocapitalize="off"
                spellcheck={false}
                onInput={(event) => {
                  customer.value = event.currentTarget.value;
                }}
              />
            )}
          </Field>
          <button type="submit" disabled={id === ''}>
            {say.export}
          </button>
          <button
            type="button"
            class="danger"
            disabled={id === ''}
            data-testid="erase"
            onClick={() => {
              asking.value = true;
            }}
          >
            {say.erase}
          </button>
        </form>
        <section>
          <h3>{say.erasures}</h3>
          <Loaded of={erasures}>{({ items }) => <Erasures items={items} />}</Loaded>
        </section>
      </div>
      {asking.value ? (
        <Confirm
          title={fill(say.eraseTitle, { id })}
          lead={say.eraseLead}
          yes={say.yes}
          no={say.no}
          onYes={() => void erase()}
          onNo={() => {
            asking.value = false;
          }}
        />
      ) : null}
    </>
  );
}

function Erasures({ items }: { items: ErasureView[] }) {
  const say = w.value;
  if (items.length === 0) return <p class="muted">{say.noErasures}</p>;
  return (
    <TableWrap label={say.erasures}>
      <table class="table">
        <thead>
          <tr>
            <th>{say.when}</th>
            <th>{say.who}</th>
            <th>{say.status}</th>
            <th>{say.what}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, requestedAt, requestedBy, status, conversations, items: count }) => (
            <tr key={id}>
              <td>{moment(requestedAt)}</td>
              <td>{requestedBy}</td>
              <td>{say[status]}</td>
              <td>{fill(say.counts, { conversations, items: count })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableWrap>
  );
}
