import { Growing } from '../shell/growing.tsx';
import { Control } from './control.tsx';
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

/** A table of the settings. */
export function Rows({ spec: { key, columns, record }, rows, errors, onChange }: RowsProps) {
  const say = w.value;
  const placeOf = (row: Row, at: number, column: string): string =>
    record === true ? `${key}.${row['name'] ?? ''}` : `${key}.${at}.${column}`;
  return (
    <Growing<Row>
      name={key}
      title={say.label[key] ?? key}
      hint={rows.length === 0 ? say.none : undefined}
      rows={rows}
      blank={Object.fromEntries(columns.map((one) => [one.key, '']))}
      onChange={onChange}
    >
      {(row, change, { index, within }) =>
        columns.map((column) => (
          <Control
            key={column.key}
            cell={column}
            wordsAt={`${key}.${column.key}`}
            place={placeOf(row, index, column.key)}
            within={within}
            value={row[column.key] ?? ''}
            errors={errors}
            onType={(value) => change({ [column.key]: value })}
          />
        ))
      }
    </Growing>
  );
}
