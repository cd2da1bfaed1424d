import { useSignal } from '@preact/signals';
import { parseCondition } from '../../../lib/domain/condition.ts';
import { FACTS, type Fact, kindOf } from '../../../lib/domain/condition-facts.ts';
import { conditionWords } from '../../condition-words.ts';
import { fill, words } from '../../words/words.ts';
import { Field, Pick } from '../shell/field.tsx';
import { type ConditionRow, conditionOf, type Operator, operatorsFor, rowsOf } from './condition-rows.ts';
import { w } from './words.ts';

type ConditionFieldProps = { place: number; value: string; onInput: (when: string) => void };

/** What is wrong with a written condition and where, or nothing. */
export function conditionProblem(when: string): string | undefined {
  if (when.trim() === '') return undefined;
  const parsed = parseCondition(when);
  return parsed.ok ? undefined : fill(w.value.wrongAt, { column: parsed.column, message: parsed.message });
}

/** A condition, written or put together: either way it is one text, read back in plain words. */
export function ConditionField({ place, value, onInput }: ConditionFieldProps) {
  const say = w.value;
  const rows = useSignal<ConditionRow[] | undefined>(undefined);
  const wrong = conditionProblem(value);
  const reading = value.trim() === '' ? say.whenHint : fill(say.reads, { text: conditionWords(value) });
  const change = (next: ConditionRow[]) => {
    rows.value = next;
    onInput(conditionOf(next));
  };
  return (
    <div class="condition">
      <Field label={say.when} wrong={wrong} hint={reading}>
        {(ids) => (
          <div class="with-button">
            <input
              {...ids}
              value={value}
              spellcheck={false}
              class="mono"
              data-testid={`when-${place}`}
              onInput={(event) => {
                rows.value = rows.value === undefined ? undefined : rowsOf(event.currentTarget.value);
                onInput(event.currentTarget.value);
              }}
            />
            <button
              type="button"
              aria-expanded={rows.value !== undefined}
              data-testid={`build-${place}`}
              disabled={wrong !== undefined}
              onClick={() => {
                rows.value = rows.value === undefined ? (rowsOf(value) ?? []) : undefined;
              }}
            >
              {say.build}
            </button>
          </div>
        )}
      </Field>
      {rows.value === undefined ? null : <Builder place={place} rows={rows.value} onChange={change} />}
    </div>
  );
}

type BuilderProps = { place: number; rows: readonly ConditionRow[]; onChange: (rows: ConditionRow[]) => void };

function Builder({ place, rows, onChange }: BuilderProps) {
  const say = w.value;
  return (
    <fieldset class="builder" aria-label={fill(say.builderTitle, { n: place + 1 })}>
      {rows.length === 0 ? <p class="hint">{say.builderEmpty}</p> : null}
      {rows.map((row, index) => (
        // Rows keep their places while they are edited.
        <BuilderRow
          key={index}
          row={row}
          onChange={(next) => onChange(rows.with(index, next))}
          onRemove={() => onChange(rows.toSpliced(index, 1))}
        />
      ))}
      <button
        type="button"
        class="quiet"
        onClick={() => onChange([...rows, { fact: 'order.status', operator: 'is', value: 'shipped', to: '' }])}
      >
        + {say.addCondition}
      </button>
    </fieldset>
  );
}

/** Values that a fact is usually compared with; anything else may be typed. */
const OFFERED: Partial<Record<Fact, readonly string[]>> = {
  'order.status': [
    ...['pending_payment', 'paid', 'processing', 'shipped', 'delivered'],
    ...['completed', 'cancelled', 'refunding', 'refunded'],
  ],
  'order.payment': ['online', 'cod', 'wechat', 'alipay', 'card', 'paypal', 'bank_transfer'],
  weekday: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  first_contact: ['true', 'false'],
};

const START: Partial<Record<ReturnType<typeof kindOf>, string>> = { truth: 'true', status: 'shipped' };

type RowProps = { row: ConditionRow; onChange: (row: ConditionRow) => void; onRemove: () => void };

function BuilderRow({ row, onChange, onRemove }: RowProps) {
  const say = w.value;
  const { fact } = words.value;
  const isRange = row.operator === 'between' || row.operator === 'notBetween';
  const takeFact = (next: string) => {
    const named = FACTS.find((one) => one === next) ?? row.fact;
    const operator = operatorsFor(named).includes(row.operator) ? row.operator : 'is';
    onChange({ fact: named, operator, value: START[kindOf(named)] ?? '', to: '' });
  };
  return (
    <div class="builder-row">
      <Pick label={say.fact} value={row.fact} options={FACTS.map((one) => [one, fact[one]])} onPick={takeFact} />
      <Pick
        label={say.operator}
        value={row.operator}
        options={operatorsFor(row.fact).map((one) => [one, say.operators[one]])}
        onPick={(operator) => onChange({ ...row, operator: operator as Operator })}
      />
      <ValueInput row={row} label={say.value} value={row.value} onInput={(value) => onChange({ ...row, value })} />
      {isRange ? (
        <>
          <span class="muted">{say.valueTo}</span>
          <ValueInput row={row} label={say.valueTo} value={row.to} onInput={(to) => onChange({ ...row, to })} />
        </>
      ) : null}
      <button type="button" class="icon" aria-label={say.removeCondition} onClick={onRemove}>
        ×
      </button>
    </div>
  );
}

type ValueProps = { row: ConditionRow; label: string; value: string; onInput: (value: string) => void };

function ValueInput({ row, label, value, onInput }: ValueProps) {
  const offered = OFFERED[row.fact] ?? [];
  const list = `values-${row.fact.replace('.', '-')}`;
  return (
    <>
      <input
        type="text"
        aria-label={label}
        value={value}
        placeholder={row.operator === 'is' || row.operator === 'isNot' ? w.value.valueHint : ''}
        list={list}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <datalist id={list}>
        {offered.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </>
  );
}
