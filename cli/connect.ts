import * as z from 'zod';
import type { Connection } from './api.ts';
import { type Flags, type Io, text, UsageError } from './command.ts';

const Demo = z.object({ baseUrl: z.string(), managerToken: z.string() });

/** The running demo shop of this folder, if there is one. */
async function demoOf({ env, read }: Pick<Io, 'env' | 'read'>): Promise<Partial<Connection>> {
  const directory = env['CUECARD_DATA_DIR'] ?? '.cuecard';
  try {
    const { baseUrl, managerToken } = Demo.parse(
      JSON.parse(new TextDecoder().decode(await read(`${directory}/demo.json`))),
    );
    return { url: baseUrl, token: managerToken };
  } catch {
    return {};
  }
}

/**
 * Where to, and as whom: what is said on the command line, then the environment, then the demo shop of this folder. Its
 * token never goes to another address. Raises a usage error saying what is missing.
 */
export async function connection(io: Pick<Io, 'env' | 'read'>, flags: Flags): Promise<Connection> {
  const demo = await demoOf(io);
  const url = text(flags, 'url') ?? io.env['CUECARD_URL'] ?? demo.url;
  const token = io.env['CUECARD_TOKEN'] ?? (url === demo.url ? demo.token : undefined);
  if (url === undefined)
    throw new UsageError('where is Cuecard? Set CUECARD_URL or --url, or start one with "npm start"');
  if (!/^https?:\/\//.test(url)) throw new UsageError(`"${url}" is no address: it begins with https:// or http://`);
  if (token === undefined) throw new UsageError("set CUECARD_TOKEN to a manager's token for this address");
  return { url, token };
}
