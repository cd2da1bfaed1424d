import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { build } from 'esbuild';
import { parse as parseYaml } from 'yaml';

/** The page and its files by name. What only knowledge managers see is `manage`; `shared` is what both scripts use. */
export type ConsoleFiles = {
  html: string;
  js: string;
  css: string;
  shared: string;
  manage: string;
  manageCss: string;
  /** The cue card alone, for a frame on another page, and the script tag that makes such a frame. */
  frameHtml: string;
  frame: string;
  frameCss: string;
  embed: string;
};

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A file that need not exist: the page also works without samples. */
async function readOptional(path: string): Promise<string | undefined> {
  try {
    return await readFile(here(path), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function sampleCustomers(): Promise<unknown[]> {
  const text = await readOptional('../knowledge/sample-customers.json');
  if (text === undefined) return [];
  const found: unknown = JSON.parse(text);
  if (Array.isArray(found)) return found;
  const inside: unknown = (found as { customers?: unknown }).customers;
  return Array.isArray(inside) ? inside : [];
}

/** Product id to title, so that the customer you play can pick a product by name. */
async function sampleTitles(): Promise<Record<string, string>> {
  const text = await readOptional('../knowledge/sample-catalog.csv');
  if (text === undefined) return {};
  const rows: Record<string, string>[] = parse(text, { columns: true, bom: true, relax_column_count: true });
  const titles = rows.map((row) => [row['id'] ?? row['商品编号'], row['title'] ?? row['标题']]);
  return Object.fromEntries(titles.filter(([id, title]) => id !== undefined && title !== undefined));
}

/** An intent's name to its title in each language, from the packs' own lists. */
async function intentTitles(): Promise<Record<string, unknown>> {
  const text = await readOptional('../knowledge/ecommerce/pack.yaml');
  const pack: { intents?: { name: string; title?: unknown }[] } = text === undefined ? {} : parseYaml(text);
  return Object.fromEntries((pack.intents ?? []).map(({ name, title }) => [name, title]));
}

/**
 * The page as texts that need nothing from elsewhere: no network at run time, no inline script or style, so that a
 * content security policy of `'self'` holds. The sample customers are embedded.
 */
export async function buildConsole(): Promise<ConsoleFiles> {
  const [html, frameHtml, customers, titles, intents] = await Promise.all([
    readFile(here('index.html'), 'utf8'),
    readFile(here('embed/frame.html'), 'utf8'),
    sampleCustomers(),
    sampleTitles(),
    intentTitles(),
  ]);
  const shared = { bundle: true, minify: true, write: false, target: 'es2022', legalComments: 'none' } as const;
  const page = {
    ...shared,
    outdir: here('.'),
    platform: 'browser',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    charset: 'utf8',
  } as const;
  const scripts = await build({
    ...page,
    entryPoints: { app: here('main.tsx'), manage: here('manage/manage.tsx') },
    format: 'esm',
    splitting: true,
    chunkNames: 'shared',
    define: { CUECARD_SAMPLES: JSON.stringify({ customers, titles, intents }) },
  });
  // A frame shares nothing with the page: whoever shows it reads one small script.
  const frames = await build({
    ...page,
    entryPoints: { frame: here('embed/frame.tsx'), embed: here('embed/loader.ts') },
    format: 'iife',
    define: { CUECARD_SAMPLES: JSON.stringify({ customers: [], titles: {}, intents }) },
  });
  const styles = await build({
    ...shared,
    entryPoints: {
      style: here('style.css'),
      manage: here('manage/manage.css'),
      frame: here('embed/frame.css'),
    },
    outdir: here('.'),
  });
  const text = textOf([...scripts.outputFiles, ...frames.outputFiles, ...styles.outputFiles]);
  return {
    html,
    js: text('app.js'),
    css: text('style.css'),
    shared: text('shared.js'),
    manage: text('manage.js'),
    manageCss: text('manage.css'),
    frameHtml,
    frame: text('frame.js'),
    frameCss: text('frame.css'),
    embed: text('embed.js'),
  };
}

/** Fails when a script was split otherwise than the routes serve it. */
function textOf(files: readonly { path: string; text: string }[]): (name: string) => string {
  return (name) => {
    const [found, ...more] = files.filter(({ path }) => basename(path) === name);
    if (found === undefined || more.length > 0) throw new Error(`the build made ${more.length + 1} files ${name}`);
    return found.text;
  };
}
