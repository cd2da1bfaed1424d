/** What is not configured is not loaded: each in a process of its own that notes what it resolves. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const MODELS = new URL('../../../lib/app/models.ts', import.meta.url).href;
const SCRIPT = `
  import { registerHooks } from 'node:module';
  const seen = new Set();
  registerHooks({
    resolve(name, context, next) {
      const [, sdk] = /^(openai|@pinecone-database\\/pinecone)/.exec(name) ?? [];
      if (sdk !== undefined) seen.add(sdk);
      return next(name, context);
    },
  });
  const { denseIndex, drafter, embedder, sparseIndex } = await import('${MODELS}');
  const made = await Promise.all([embedder(), drafter(), denseIndex(), sparseIndex()]);
  console.log(JSON.stringify({ made: made.map((port) => port !== undefined), seen: [...seen].toSorted() }));
`;

const BASE = { TABLE_NAME: 't', OBJECTS: 'file:o', FUNCTION_PREFIX: 'p-', SEAL_KEY: 'k', AWS_REGION: 'local' };
const OPENAI = { OPENAI_API_KEY: 'k', OPENAI_EMBEDDING_MODEL: 'text-embedding-3-small', OPENAI_CHAT_MODEL: 'm' };

function load(env: Record<string, string>): unknown {
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', SCRIPT], {
    env: { ...BASE, ...env },
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

describe('a deployment', () => {
  it.each([
    ['without models', {}, { made: [false, false, false, false], seen: [] }],
    ['with a key and no model', { OPENAI_API_KEY: 'k' }, { made: [false, false, false, false], seen: [] }],
    ['with OpenAI', OPENAI, { made: [true, true, false, false], seen: ['openai'] }],
    [
      'with Pinecone alone',
      { PINECONE_API_KEY: 'k' },
      { made: [false, false, false, true], seen: ['@pinecone-database/pinecone'] },
    ],
    [
      'with both',
      { ...OPENAI, PINECONE_API_KEY: 'k' },
      { made: [true, true, true, true], seen: ['@pinecone-database/pinecone', 'openai'] },
    ],
  ])('%s', (_, env, loaded) => {
    expect(load(env)).toEqual(loaded);
  });
});
