import { useSignal } from '@preact/signals';
import type { GoldenList } from '../../../lib/domain/contract/golden.ts';
import type { Golden } from '../../../lib/domain/knowledge.ts';
import type { PageProps } from '../pages.ts';
import { Confirm } from '../shell/confirm.tsx';
import { Empty } from '../shell/empty.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { Loaded, type Resource, useResource } from '../shell/resource.tsx';
import type { Shell } from '../shell/shell.ts';
import { Check } from './check.tsx';
import { GoldenDialog } from './golden-dialog.tsx';
import { applied, type Change, currentIn } from './list.ts';
import { Questions } from './questions.tsx';
import { w } from './words.ts';

const PATH = '/v1/knowledge/golden';

/** Questions whose right intent is known: what they are, and which of them a release gets wrong. */
export function GoldenPage({ shell }: PageProps) {
  const say = w.value;
  const list = useResource(() => shell.call('GET', PATH) as Promise<GoldenList>, 'golden');
  /** What is being written; `{}` is a new one. */
  const writing = useSignal<{ before?: Golden } | undefined>(undefined);
  const removing = useSignal<Golden | undefined>(undefined);
  const save = useSave(shell, list);
  return (
    <>
      <PageHead title={say.title} lead={say.lead}>
        <button
          type="button"
          class="primary"
          data-testid="add-golden"
          disabled={list.value.value === undefined}
          onClick={() => {
            writing.value = {};
          }}
        >
          {say.add}
        </button>
      </PageHead>
      <div class="page-body">
        <Loaded of={list}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={say.none}>
                <p>{say.noneHint}</p>
              </Empty>
            ) : (
              <>
                <Check shell={shell} items={items} />
                <Questions
                  items={items}
                  onEdit={(before) => {
                    writing.value = { before };
                  }}
                  onRemove={(golden) => {
                    removing.value = golden;
                  }}
                />
              </>
            )
          }
        </Loaded>
      </div>
      {writing.value === undefined ? null : (
        <GoldenDialog
          shell={shell}
          items={list.value.value?.items ?? []}
          {...writing.value}
          onSave={save}
          onClose={() => {
            writing.value = undefined;
          }}
        />
      )}
      {removing.value === undefined ? null : (
        <Confirm
          title={say.removeTitle}
          lead={removing.value.text}
          yes={say.remove}
          no={say.cancel}
          onYes={() => {
            const before = removing.peek();
            if (before === undefined) return;
            void save({ before }).then((done) => {
              if (done) removing.value = undefined;
            });
          }}
          onNo={() => {
            removing.value = undefined;
          }}
        />
      )}
    </>
  );
}

/**
 * Writes the list with an edit in it. Where somebody else was faster their list is shown and nothing is written: whoever
 * edits looks again and decides.
 */
function useSave(shell: Shell, list: Resource<GoldenList>): (change: Change) => Promise<boolean> {
  const write = async ({ items, version }: GoldenList, change: Change): Promise<'saved' | 'stale'> => {
    try {
      list.value.value = (await shell.call('PUT', PATH, { items: applied(items, change), version })) as GoldenList;
      return 'saved';
    } catch (error) {
      const current = currentIn(error);
      if (current === undefined) throw error;
      list.value.value = current;
      return 'stale';
    }
  };
  return async (change) => {
    const held = list.value.peek();
    const done = held === undefined ? undefined : await shell.attempt(() => write(held, change));
    if (done === 'stale') shell.say('bad', w.value.stale);
    if (done === 'saved') shell.say('good', w.value.saved);
    return done === 'saved';
  };
}
