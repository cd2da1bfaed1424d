import { useSignal } from '@preact/signals';
import { ApiError } from '../../api.ts';
import type { PageProps } from '../pages.ts';
import { PageHead } from '../shell/page-head.tsx';
import { Loaded, useResource } from '../shell/resource.tsx';
import type { Shell } from '../shell/shell.ts';
import { Came } from './came.tsx';
import { Checked } from './checked.tsx';
import { bodyOf, type Check, isComplete, type Typed, typedOf, type View } from './connect.ts';
import { Account, Behaviour, Webhook } from './form.tsx';
import { WhoIsWho } from './who-is-who.tsx';
import { w } from './words.ts';

const PATH = '/v1/platforms/chatwoot';

/** Undefined while none is connected. */
async function read(shell: Shell): Promise<{ view: View | undefined }> {
  try {
    return { view: (await shell.call('GET', PATH)) as View };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return { view: undefined };
    throw error;
  }
}

/** Where an admin connects the shop's Chatwoot. */
export function ConnectPage({ shell }: PageProps) {
  const found = useResource(() => read(shell), 'chatwoot');
  return <Loaded of={found}>{({ view }) => <Connection shell={shell} view={view} reload={found.reload} />}</Loaded>;
}

type ConnectionProps = { shell: Shell; view: View | undefined; reload: () => Promise<void> };

function Connection({ shell, view, reload }: ConnectionProps) {
  const say = w.value;
  const typed = useSignal<Typed>(typedOf(view));
  const checked = useSignal<Check | 'asking' | undefined>(undefined);
  const check = async () => {
    checked.value = 'asking';
    checked.value = (await shell.attempt(() => shell.call('POST', `${PATH}/check`, {}))) as Check | undefined;
    await reload();
  };
  const save = async () => {
    const done = await shell.attempt(() => shell.call('PUT', PATH, bodyOf(typed.value)));
    if (done === undefined) return;
    typed.value = typedOf(done as View);
    shell.say('good', say.saved);
    await check();
  };
  const remove = async () => {
    if ((await shell.attempt(() => shell.call('DELETE', PATH))) === undefined) return;
    typed.value = typedOf(undefined);
    checked.value = undefined;
    shell.say('good', say.removed);
    await reload();
  };
  const fields = {
    typed: typed.value,
    view,
    onType: (next: Typed) => {
      typed.value = next;
    },
  };
  return (
    <>
      <PageHead title={say.title} lead={say.lead}>
        {view === undefined ? null : (
          <>
            <button type="button" data-testid="disconnect" onClick={() => void remove()}>
              {say.remove}
            </button>
            <button type="button" data-testid="check" onClick={() => void check()}>
              {say.check}
            </button>
          </>
        )}
        <button
          type="button"
          class="primary"
          data-testid="save-connection"
          disabled={!isComplete(typed.value, view)}
          onClick={() => void save()}
        >
          {say.save}
        </button>
      </PageHead>
      <div class="page-body">
        <Checked of={checked.value} trouble={view?.trouble} />
        <Account {...fields} />
        <Webhook {...fields} shell={shell} />
        <Behaviour {...fields} />
        <WhoIsWho {...fields} shell={shell} />
        {view === undefined ? null : <Came events={view.events} />}
      </div>
    </>
  );
}
