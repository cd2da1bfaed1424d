import { useSignal } from '@preact/signals';
import { fill } from '../../words/words.ts';
import { Dialog } from '../shell/dialog.tsx';
import { counted } from '../shell/say.ts';
import type { Editor } from './editor.ts';
import { type MergeField, merged, mergeFields, type Side } from './merge.ts';
import type { Answer } from './types.ts';
import { w } from './words.ts';

/** Both versions side by side, part by part, with a choice for each. */
export function ConflictDialog({ editor }: { editor: Editor }) {
  const conflict = editor.conflict.value;
  if (conflict === undefined) return null;
  return <Choose key={conflict.current.revision} editor={editor} {...conflict} />;
}

type ChooseProps = { editor: Editor } & NonNullable<Editor['conflict']['value']>;

function Choose({ editor, current, base }: ChooseProps) {
  const say = w.value;
  const fields = useSignal<MergeField[]>(mergeFields(base, current, editor.form.value));
  const open = fields.value.filter(({ chosen }) => chosen === undefined).length;
  const choose = (name: string | undefined, chosen: Side) => {
    fields.value = fields.value.map((one) => (name === undefined || one.name === name ? { ...one, chosen } : one));
  };
  const close = () => {
    editor.conflict.value = undefined;
  };
  return (
    <Dialog wide title={say.conflictTitle} onClose={close}>
      <p class="muted">{say.conflictLead}</p>
      <div class="row-of">
        <button type="button" onClick={() => choose(undefined, 'theirs')}>
          {say.conflictAllTheirs}
        </button>
        <button type="button" onClick={() => choose(undefined, 'mine')}>
          {say.conflictAllMine}
        </button>
      </div>
      <div class="versions" data-testid="conflict">
        {fields.value.map((field) => (
          <Part key={field.name} field={field} onChoose={(side) => choose(field.name, side)} />
        ))}
      </div>
      <div class="dialog-actions">
        <button type="button" onClick={close}>
          {say.conflictBack}
        </button>
        <button
          type="button"
          class="primary"
          disabled={open > 0 || editor.saving.value}
          data-testid="conflict-save"
          onClick={() => void editor.settle(merged(current, fields.value))}
        >
          {open > 0 ? counted(say.conflictOpen, open) : say.conflictSave}
        </button>
      </div>
    </Dialog>
  );
}

function Part({ field, onChoose }: { field: MergeField; onChoose: (side: Side) => void }) {
  const say = w.value;
  const sides: [Side, string, unknown][] = [
    ['theirs', say.conflictTheirs, field.theirs],
    ['mine', say.conflictMine, field.mine],
  ];
  return (
    <fieldset class="version-part">
      <legend>{say.fields[field.name] ?? field.name}</legend>
      {sides.map(([side, label, value]) => (
        <label key={side} class={field.chosen === side ? 'chosen' : ''}>
          <span class="row-of">
            <input
              type="radio"
              name={`conflict-${field.name}`}
              checked={field.chosen === side}
              data-testid={`${side}-${field.name}`}
              onChange={() => onChoose(side)}
            />
            <span class="small muted">{label}</span>
          </span>
          <span class="pre">{shown(field.name, value)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function shown(name: string, value: unknown): string {
  const say = w.value;
  if (value === undefined || value === '') return `(${say.conflictEmpty})`;
  if (name === 'answers' && Array.isArray(value)) return value.map(answerText).join('\n\n');
  if (Array.isArray(value)) return value.length === 0 ? `(${say.conflictEmpty})` : value.join('\n');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function answerText(answer: Answer, index: number): string {
  const { text, when, validFrom, validUntil } = answer;
  const dates = [validFrom, validUntil].filter((one) => one !== undefined).join(' – ');
  const condition = when === undefined ? [] : [`${w.value.when}: ${when}`];
  return [`${fill(w.value.answerN, { n: index + 1 })}: ${text}`, ...condition, ...(dates === '' ? [] : [dates])].join(
    '\n',
  );
}
