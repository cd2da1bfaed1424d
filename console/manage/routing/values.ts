/** Values of the settings as they are typed, and back. */
import type { Cell, TableSpec } from './sections.ts';

export type Row = Readonly<Record<string, string>>;
export type Tree = { [name: string]: unknown };
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

export function valueAt(tree: unknown, place: string): unknown {
  return place.split('.').reduce<unknown>((value, name) => (isTree(value) ? value[name] : undefined), tree);
}

export function put(tree: Tree, place: string, value: unknown): void {
  const names = place.split('.');
  const last = names.pop() ?? '';
  let at = tree;
  for (const name of names) {
    const next = isTree(at[name]) ? at[name] : {};
    at[name] = next;
    at = next;
  }
  at[last] = value;
}

/** How times are told: the tenant's clock. */
export type Clock = { show: (iso: string) => string; read: (text: string) => string };

/** Without what binary fractions add: 0.07 / 0.01 is 7. */
const exact = (number: number): number => Math.round(number * 1e6) / 1e6;

export const textOf = (value: unknown, { kind, scale = 1 }: Cell, clock: Clock): string => {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.join(kind === 'days' || kind === 'languages' ? ',' : ', ');
  if (typeof value === 'number') return String(exact(value / scale));
  return kind === 'moment' ? clock.show(String(value)) : String(value);
};

export const listed = (text: string): string[] =>
  text
    .split(/[,，、\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** What was typed as a value; what cannot be read goes as it is, so that the server says what is wrong with it. */
export function typedValue(text: string, { kind, scale = 1 }: Cell, clock: Clock): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return kind === 'note' ? '' : undefined;
  if (kind === 'switch') return trimmed === 'true';
  if (kind === 'list' || kind === 'languages') return listed(trimmed);
  if (kind === 'days') return listed(trimmed).map(Number);
  if (kind === 'moment') return clock.read(trimmed);
  if (kind !== 'number') return trimmed;
  const number = Number(trimmed);
  return Number.isNaN(number) ? trimmed : exact(number * scale);
}

export function rowsOf(value: unknown, { columns, record: isRecord }: TableSpec, clock: Clock): Row[] {
  if (isRecord === true) {
    return isTree(value) ? Object.entries(value).map(([name, points]) => ({ name, points: String(points) })) : [];
  }
  const rows = Array.isArray(value) ? value.filter(isTree) : [];
  return rows.map((row) => Object.fromEntries(columns.map((one) => [one.key, textOf(row[one.key], one, clock)])));
}

/** Rows as the settings have them: cells that hold something, or a number by name. */
export function filled(rows: readonly Row[], { columns, record: isRecord }: TableSpec, clock: Clock): unknown {
  if (isRecord === true) {
    const [name, points] = columns;
    if (name === undefined || points === undefined) return undefined;
    return Object.fromEntries(
      rows.map((row) => [row['name'] ?? '', typedValue(row['points'] ?? '', points, clock) ?? 0]),
    );
  }
  return rows.map((row) => {
    const cells = columns.map((one) => [one.key, typedValue(row[one.key] ?? '', one, clock)] as const);
    return Object.fromEntries(cells.filter(([, value]) => value !== undefined));
  });
}
