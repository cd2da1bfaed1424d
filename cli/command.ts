import type { ParseArgsOptionDescriptor } from 'node:util';
import type { Api } from './api.ts';

/** What a command touches outside itself. */
export type Io = {
  env: Readonly<Record<string, string | undefined>>;
  out(text: string): void;
  err(text: string): void;
  /** Whether somebody is looking at `err`: progress is drawn for them and written in lines otherwise. */
  isTerminal: boolean;
  fetch: typeof fetch;
  sleep(ms: number): Promise<void>;
  read(path: string): Promise<Uint8Array>;
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Everything that is piped in. */
  stdin(): Promise<Uint8Array>;
};

/** What the shell is told. */
export const EXIT = {
  done: 0,
  /** The server said no, or the work failed: a blocked release, a file that cannot be read. */
  refused: 1,
  usage: 2,
  /** Done, and something is left to look at: rows rejected, misses, a difference where none was wanted. */
  attention: 3,
  /** Not reached, or not allowed. */
  unreachable: 4,
} as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

export type Flags = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

export type Context = {
  io: Io;
  api: Api;
  /** Words that are no options. */
  words: readonly string[];
  flags: Flags;
  json: boolean;
};

export type Command = {
  name: string;
  usage: string;
  summary: string;
  /** How and why, with examples. */
  help: string;
  options: Readonly<Record<string, ParseArgsOptionDescriptor & { says: string; value?: string }>>;
  run(context: Context): Promise<Exit>;
};

/** The caller's own mistake: said with the command's usage, exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export const text = (flags: Flags, name: string): string | undefined => {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
};
export const isSet = (flags: Flags, name: string): boolean => flags[name] === true;
export const texts = (flags: Flags, name: string): string[] => {
  const value = flags[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
};

/** A share 0-1. Raises a usage error naming the option. */
export function shareOf(flags: Flags, name: string): number | undefined {
  const written = text(flags, name);
  if (written === undefined) return undefined;
  const value = Number(written);
  if (written.trim() === '' || !(value >= 0 && value <= 1)) {
    throw new UsageError(`--${name} is a share from 0 to 1, not "${written}"`);
  }
  return value;
}
