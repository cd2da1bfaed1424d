import { number } from '../shell/say.ts';

export type RankedRow = { name: string; count: number; note?: string };

const WIDTH = 1_000;

/** What was most frequent, each with a bar on one scale. */
export function Ranked({ rows, empty }: { rows: readonly RankedRow[]; empty: string }) {
  if (rows.length === 0) return <p class="muted">{empty}</p>;
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <ol class="ranked">
      {rows.map(({ name, count, note }) => (
        <li key={name}>
          <span class="ranked-name">{name}</span>
          <span class="number">{note ?? number(count)}</span>
          <svg viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none" aria-hidden="true">
            <rect class="part-0" x={0} width={(count / most) * WIDTH} height={10} />
          </svg>
        </li>
      ))}
    </ol>
  );
}
