import type { ComponentChildren } from 'preact';
import { fill } from '../../words/words.ts';
import { w } from './words.ts';

type GrowingProps<Row> = {
  /** In `data-testid`. */
  name: string;
  title: string;
  hint?: string | undefined;
  rows: readonly Row[];
  blank: Row;
  onChange: (rows: Row[]) => void;
  /** The fields of a row; `within` names it to who does not see it. */
  children: (
    row: Row,
    change: (part: Partial<Row>) => void,
    at: { index: number; within: string },
  ) => ComponentChildren;
};

/** A list that grows: each line its fields, and a way out. */
export function Growing<Row>({ name, title, hint, rows, blank, onChange, children }: GrowingProps<Row>) {
  const say = w.value;
  const nameOf = (index: number): string => fill(say.row, { name: title, n: index + 1 });
  return (
    <div class="routing-rows" data-testid={`rows-${name}`}>
      <div class="panel-head">
        <h4>{title}</h4>
        <button type="button" class="quiet" data-testid={`add-${name}`} onClick={() => onChange([...rows, blank])}>
          {say.addRow}
          <span class="unseen">: {title}</span>
        </button>
      </div>
      {hint === undefined ? null : <p class="small muted">{hint}</p>}
      {rows.map((row, index) => (
        <div key={index} class="routing-row">
          <div class="fields">
            {children(
              row,
              (part) => onChange(rows.map((one, other) => (other === index ? { ...one, ...part } : one))),
              { index, within: nameOf(index) },
            )}
          </div>
          <button
            type="button"
            class="quiet danger"
            aria-label={`${say.removeRow}: ${nameOf(index)}`}
            onClick={() => onChange(rows.filter((_, other) => other !== index))}
          >
            {say.removeRow}
          </button>
        </div>
      ))}
    </div>
  );
}
