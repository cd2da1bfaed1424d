import { Control, rowName } from './control.tsx';
import type { Wrong } from './form.ts';
import type { TableSpec } from './sections.ts';
import type { Row } from './values.ts';
import { w } from './words.ts';

type RowsProps = {
  spec: TableSpec;
  rows: readonly Row[];
  errors: readonly Wrong[];
  onChange: (rows: Row[]) => void;
};

/** A list that grows: each line its fields, and a way out. */
export function Rows({ spec, rows, errors, onChange }: RowsProps) {
  const say = w.value;
  const { key, columns, record } = spec;
  const blank = Object.fromEntries(columns.map((one) => [one.key, '']));
  const placeOf = (row: Row, at: number, column: string): string =>
    record === true ? `${key}.${row['name'] ?? ''}` : `${key}.${at}.${column}`;
  return (
    <div class="routing-rows" data-testid={`rows-${key}`}>
      <div class="panel-head">
        <h4>{say.label[key]}</h4>
        <button type="button" class="quiet" data-testid={`add-${key}`} onClick={() => onChange([...rows, blank])}>
          {`${say.add}`}
          <span class="unseen">: {say.label[key]}</span>
        </button>
      </div>
      {rows.length === 0 ? <p class="small muted">{say.none}</p> : null}
      {rows.map((row, at) => (
        <div key={at} class="routing-row">
          <div class="fields">
            {columns.map((column) => (
              <Control
                key={column.key}
                cell={column}
                wordsAt={`${key}.${column.key}`}
                place={placeOf(row, at, column.key)}
                within={rowName(key, at + 1)}
                value={row[column.key] ?? ''}
                errors={errors}
                onType={(value) =>
                  onChange(rows.map((one, other) => (other === at ? { ...one, [column.key]: value } : one)))
                }
              />
            ))}
          </div>
          <button
            type="button"
            class="quiet danger"
            aria-label={`${say.remove}: ${rowName(key, at + 1)}`}
            onClick={() => onChange(rows.filter((_, other) => other !== at))}
          >
            {say.remove}
          </button>
        </div>
      ))}
    </div>
  );
}
