import { parseArgs } from 'node:util';
import { ApiError, createApi } from './api.ts';
import { type Command, EXIT, type Exit, type Flags, type Io, isSet, UsageError } from './command.ts';
import { diff } from './commands/diff.ts';
import { exportDraft } from './commands/export.ts';
import { importFile } from './commands/import.ts';
import { packs } from './commands/packs.ts';
import { release } from './commands/release.ts';
import { releases } from './commands/releases.ts';
import { rollback } from './commands/rollback.ts';
import { test } from './commands/test.ts';
import { connection } from './connect.ts';
import { commandHelp, GLOBAL_OPTIONS, overview } from './help.ts';

const COMMANDS: readonly Command[] = [importFile, diff, release, releases, rollback, test, exportDraft, packs];
const VERSION = '0.1.0';

type Parsed = { words: string[]; flags: Flags };

function parse(args: readonly string[], options: Command['options']): Parsed {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...options, ...GLOBAL_OPTIONS },
      allowPositionals: true,
    });
    return { words: positionals, flags: values };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Nothing listening, a token that is wrong, or one that may not: the way in is the trouble, not the work. */
const WAY_IN = new Set([0, 401, 403]);

function exitOf(error: unknown, command: Command | undefined, json: boolean, io: Io): Exit {
  if (error instanceof UsageError) {
    io.err(`${error.message}\n${command === undefined ? '' : `\nusage: cuecard ${command.usage}\n`}`);
    return EXIT.usage;
  }
  if (error instanceof ApiError) {
    if (json) io.out(`${JSON.stringify({ status: error.status, ...error.problem, detail: error.message })}\n`);
    else io.err(`${error.message}\n`);
    return WAY_IN.has(error.status) ? EXIT.unreachable : EXIT.refused;
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    io.err(`${error.message}\n`);
    return EXIT.usage;
  }
  throw error;
}

function named(name: string | undefined): Command {
  const command = COMMANDS.find((one) => one.name === name);
  if (command === undefined) throw new UsageError(`there is no command "${name}": cuecard --help lists them`);
  return command;
}

/** The first word that is a command; else the first word, to say that it is none. An option's value may stand before it. */
const commandWord = (args: readonly string[]): string | undefined =>
  args.find((arg) => arg === 'help' || COMMANDS.some(({ name }) => name === arg)) ??
  args.find((arg) => !arg.startsWith('-'));

/** Runs one command line and resolves to its exit code. Never throws for what a caller did or a server said. */
export async function run(args: readonly string[], io: Io): Promise<Exit> {
  const json = args.includes('--json');
  let command: Command | undefined;
  try {
    const word = commandWord(args);
    if (word === undefined || word === 'help') {
      io.out(args.includes('--version') ? `${VERSION}\n` : helpOf(args));
      return args.length === 0 ? EXIT.usage : EXIT.done;
    }
    command = named(word);
    const { words, flags } = parse(args.toSpliced(args.indexOf(word), 1), command.options);
    if (isSet(flags, 'help')) {
      io.out(commandHelp(command));
      return EXIT.done;
    }
    const api = createApi(io, await connection(io, flags));
    return await command.run({ io, api, words, flags, json });
  } catch (error) {
    return exitOf(error, command, json, io);
  }
}

function helpOf(args: readonly string[]): string {
  const about = args.filter((arg) => !arg.startsWith('-'))[1];
  return about === undefined ? overview(COMMANDS) : commandHelp(named(about));
}
