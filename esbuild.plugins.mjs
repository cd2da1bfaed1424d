import { builtinModules } from 'node:module';
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

export default [builtins, environmentCredentials, consoleAssets];
