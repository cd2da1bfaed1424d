import { number } from '../shell/say.ts';

/** A column: what stands below it, how it is called in full, and its pieces from the bottom up, in the legend's order. */
export type Column = { mark: string; title: string; parts: readonly number[] };
type ColumnsProps = {
  label: string;
  legend: readonly string[];
  columns: readonly Column[];
  unit?: (n: number) => string;
};

const HEIGHT = 100;
/** So many marks fit below a chart on a phone. */
const MARKS = 8;

/** Columns over time, one scale. Each is a drawing of its own, so that the words beside it keep their size. */
export function Columns({ label, legend, columns, unit = number }: ColumnsProps) {
  const sums = columns.map(({ parts }) => parts.reduce((sum, part) => sum + part, 0));
  const most = Math.max(1, ...sums);
  const every = Math.max(1, Math.ceil(columns.length / MARKS));
  const told = ({ title, parts }: Column) =>
    `${title}: ${legend.map((name, at) => `${name} ${unit(parts[at] ?? 0)}`).join(', ')}`;
  return (
    <figure class="columns-chart">
      <figcaption class="columns-legend small">
        {legend.map((name, at) => (
          <span key={name} class={`column-key part-${at}`}>
            {name}
          </span>
        ))}
        <span class="grow" />
        <span class="muted">{unit(most)}</span>
      </figcaption>
      <div
        class="columns-field"
        role="img"
        aria-label={`${label}. ${columns
          .filter((_, at) => (sums[at] ?? 0) > 0)
          .map(told)
          .join('; ')}`}
      >
        {columns.map((column, at) => (
          <div key={column.title} class="hour-column" title={told(column)}>
            <svg viewBox={`0 0 10 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
              {stacked(column.parts, most).map(({ y, height }, part) => (
                <rect key={legend[part]} class={`part-${part}`} x={0} y={y} width={10} height={height} />
              ))}
            </svg>
            <span class="small muted">{at % every === 0 ? column.mark : ''}</span>
          </div>
        ))}
      </div>
    </figure>
  );
}

function stacked(parts: readonly number[], most: number): { y: number; height: number }[] {
  const heights = parts.map((part) => (part / most) * HEIGHT);
  return heights.map((height, at) => ({
    y: HEIGHT - heights.slice(0, at + 1).reduce((sum, one) => sum + one, 0),
    height,
  }));
}
