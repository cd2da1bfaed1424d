/** A line chart as SVG text: both axes from 0 to 1, one line a series. */
export type Series = {
  name: string;
  points: readonly (readonly [x: number, y: number])[];
  /** One a point: a dot's area stands for this share, 0-1. No dots when absent. */
  shares?: readonly number[];
};

export type Chart = {
  title: string;
  x: string;
  y: string;
  series: readonly Series[];
  /** Where the truth would lie: confidence equal to accuracy. */
  diagonal?: boolean;
  /** The lowest value of the upright axis; 0 unless given. */
  lowest?: number;
};

const SIZE = 420;
const MARGIN = 60;
const LEGEND = 190;
const LINE = 18;
const SMALLEST_DOT = 1.5;
const LARGEST_DOT = 14;
const COLOURS = ['#0b62c4', '#d1495b', '#2e8b57', '#b8860b', '#6a4fb3', '#008b9a', '#8a5a44', '#555555'];
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const colour = (at: number): string => COLOURS[at % COLOURS.length] ?? '#000000';
const across = (x: number): string => (MARGIN + SIZE * x).toFixed(1);

function ticks(up: (y: number) => string, lowest: number): string {
  return TICKS.map((tick) => {
    const value = lowest + tick * (1 - lowest);
    return `<line x1="${across(0)}" x2="${across(1)}" y1="${up(value)}" y2="${up(value)}" stroke="#dddddd"/>
<text x="${MARGIN - 8}" y="${up(value)}" text-anchor="end" dominant-baseline="middle">${value.toFixed(2)}</text>
<text x="${across(tick)}" y="${MARGIN + SIZE + 18}" text-anchor="middle">${tick.toFixed(1)}</text>`;
  }).join('\n');
}

function drawn({ points, shares = [] }: Series, at: number, up: (y: number) => string): string {
  const line = `<polyline fill="none" stroke="${colour(at)}" stroke-width="2" points="${points
    .map(([x, y]) => `${across(x)},${up(y)}`)
    .join(' ')}"/>`;
  const dots = points.slice(0, shares.length).map(([x, y], place) => {
    const radius = SMALLEST_DOT + LARGEST_DOT * Math.sqrt(shares[place] ?? 0);
    return `<circle cx="${across(x)}" cy="${up(y)}" r="${radius.toFixed(1)}" fill="${colour(at)}" fill-opacity="0.6"/>`;
  });
  return [line, ...dots].join('\n');
}

export function chart({ title, x, y, series, diagonal = false, lowest = 0 }: Chart): string {
  const up = (value: number): string =>
    (MARGIN + SIZE * (1 - (Math.max(lowest, value) - lowest) / (1 - lowest))).toFixed(1);
  const width = SIZE + MARGIN + LEGEND + 20;
  const height = SIZE + 2 * MARGIN;
  const legend = series.map(
    ({ name }, at) =>
      `<text x="${MARGIN + SIZE + 20}" y="${MARGIN + LINE * (at + 1)}" fill="${colour(at)}">${escaped(name)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12">
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text x="${MARGIN}" y="30" font-size="16">${escaped(title)}</text>
${ticks(up, lowest)}
<rect x="${MARGIN}" y="${MARGIN}" width="${SIZE}" height="${SIZE}" fill="none" stroke="#888888"/>
${diagonal ? `<line x1="${across(0)}" y1="${up(0)}" x2="${across(1)}" y2="${up(1)}" stroke="#888888" stroke-dasharray="4 4"/>` : ''}
${series.map((one, at) => drawn(one, at, up)).join('\n')}
${legend.join('\n')}
<text x="${MARGIN + SIZE / 2}" y="${MARGIN + SIZE + 42}" text-anchor="middle">${escaped(x)}</text>
<text transform="translate(16 ${MARGIN + SIZE / 2}) rotate(-90)" text-anchor="middle">${escaped(y)}</text>
</svg>
`;
}
