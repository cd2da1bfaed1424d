import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { Entry } from '../../domain/entry.ts';
import { CuecardError } from '../../domain/error.ts';
import { Golden } from '../../domain/knowledge.ts';
import { Language } from '../../domain/language.ts';
import { Phrases } from '../../domain/tenant.ts';

const name = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens');
const titles = z.partialRecord(Language, z.string().min(1).max(500));

/** `pack.yaml`: what the pack says of itself. */
export const Manifest = z.strictObject({
  name,
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'a version like 1.2.0'),
  languages: z.array(Language).min(1),
  phrases: Phrases.default({}),
  /** Who takes a hand-off: the queue's skill by the first part of the intent's name. */
  skills: z.record(z.string(), z.string()).default({}),
  /** The questions of the set-up page; answers use them as `{{shop.<name>}}`. */
  facts: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z][a-z0-9_]*$/),
        category: z.string(),
        question: titles,
        example: titles,
      }),
    )
    .default([]),
  intents: z.array(z.strictObject({ name: z.string().min(1).max(200), category: z.string(), title: titles })),
});
export type Manifest = z.infer<typeof Manifest>;

/** An entry and the file it was read from. */
export type PackEntry = { file: string; entry: Entry };
export type PackGolden = { file: string; golden: Golden };

export type Pack = Manifest & { entries: Entry[]; golden: Golden[] };
/** What is wrong, and where; `entry` is an entry's id. */
export type Problem = { file: string; entry?: string; message: string };

/** A pack as its files say it, with all that could not be read. */
export type PackFiles = {
  manifest: Manifest | undefined;
  entries: PackEntry[];
  golden: PackGolden[];
  problems: Problem[];
};

/** A golden question of no intent: nothing in the pack should answer it. */
export const OUT_OF_SCOPE = 'none';

const List = z.array(z.unknown());
const Named = z.object({ id: z.string() });

const describe = (issue: z.core.$ZodIssue): string =>
  issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`;

async function readYaml(directory: string, file: string): Promise<{ value: unknown } | Problem> {
  try {
    return { value: parse(await readFile(join(directory, file), 'utf8')) };
  } catch (error) {
    return { file, message: error instanceof Error ? (error.message.split('\n')[0] ?? 'unreadable') : 'unreadable' };
  }
}

/** Each item of a list file that has the schema's shape; the others are named by their id, else by their place. */
async function readList<T>(
  directory: string,
  file: string,
  schema: z.ZodType<T>,
  defaults: object,
): Promise<{ items: T[]; problems: Problem[] }> {
  const read = await readYaml(directory, file);
  if ('message' in read) return { items: [], problems: [read] };
  const list = List.safeParse(read.value ?? []);
  if (!list.success) return { items: [], problems: [{ file, message: 'not a list' }] };
  const items: T[] = [];
  const problems: Problem[] = [];
  list.data.forEach((written, index) => {
    const parsed = schema.safeParse(typeof written === 'object' ? { ...defaults, ...written } : written);
    if (parsed.success) {
      items.push(parsed.data);
      return;
    }
    const entry = Named.safeParse(written).data?.id ?? `#${index + 1}`;
    problems.push(...parsed.error.issues.map((issue) => ({ file, entry, message: describe(issue) })));
  });
  return { items, problems };
}

async function readManifest(directory: string): Promise<Manifest | Problem[]> {
  const file = 'pack.yaml';
  const read = await readYaml(directory, file);
  if ('message' in read) return [read];
  const parsed = Manifest.safeParse(read.value);
  return parsed.success ? parsed.data : parsed.error.issues.map((issue) => ({ file, message: describe(issue) }));
}

async function filesIn(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).filter((file) => file.endsWith('.yaml')).sort();
  } catch {
    return [];
  }
}

async function readLanguage(
  directory: string,
  language: Language,
  tag: string,
): Promise<Pick<PackFiles, 'entries' | 'golden' | 'problems'>> {
  const result: Pick<PackFiles, 'entries' | 'golden' | 'problems'> = { entries: [], golden: [], problems: [] };
  for (const base of await filesIn(join(directory, language))) {
    const file = `${language}/${base}`;
    const { items, problems } = await readList(directory, file, Entry, { language, pack: tag });
    result.entries.push(...items.map((entry) => ({ file, entry })));
    result.problems.push(...problems);
  }
  const file = `golden.${language}.yaml`;
  if ((await filesIn(directory)).includes(file)) {
    const { items, problems } = await readList(directory, file, Golden, { language });
    result.golden.push(...items.map((golden) => ({ file, golden })));
    result.problems.push(...problems);
  }
  return result;
}

/** Reads `<directory>/pack.yaml`, `<language>/*.yaml` and `golden.<language>.yaml`. */
export async function readPackFiles(directory: string): Promise<PackFiles> {
  const manifest = await readManifest(directory);
  if (Array.isArray(manifest)) return { manifest: undefined, entries: [], golden: [], problems: manifest };
  const tag = `${manifest.name}@${manifest.version}`;
  const parts = await Promise.all(manifest.languages.map((language) => readLanguage(directory, language, tag)));
  return {
    manifest,
    entries: parts.flatMap((part) => part.entries),
    golden: parts.flatMap((part) => part.golden),
    problems: parts.flatMap((part) => part.problems),
  };
}

/** The pack `name` under `root`. Raises `not_found`, or `invalid` with what is wrong in which file. */
export async function loadPack(root: string, packName: string): Promise<Pack> {
  if (!name.safeParse(packName).success || !(await filesIn(join(root, packName))).includes('pack.yaml')) {
    throw new CuecardError('not_found', `no pack ${packName}`);
  }
  const { manifest, entries, golden, problems } = await readPackFiles(join(root, packName));
  if (manifest === undefined || problems.length > 0) {
    const errors = problems.map(({ file, entry, message }) => ({
      path: [file, entry].filter(Boolean).join(' '),
      message,
    }));
    throw new CuecardError('invalid', `the pack ${packName} cannot be read`, { errors });
  }
  return {
    ...manifest,
    entries: entries.map(({ entry }) => entry),
    golden: golden.map((item) => item.golden),
  };
}

/** The packs under `root`, by name. */
export async function listPacks(root: string): Promise<string[]> {
  const directories = (await readdir(root, { withFileTypes: true })).filter((item) => item.isDirectory());
  const packs = await Promise.all(
    directories.map(async (item) => ((await filesIn(join(root, item.name))).includes('pack.yaml') ? [item.name] : [])),
  );
  return packs.flat().sort();
}
