import { useSignal } from '@preact/signals';
import { fill } from '../../words/words.ts';
import type { PageProps } from '../pages.ts';
import { Empty } from '../shell/empty.tsx';
import { useUnsaved } from '../shell/guard.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { Loaded, useResource } from '../shell/resource.tsx';
import { counted } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { FactField } from './fact-field.tsx';
import { byCategory, changesOf, type Edits, type Fact, isFilled, typedOf } from './facts.ts';
import { w } from './words.ts';

type Facts = { items: Fact[] };
const PATH = '/v1/knowledge/facts';

/** The set-up questions of the installed packs, and what each answer unlocks. */
export function FactsPage({ shell }: PageProps) {
  const facts = useResource(() => shell.call('GET', PATH) as Promise<Facts>, 'facts');
  return <Loaded of={facts}>{({ items }) => <Form shell={shell} facts={items} reload={facts.reload} />}</Loaded>;
}

type FormProps = { shell: Shell; facts: readonly Fact[]; reload: () => Promise<void> };

function Form({ shell, facts, reload }: FormProps) {
  const say = w.value;
  const edits = useSignal<Edits>({});
  const onlyOpen = useSignal(false);
  const changes = changesOf(facts, edits.value);
  const unsaved = Object.keys(changes).length > 0;
  useUnsaved(unsaved);
  const save = async () => {
    const done = await shell.attempt(() => shell.call('PUT', PATH, { facts: changes }));
    if (done === undefined) return;
    edits.value = {};
    shell.say('good', say.saved);
    await reload();
  };
  const shown = facts.filter((fact) => !onlyOpen.value || !isFilled(fact) || edits.value[fact.name] !== undefined);
  return (
    <>
      <PageHead title={say.title} lead={say.lead}>
        <button type="button" class="primary" data-testid="save-facts" disabled={!unsaved} onClick={() => void save()}>
          {say.save}
        </button>
      </PageHead>
      {facts.length === 0 ? (
        <Empty title={say.nothing}>
          <p>{say.nothingHint}</p>
        </Empty>
      ) : (
        <div class="page-body">
          <Progress
            facts={facts}
            onlyOpen={onlyOpen.value}
            onOnlyOpen={(only) => {
              onlyOpen.value = only;
            }}
          />
          {byCategory(shown).map(([category, group]) => (
            <section key={category ?? ''} class="panel" aria-label={category ?? say.unasked}>
              <h3>{category ?? say.unasked}</h3>
              {group.map((fact) => (
                <FactField
                  key={fact.name}
                  fact={fact}
                  typed={edits.value[fact.name] ?? typedOf(fact.value)}
                  onType={(typed) => {
                    edits.value = { ...edits.value, [fact.name]: typed };
                  }}
                />
              ))}
            </section>
          ))}
        </div>
      )}
    </>
  );
}

type ProgressProps = { facts: readonly Fact[]; onlyOpen: boolean; onOnlyOpen: (only: boolean) => void };

function Progress({ facts, onlyOpen, onOnlyOpen }: ProgressProps) {
  const say = w.value;
  const done = facts.filter(isFilled).length;
  const waiting = new Set(
    facts.filter((fact) => !isFilled(fact)).flatMap((fact) => fact.waiting.map((one) => one.entryId)),
  );
  const label = fill(say.filled, { done, all: facts.length });
  return (
    <div class="row-of facts-progress">
      <progress max={facts.length} value={done} aria-label={label} />
      <strong data-testid="facts-filled">{label}</strong>
      {waiting.size === 0 ? null : <span class="chip warm">{counted(say.waiting, waiting.size)}</span>}
      <span class="grow" />
      <label class="row-of">
        <input type="checkbox" checked={onlyOpen} onChange={(event) => onOnlyOpen(event.currentTarget.checked)} />
        {say.onlyOpen}
      </label>
    </div>
  );
}
