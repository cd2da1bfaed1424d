import { pageWords, share } from '../shell/say.ts';

/** Answering everything at or above a threshold: how much is answered, and how much of that is right, 0-1. */
export type CurvePoint = { threshold: number; precision: number; coverage: number };
export type Target = CurvePoint & { target: number };

const WIDTH = 220;
const HEIGHT = 220;
const EDGE = 34;
/** Steps that the precision axis may begin at. */
const FLOORS = [0.9, 0.8, 0.5, 0] as const;

const w = pageWords(
  {
    label: 'How much is answered, and how much of that is right',
    coverage: 'answered',
    precision: 'right',
    target: 'target {target}',
  },
  { label: '回答的比例与其中正确的比例', coverage: '回答比例', precision: '正确比例', target: '目标 {target}' },
);

/** A risk-coverage curve, with the points that the targets stand for. */
export function CoverageChart({ curve, targets }: { curve: readonly CurvePoint[]; targets: readonly Target[] }) {
  const say = w.value;
  const points = curve.toSorted((a, b) => a.coverage - b.coverage);
  const least = Math.min(...points.map(({ precision }) => precision), ...targets.map(({ target }) => target));
  const floor = FLOORS.find((one) => one <= least) ?? 0;
  const x = (coverage: number) => EDGE + coverage * WIDTH;
  const y = (precision: number) => EDGE / 2 + ((1 - Math.max(floor, precision)) / (1 - floor)) * HEIGHT;
  const line = points.map(({ coverage, precision }) => `${x(coverage).toFixed(1)} ${y(precision).toFixed(1)}`);
  const marks = targets.filter(({ precision }) => precision >= floor);
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${WIDTH + EDGE * 1.5} ${HEIGHT + EDGE * 1.6}`} role="img" aria-label={say.label}>
        <path class="frame" d={`M${x(0)} ${y(1)}V${y(floor)}H${x(1)}`} />
        {[0, 0.5, 1].map((tick) => (
          <text key={tick} x={x(tick)} y={y(floor) + 14} text-anchor="middle">
            {share(tick)}
          </text>
        ))}
        {[floor, (1 + floor) / 2, 1].map((tick) => (
          <text key={tick} x={x(0) - 5} y={y(tick) + 4} text-anchor="end">
            {share(tick)}
          </text>
        ))}
        <text x={x(0.5)} y={y(floor) + 30} text-anchor="middle">
          {say.coverage}
        </text>
        {line.length === 0 ? null : <path class="line" d={`M${line.join('L')}`} />}
        {marks.map(({ target, coverage, precision }) => (
          <circle key={target} class="dot" cx={x(coverage)} cy={y(precision)} r={5}>
            <title>{`${say.target.replace('{target}', share(target))}: ${share(coverage)} ${say.coverage}`}</title>
          </circle>
        ))}
      </svg>
      <figcaption class="unseen">
        <ul>
          {points.map(({ threshold, coverage, precision }) => (
            <li key={threshold}>{`${say.coverage} ${share(coverage)}, ${say.precision} ${share(precision)}`}</li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
