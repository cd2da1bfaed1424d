/** Figures against their bars. A missed time is told, never an error: machines differ. A lost message always is one. */
import { createHash } from 'node:crypto';
import { availableParallelism, loadavg } from 'node:os';
import { percentile, table } from '../support/table.ts';
import type { Busy, Loaded } from './rig.ts';

export const ms = (value: number): string => (Number.isFinite(value) ? `${value.toFixed(value < 10 ? 1 : 0)} ms` : '-');

export const p50 = (values: readonly number[]): string => ms(percentile(values, 0.5));
export const p99 = (values: readonly number[]): string => ms(percentile(values, 0.99));

const CONTROL_BYTES = 32 * 1024 * 1024;

/**
 * The machine as it is at the moment: its load, and a fixed computation by the clock and in CPU time. Figures are
 * compared only with others of the same control; where the two differ much, others took the processor away.
 */
export function machine(): string {
  const before = process.cpuUsage();
  const started = performance.now();
  createHash('sha256').update(Buffer.alloc(CONTROL_BYTES)).digest();
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  const load = loadavg()[0]?.toFixed(1);
  return `Machine: ${availableParallelism()} cores, load average ${load}, control ${ms(wall)} (CPU ${ms((user + system) / 1000)}).`;
}

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
  console.log(`\n${title}. ${machine()}\n\n${table(header, rows)}`);
}

/** What must never happen, gathered over the whole run. */
export type Faults = { lost: string[]; twice: string[] };
export const noFaults = (): Faults => ({ lost: [], twice: [] });
