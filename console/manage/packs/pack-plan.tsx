import { useSignal } from '@preact/signals';
import type { FieldChange } from '../../../lib/domain/diff.ts';
import type { EntryId } from '../../../lib/domain/ids.ts';
import type { PackChoices, PackConflict, PackUpdate } from '../../../lib/domain/pack-update.ts';
import { hashOf } from '../../route.ts';
import { fill } from '../../words/words.ts';
import { counted, number } from '../shell/say.ts';
import { w } from './words.ts';

type Side = 'mine' | 'theirs';
type PlanProps = {
  plan: PackUpdate;
  busy: boolean;
  onApply: (plan: PackUpdate, choices: PackChoices) => Promise<void>;
  onCancel: () => void;
};

/** What an update would do, readable before it is done, with a choice wherever both sides changed the same words. */
export function PackPlan({ plan, busy, onApply, onCancel }: PlanProps) {
  const say = w.value;
  const choices = useSignal<PackChoices>({});
  const left = plan.conflicts.filter(({ entryId }) => choices.value[entryId] === undefined).length;
  const chooseAll = (side: Side) => {
    choices.value = Object.fromEntries(plan.conflicts.map(({ entryId }) => [entryId, side])) as PackChoices;
  };
  return (
    <section class="panel pack-plan" data-testid="pack-plan" aria-label={say.title}>
      <h3>{fill(say.planTitle, { pack: plan.pack, from: plan.from, to: plan.to })}</h3>
      {plan.conflicts.length === 0 ? null : (
        <div class="callout warm">
          <strong>{say.conflicts}</strong>
          <div class="row-of">
            <button type="button" onClick={() => chooseAll('mine')}>
              {say.allMine}
            </button>
            <button type="button" onClick={() => chooseAll('theirs')}>
              {say.allTheirs}
            </button>
          </div>
        </div>
      )}
      {plan.conflicts.map((conflict) => (
        <ConflictView
          key={conflict.entryId}
          conflict={conflict}
          chosen={choices.value[conflict.entryId]}
          onChoose={(side) => {
            choices.value = { ...choices.value, [conflict.entryId]: side };
          }}
        />
      ))}
      <Entries title={say.merged} entries={plan.merged} />
      <Entries title={say.updated} entries={plan.updated} />
      <Entries title={say.added} entries={plan.added} />
      <Entries title={say.removed} entries={plan.removed} />
      <Entries title={say.kept} entries={plan.kept} />
      <p class="muted">{counted(say.unchanged, plan.unchanged)}</p>
      <div class="row-of">
        <button
          type="button"
          class="primary"
          data-testid="apply-update"
          disabled={busy || left > 0}
          onClick={() => void onApply(plan, choices.value)}
        >
          {say.apply}
        </button>
        <button type="button" onClick={onCancel}>
          {say.cancel}
        </button>
        {left === 0 ? null : <span class="muted">{fill(say.toChoose, { n: left })}</span>}
      </div>
    </section>
  );
}

const shown = (value: unknown): string => {
  if (value === undefined) return w.value.none;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

type ConflictProps = { conflict: PackConflict; chosen: Side | undefined; onChoose: (side: Side) => void };

function ConflictView({ conflict: { entryId, question, fields }, chosen, onChoose }: ConflictProps) {
  const say = w.value;
  return (
    <fieldset class="conflict" data-testid={`conflict-${entryId}`}>
      <legend>
        <a class="link" href={hashOf('entries', entryId)}>
          {question}
        </a>
      </legend>
      {fields.map(({ path, old, mine, theirs }) => (
        <dl key={path} class="sides">
          <dt>{say.old}</dt>
          <dd class="muted pre">{shown(old)}</dd>
          <dt>{say.mine}</dt>
          <dd class="pre">{shown(mine)}</dd>
          <dt>{say.theirs}</dt>
          <dd class="pre">{shown(theirs)}</dd>
        </dl>
      ))}
      <div class="row-of">
        {(['mine', 'theirs'] as const).map((side) => (
          <label key={side} class="row-of">
            <input type="radio" name={`choice-${entryId}`} checked={chosen === side} onChange={() => onChoose(side)} />
            {say[side]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

type Listed = { id: EntryId; question: string; fields?: FieldChange[] };

function Entries({ title, entries }: { title: string; entries: readonly Listed[] }) {
  if (entries.length === 0) return null;
  return (
    <details>
      <summary>
        {title} ({number(entries.length)})
      </summary>
      <ul class="plan-entries">
        {entries.map(({ id, question, fields = [] }) => (
          <li key={id}>
            <a class="link" href={hashOf('entries', id)}>
              {question}
            </a>
            {fields.map(({ path, before, after }) => (
              <p key={path} class="small">
                <code class="muted">{path}</code> {before === undefined ? null : <del>{shown(before)}</del>}{' '}
                {after === undefined ? null : <ins>{shown(after)}</ins>}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}
