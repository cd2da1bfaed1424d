import { words } from '../../words/words.ts';
import { Field, type FieldIds } from '../shell/field.tsx';
import { type Wrong, wrongAt } from './form.ts';
import type { Cell } from './sections.ts';
import { listed } from './values.ts';
import { w } from './words.ts';

type ControlProps = {
  cell: Cell;
  /** Where its words stand, and where the server would find fault. */
  wordsAt: string;
  place: string;
  value: string;
  errors: readonly Wrong[];
  /** In a row: which one. */
  within?: string;
  onType: (value: string) => void;
};

/** One value, in the way it is best given; what is wrong with it stands below it. */
export function Control({ cell, wordsAt, place, value, errors, within, onType }: ControlProps) {
  const say = w.value;
  const label = say.label[wordsAt] ?? wordsAt;
  const named = { label, 'aria-label': within === undefined ? label : `${within}: ${label}` };
  const wrong = wrongAt(errors, place);
  if (cell.kind === 'days') return <Ticks {...named} all={DAYS} value={value} wrong={wrong} onType={onType} />;
  if (cell.kind === 'languages')
    return <Ticks {...named} all={LANGUAGES} value={value} wrong={wrong} onType={onType} />;
  if (cell.kind === 'ways')
    return <Ways {...named} cell={cell} hint={say.hint[wordsAt]} value={value} onType={onType} />;
  if (cell.kind === 'switch') {
    return (
      <label class="switch">
        <input
          type="checkbox"
          checked={value !== 'false'}
          onChange={(event) => onType(String(event.currentTarget.checked))}
        />
        {label}
      </label>
    );
  }
  return (
    <Field label={label} hint={say.hint[wordsAt]} wrong={wrong}>
      {(ids) => <Input cell={cell} ids={{ ...ids, 'aria-label': named['aria-label'] }} value={value} onType={onType} />}
    </Field>
  );
}

const DAYS = ['1', '2', '3', '4', '5', '6', '7'];
const LANGUAGES = ['zh', 'en'];

const tickName = (one: string): string => {
  const { zh, en } = w.value;
  if (one === 'zh') return zh;
  return one === 'en' ? en : (words.value.weekday[Number(one) - 1] ?? one);
};

type TicksProps = {
  label: string;
  'aria-label': string;
  all: readonly string[];
  value: string;
  wrong: string | undefined;
  onType: (value: string) => void;
};

function Ticks({ label, all, value, wrong, onType, ...named }: TicksProps) {
  const ticked = new Set(listed(value));
  return (
    <fieldset class="field plain" {...named}>
      <legend class="label">{label}</legend>
      <span class="row-of">
        {all.map((one) => (
          <label key={one} class="row-of tick">
            <input
              type="checkbox"
              checked={ticked.has(one)}
              onChange={(event) => {
                const next = all.filter((other) => (other === one ? event.currentTarget.checked : ticked.has(other)));
                onType(next.join(','));
              }}
            />
            {tickName(one)}
          </label>
        ))}
      </span>
      {wrong === undefined ? null : <p class="wrong">{wrong}</p>}
    </fieldset>
  );
}

type WaysProps = Pick<ControlProps, 'cell' | 'value' | 'onType'> & {
  label: string;
  'aria-label': string;
  hint: string | undefined;
};

/** All ways at once, each with what it means: nobody should have to open a list to learn what the bot may do. */
function Ways({ cell: { key }, label, hint, value, onType, ...named }: WaysProps) {
  return (
    <fieldset class="field plain ways" {...named}>
      <legend class="label">{label}</legend>
      {Object.entries(w.value.choice[key] ?? {}).map(([name, text]) => (
        <label key={name} class="switch">
          <input type="radio" name={key} value={name} checked={value === name} onChange={() => onType(name)} />
          {text}
        </label>
      ))}
      {hint === undefined ? null : <p class="hint">{hint}</p>}
    </fieldset>
  );
}

type InputProps = Pick<ControlProps, 'cell' | 'value' | 'onType'> & { ids: FieldIds & { 'aria-label': string } };

function Input({ cell: { key, kind }, ids, value, onType }: InputProps) {
  const say = w.value;
  if (kind === 'choice') return <Choice ids={ids} names={say.choice[key] ?? {}} value={value} onType={onType} />;
  if (kind === 'long') {
    return <textarea {...ids} rows={2} value={value} onInput={(event) => onType(event.currentTarget.value)} />;
  }
  const type = (event: { currentTarget: HTMLInputElement }) => onType(event.currentTarget.value);
  if (kind === 'date') return <input {...ids} type="date" value={value} onInput={type} />;
  if (kind === 'number') return <input {...ids} inputMode="decimal" value={value} onInput={type} />;
  return <input {...ids} placeholder={kind === 'moment' ? say.moment : ''} value={value} onInput={type} />;
}

type ChoiceProps = Pick<InputProps, 'ids' | 'value' | 'onType'> & { names: Record<string, string> };

function Choice({ ids, names, value, onType }: ChoiceProps) {
  return (
    <select {...ids} value={value} onChange={(event) => onType(event.currentTarget.value)}>
      {Object.entries(names).map(([name, text]) => (
        <option key={name} value={name}>
          {text}
        </option>
      ))}
    </select>
  );
}
