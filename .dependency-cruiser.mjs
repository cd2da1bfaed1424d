/** Imports point one way; `lib/DESIGN.md` draws it. */
const only = (from, to, comment) => ({
  name: `${from}-only`,
  comment,
  severity: 'error',
  from: { path: `^lib/${from}/` },
  to: { path: '^(lib|functions|console|scripts|bench)/', pathNot: `^lib/(${to})` },
});

export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'functions-only',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^lib/', pathNot: '^lib/(app\\.ts|app/|domain/)' },
    },
    only(
      'assist',
      'assist/|handoff/|domain/|engine/|ports/',
      'the message way applies ownership, never the other way round',
    ),
    only('knowledge', 'knowledge/|domain/|engine/|measure/|ports/', 'the knowledge way'),
    only('handoff', 'handoff/|domain/|engine/|ports/', 'ownership'),
    only('tenants', 'tenants/|domain/|measure/|ports/', 'tenants, tokens, secrets'),
    only('platforms', 'platforms/|domain/'),
    only('engine', 'engine/|measure/|domain/', 'formulas are a leaf: the release report and the bench share them'),
    only('measure', 'measure/|domain/'),
    only('domain', 'domain/'),
    only('adapters', 'adapters/|domain/|engine/|ports/'),
    {
      name: 'sdk-in-adapters-only',
      severity: 'error',
      from: { path: '^(lib|functions)/', pathNot: '^lib/(adapters/|app/)' },
      to: { path: 'node_modules/(@aws-sdk|openai|@pinecone-database)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'middy-at-the-edge-only',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: 'node_modules/@middy/' },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^console:' } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
