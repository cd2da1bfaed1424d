import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const OWNER_ONLY = 0o600;

export type DataDirectory = { path: string; release(): Promise<void> };

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Takes the directory for this process. Throws, naming the holder, when another running stack has it. */
export async function takeDataDirectory(path: string): Promise<DataDirectory> {
  await mkdir(path, { recursive: true });
  const lock = join(path, 'lock');
  for (;;) {
    try {
      const file = await open(lock, 'wx', OWNER_ONLY);
      await file.writeFile(String(process.pid));
      await file.close();
      return { path, release: () => rm(lock, { force: true }) };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
    if (holder > 0 && alive(holder)) {
      throw new Error(
        `Cuecard is already running on ${path} (process ${holder}). Stop it, or set CUECARD_DATA_DIR to another directory.`,
      );
    }
    await rm(lock, { force: true });
  }
}

/** A secret that is made once and kept in a file only its owner may read. */
export async function keptSecret(path: string, bytes: number, encoding: 'base64' | 'hex'): Promise<string> {
  if (existsSync(path)) return (await readFile(path, 'utf8')).trim();
  const secret = randomBytes(bytes).toString(encoding);
  await writeFile(path, `${secret}\n`, { mode: OWNER_ONLY, flag: 'wx' });
  return secret;
}

/** Writes JSON that only its owner may read. */
export const writeOwnJson = (path: string, value: unknown): Promise<void> =>
  rm(path, { force: true }).then(() =>
    writeFile(path, `${JSON.stringify(value, null, 2)}\n`, { mode: OWNER_ONLY, flag: 'wx' }),
  );
