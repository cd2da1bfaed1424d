/** Figures against their bars. A missed time is told, never an error: machines differ. A lost message always is one. */
import { percentile, table } from '../support/table.ts';
import type { Busy, Loaded } from './rig.ts';

export const ms = (value: number): string => (Number.isFinite(value) ? `${value.toFixed(value < 10 ? 1 : 0)} ms` : '-');

export const p50 = (values: readonly number[]): string => ms(percentile(values, 0.5));
export const p99 = (values: readonly number[]): string => ms(percentile(values, 0.99));

/** `yes`, or a `NO` that is found at a glance. */
export const within = (value: number, most: number): string => (value <= most ? 'yes' : 'NO');
export const atLeast = (value: number, least: number): string => (value >= least ? 'yes' : 'NO');

/** Of the functions, the store and the sender: the share of one core, and CPU time a message. */
export const BUSY_HEADER = ['functions', 'store', 'sender'] as const;

function busyCell({ share, cpuMs }: Busy): string {
  return share === undefined || cpuMs === undefined ? '-' : `${Math.round(share * 100)} % ${ms(cpuMs)}`;
}

export const busyCells = ({ functions, store, sender }: Loaded['busy']): string[] =>
  [functions, store, sender].map(busyCell);

export function print(title: string, header: readonly string[], rows: readonly (readonly string[])[]): void {
  console.log(`\n${title}\n\n${table(header, rows)}`);
}

/** What must never happen, gathered over the whole run. */
export type Faults = { lost: string[]; twice: string[]; refused: number };
export const noFaults = (): Faults => ({ lost: [], twice: [], refused: 0 });
