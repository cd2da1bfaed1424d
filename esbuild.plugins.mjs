import { builtinModules } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { buildConsole } from './console/build.ts';

/**
 * `import 'node:http'` builds a facade over every export of the module, lazy getters included, and that costs tens of
 * milliseconds at a cold start. `process.getBuiltinModule` hands over the module as it is.
 */
const builtins = {
  name: 'builtins',
  setup(build) {
    const names = builtinModules.flatMap((name) => [name, `node:${name}`]);
    const filter = new RegExp(`^(?:${names.map((name) => name.replace(/[/]/g, '\\/')).join('|')})$`);
    build.onResolve({ filter }, ({ path }) => ({ path: path.replace(/^node:/, ''), namespace: 'builtin' }));
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
      loader: 'js',
    }));
  },
};

/**
 * A Lambda's credentials stand in its environment. The SDK's default chain also looks at profiles, SSO, web identities
 * and instance metadata, and brings a client for each: a tenth of a megabyte in every bundle that nothing ever enters.
 */
const environmentCredentials = {
  name: 'environment-credentials',
  setup(build) {
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ path }) => ({
      path,
      namespace: 'credentials',
    }));
    build.onLoad({ filter: /.*/, namespace: 'credentials' }, () => ({
      contents:
        "import { fromEnv } from '@aws-sdk/credential-provider-env'; export const defaultProvider = () => fromEnv();",
      resolveDir: import.meta.dirname,
      loader: 'js',
    }));
  },
};

/** Where a file goes that belongs to one function: serverless-esbuild packs `__only_<function>/` with that one alone. */
function besides({ outfile, outdir, entryPoints }) {
  if (outfile !== undefined) return dirname(outfile);
  const alias = basename(entryPoints[0], '.ts').replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  return join(dirname(outdir), `__only_${alias}`, basename(outdir));
}

/**
 * What only a configured deployment loads stands in files beside the bundle: the SDKs of models and vector indexes are
 * two thirds of a megabyte, as much as all that a message needs. Where packages are external there is nothing to save.
 */
const later = {
  name: 'later',
  setup(build) {
    const { initialOptions, esbuild } = build;
    if (initialOptions.packages === 'external') return;
    const made = new Map();
    const make = (file, name) =>
      esbuild.build({
        ...initialOptions,
        stdin: undefined,
        entryPoints: [file],
        outdir: undefined,
        outExtension: undefined,
        outfile: join(besides(initialOptions), name),
        plugins: [builtins],
      });
    build.onResolve({ filter: /\/sdk\/(?:openai|pinecone)\.ts$/ }, async ({ path, kind, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const name = `later-${basename(path, '.ts')}.mjs`;
      if (!made.has(name)) made.set(name, make(join(resolveDir, path), name));
      await made.get(name);
      return { path: `./${name}`, external: true };
    });
  },
};

/** The console's page as a module of three texts: built whenever the function that serves it is. */
const consoleAssets = {
  name: 'console-assets',
  setup(build) {
    build.onResolve({ filter: /^console:assets$/ }, ({ path }) => ({ path, namespace: 'console' }));
    build.onLoad({ filter: /.*/, namespace: 'console' }, async () => ({
      contents: JSON.stringify(await buildConsole()),
      loader: 'json',
    }));
  },
};

export default [builtins, environmentCredentials, later, consoleAssets];
