import { builtinModules } from 'node:module';

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

export default [builtins];
