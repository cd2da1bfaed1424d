import { pageWords, share } from '../shell/say.ts';

/** By stretch of confidence: how many answers there were (`mass`), how sure they were and how often right, 0-1. */
export type Bin = { from: number; to: number; mass: number; confidence: number; accuracy: number };

const SIZE = 220;
const EDGE = 30;
const LEAST_RADIUS = 2.5;
const MOST_RADIUS = 11;
const TICKS = [0, 0.5, 1] as const;

const w = pageWords(
  { label: 'How sure against how often right', sure: 'how sure', right: 'how often right' },
  { label: '把握与实际正确率', sure: '把握', right: '正确的比例' },
);

const x = (value: number): number => EDGE + value * SIZE;
const y = (value: number): number => EDGE / 2 + (1 - value) * SIZE;

/** A reliability diagram: a dot a stretch of confidence, as large as it holds answers; on the line it is honest. */
export function ReliabilityChart({ bins }: { bins: readonly Bin[] }) {
  const say = w.value;
  const held = bins.filter(({ mass }) => mass > 0);
  const most = Math.max(...held.map(({ mass }) => mass), Number.MIN_VALUE);
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${SIZE + EDGE * 1.5} ${SIZE + EDGE * 1.7}`} role="img" aria-label={say.label}>
        <path class="frame" d={`M${x(0)} ${y(1)}V${y(0)}H${x(1)}`} />
        <path class="ideal" d={`M${x(0)} ${y(0)}L${x(1)} ${y(1)}`} />
        {TICKS.map((tick) => (
          <g key={tick}>
            <text x={x(tick)} y={y(0) + 14} text-anchor="middle">
              {share(tick)}
            </text>
            <text x={x(0) - 5} y={y(tick) + 4} text-anchor="end">
              {share(tick)}
            </text>
          </g>
        ))}
        <text x={x(0.5)} y={y(0) + 30} text-anchor="middle">
          {say.sure}
        </text>
        {held.map(({ from, mass, confidence, accuracy }) => (
          <circle
            key={from}
            class="dot"
            cx={x(confidence)}
            cy={y(accuracy)}
            r={LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * Math.sqrt(mass / most)}
          >
            <title>{`${share(confidence)} → ${share(accuracy)}`}</title>
          </circle>
        ))}
      </svg>
      <figcaption class="unseen">
        <ul>
          {held.map(({ from, confidence, accuracy }) => (
            <li key={from}>{`${say.sure} ${share(confidence)}, ${say.right} ${share(accuracy)}`}</li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
