import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { ObjectStore, StoredObject } from '../ports/objects.ts';

/** So many objects a page of a listing. */
const PAGE = 1_000;

/** `ENOTDIR`: what would be its directory is an object. */
const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

async function filesUnder(directory: string): Promise<string[]> {
  try {
    const found = await readdir(directory, { recursive: true, withFileTypes: true });
    return found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Undefined when it was deleted meanwhile. */
async function describe(key: string, file: string): Promise<StoredObject | undefined> {
  try {
    const { mtimeMs, size } = await stat(file);
    return { key, at: mtimeMs, bytes: size };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Objects as files under a directory; a put is a write beside it and a rename, so a reader never sees half a file. */
export function directoryStore(root: string, newId: () => string): ObjectStore {
  const path = (key: string): string => {
    // In an object store `..` is a name like any other; here it would lead out of the tenant's own keys.
    if (isAbsolute(key) || key.includes('\u0000') || key.split(/[\\/]/).includes('..')) {
      throw new Error(`object key outside the store: ${key}`);
    }
    return join(root, key);
  };
  return {
    async get(key) {
      try {
        return await readFile(path(key));
      } catch (error) {
        if (isMissing(error)) return undefined;
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
    async delete(key) {
      await rm(path(key), { force: true });
    },
    async list(prefix, cursor = '') {
      // A prefix is the beginning of a key, up to all of it, and need not be a directory.
      const under = await filesUnder(path(prefix.slice(0, prefix.lastIndexOf('/') + 1)));
      const keys = under.map((file) => relative(root, file).split(sep).join('/')).sort();
      const page = keys.filter((key) => key.startsWith(prefix) && key > cursor).slice(0, PAGE + 1);
      const found = await Promise.all(page.slice(0, PAGE).map((key) => describe(key, path(key))));
      const items = found.filter((one) => one !== undefined);
      const last = page[PAGE - 1];
      return page.length > PAGE && last !== undefined ? { items, cursor: last } : { items };
    },
  };
}
