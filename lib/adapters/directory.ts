import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import type { ObjectStore } from '../ports.ts';

/** Objects as files under a directory; a put is a write beside it and a rename, so a reader never sees half a file. */
export function directoryStore(root: string, newId: () => string): ObjectStore {
  const path = (key: string): string => {
    const clean = normalize(key);
    if (clean.startsWith('..') || clean.startsWith('/')) throw new Error(`object key outside the store: ${key}`);
    return join(root, clean);
  };
  return {
    async get(key) {
      try {
        return await readFile(path(key));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async put(key, bytes) {
      const target = path(key);
      await mkdir(dirname(target), { recursive: true });
      const beside = `${target}.${newId()}`;
      await writeFile(beside, bytes);
      await rename(beside, target);
    },
  };
}
