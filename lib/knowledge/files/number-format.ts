/** Numbers as a spreadsheet shows them (ECMA-376 part 1, 18.8.30 and 18.8.31). */

const BUILT_IN: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  37: '#,##0;(#,##0)',
  38: '#,##0;(#,##0)',
  39: '#,##0.00;(#,##0.00)',
  40: '#,##0.00;(#,##0.00)',
  49: '@',
};
const DATE = 'yyyy-mm-dd';
const TIME = 'hh:mm';
const BOTH = 'yyyy-mm-dd hh:mm';
const DATE_IDS = new Set([14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);
const TIME_IDS = new Set([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56]);

/** The code behind a number format's id; undefined shows a number as it is. */
export function builtInFormat(id: number): string | undefined {
  if (DATE_IDS.has(id)) return DATE;
  if (TIME_IDS.has(id)) return TIME;
  return id === 22 ? BOTH : BUILT_IN[id];
}

/** Without texts in quotes, escaped and padded characters, colours, languages and conditions. */
const bare = (code: string): string =>
  code
    .replace(/"[^"]*"?/g, '')
    .replace(/[\\_*]./g, '')
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '');

/** Fifteen digits are all that a spreadsheet keeps; what is behind them is noise of the binary form. */
const general = (value: number): string => String(Number(value.toPrecision(15))).replace('e', 'E');

const DAY_MS = 86_400_000;
const LAST_SERIAL = 2_958_466;
const EPOCH_1904_DAYS = 1_462;
/** Day 0 of the 1900 calendar, which counts a 29 February that never was: days before it are one off. */
const EPOCH_MS = Date.UTC(1899, 11, 30);
const FALSE_DAY = 60;

const pad = (value: number): string => String(value).padStart(2, '0');

function timeOf(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${pad(hours)}:${pad(minutes)}${rest === 0 ? '' : `:${pad(rest)}`}`;
}

/** `2026-11-11`, `2026-11-11 20:00`, `20:00`: one way to write a moment, whatever the cell's own is. */
function dateText(serial: number, code: string): string {
  const seconds = Math.round(serial * 86_400);
  if (/\[h+\]|\[m+\]|\[s+\]/i.test(code)) return timeOf(seconds);
  const days = Math.floor(seconds / 86_400);
  const time = timeOf(seconds - days * 86_400);
  const clock = /[hs]/i.test(code);
  if (clock && !/[yde]/i.test(code)) return time;
  const at = new Date(EPOCH_MS + (days < FALSE_DAY ? days + 1 : days) * DAY_MS);
  const day = at.toISOString().slice(0, 10);
  return clock ? `${day} ${time}` : day;
}

const isDateCode = (code: string): boolean =>
  /[ymdhs]/i.test(code.replace(/general/gi, '')) && !/[0#?]/.test(code.replace(/\.0+/g, ''));

/** Half away from zero, on the decimal digits rather than the binary ones. */
function rounded(value: number, digits: number): string {
  const moved = Math.round(
    Number(`${value.toPrecision(15)}e${digits}`.replace(/e([+-]?\d+)e(\d+)/, (_, a, b) => `e${Number(a) + Number(b)}`)),
  );
  return Number.isSafeInteger(moved) ? (moved / 10 ** digits).toFixed(digits) : value.toFixed(digits);
}

const grouped = (whole: string): string => whole.replace(/\B(?=(?:\d{3})+$)/g, ',');

type Pattern = { before: string; digits: string; after: string };

const literal = (text: string): string =>
  text
    .replace(/\[[^\]]*\]/g, (inside) => /^\[\$([^\]-]*)/.exec(inside)?.[1] ?? '')
    .replace(/_./g, '')
    .replace(/\*./g, '')
    .replace(/\\(.)/g, '$1')
    .replaceAll('"', '');

/** A format's section around its digits; undefined for one that is no plain number. */
function patternOf(section: string): Pattern | undefined {
  const match =
    /^((?:"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|[^0#?"\\[_*])*?)([0#?][0#?,.]*(?:E[+-]0+)?)((?:"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|[^0#?"\\[_*/])*)$/i.exec(
      section,
    );
  if (match === null) return undefined;
  return { before: match[1] ?? '', digits: match[2] ?? '', after: match[3] ?? '' };
}

function plain(value: number, digits: string): string {
  const [whole = '', fraction = ''] = digits.replaceAll(',', '').split('.');
  const text = rounded(value, fraction.length);
  const [shownWhole = '', shownFraction = ''] = text.split('.');
  const wanted = (whole.match(/0/g) ?? []).length;
  const filled = shownWhole === '0' && wanted === 0 ? '' : shownWhole.padStart(wanted, '0');
  const optional = (/[#?]*$/.exec(fraction)?.[0] ?? '').length;
  const kept =
    shownFraction.slice(0, fraction.length - optional) +
    shownFraction.slice(fraction.length - optional).replace(/0+$/, '');
  const head = /[0#?],[0#?]/.test(digits) ? grouped(filled) : filled;
  return kept === '' ? head : `${head}.${kept}`;
}

function scientific(value: number, digits: string): string {
  const [mantissa = '', exponent = ''] = digits.split(/e[+-]/i);
  const [head = '', power = '0'] = value.toExponential((mantissa.split('.')[1] ?? '').length).split('e');
  const sign = power.startsWith('-') ? '-' : '+';
  return `${head}E${sign}${power.replace(/^[+-]/, '').padStart(exponent.length, '0')}`;
}

function shownBy({ before, digits, after }: Pattern, value: number): string {
  const scaled =
    (value * (`${before}${after}`.includes('%') ? 100 : 1)) / 1_000 ** (/,*$/.exec(digits)?.[0].length ?? 0);
  const body = /e[+-]/i.test(digits) ? scientific(scaled, digits) : plain(scaled, digits.replace(/,+$/, ''));
  return `${literal(before)}${body}${literal(after)}`.trim();
}

/** Sections are divided by semicolons that stand in no quotes. */
const sectionsOf = (code: string): string[] => code.match(/(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])+|(?<=;)(?=;|$)/g) ?? [];

/** Two sections: the second is for what is negative; three: the third is for zero. */
function sectionFor(value: number, sections: readonly string[]): string {
  const [first = '', negative = first, zero = first] = sections;
  if (value === 0) return zero;
  return value < 0 ? negative : first;
}

function numberText(value: number, sections: readonly string[]): string {
  const pattern = patternOf(sectionFor(value, sections));
  if (pattern === undefined) return general(value);
  const sign = value < 0 && sections.length === 1 ? '-' : '';
  return `${sign}${shownBy(pattern, Math.abs(value))}`;
}

const isGeneral = (code: string): boolean => code === '@' || /^general$/i.test(code.trim()) || /\[[<>=]/.test(code);

/** A number as its cell shows it by the format's code; dates and times in one spelling. */
export function formatNumber(value: number, code: string | undefined, epoch1904: boolean): string {
  if (code === undefined || isGeneral(code)) return general(value);
  const sections = sectionsOf(code);
  const clean = bare(sections[0] ?? '');
  if (!isDateCode(clean)) return numberText(value, sections);
  const serial = epoch1904 ? value + EPOCH_1904_DAYS : value;
  return serial >= 0 && serial < LAST_SERIAL ? dateText(serial, clean) : general(value);
}
