import { number, pageWords } from '../shell/say.ts';

export type ChangeRow = { label: string; asked: number; gained: number; lost: number; changed: number };

const w = pageWords(
  { label: 'Questions answered otherwise than now', gained: 'gained', lost: 'lost', changed: 'changed', of: 'of {n}' },
  { label: '与线上相比结果不同的问题', gained: '变好', lost: '变差', changed: '变化', of: '共 {n}' },
);

const KINDS = ['gained', 'changed', 'lost'] as const;
/** Of the scale that all rows share. */
const WIDTH = 1_000;
const LEAST = 4;

/** A bar a set of questions: what a release gains, what it merely changes and what it loses, on one scale. */
export function ChangeBars({ rows }: { rows: readonly ChangeRow[] }) {
  const most = Math.max(1, ...rows.map((row) => row.gained + row.changed + row.lost));
  return (
    <figure class="bars" aria-label={w.value.label}>
      {rows.map((row) => (
        <Bar key={row.label} row={row} most={most} />
      ))}
    </figure>
  );
}

function Bar({ row, most }: { row: ChangeRow; most: number }) {
  const say = w.value;
  const told = KINDS.filter((kind) => row[kind] > 0).map((kind) => `${number(row[kind])} ${say[kind]}`);
  const wide = (n: number) => (n === 0 ? 0 : Math.max(LEAST, (n / most) * WIDTH));
  const starts = KINDS.map((_, place) => KINDS.slice(0, place).reduce((sum, kind) => sum + wide(row[kind]), 0));
  return (
    <div class="bar-row">
      <span>{row.label}</span>
      <svg viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none" aria-hidden="true">
        {KINDS.map((kind, place) => (
          <rect key={kind} class={`bar-${kind}`} x={starts[place]} width={wide(row[kind])} height={10} />
        ))}
      </svg>
      <span class="small muted">{[say.of.replace('{n}', number(row.asked)), ...told].join(' · ')}</span>
    </div>
  );
}
