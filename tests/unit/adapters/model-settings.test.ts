/** What of models an environment configures; an empty string is unset, as it arrives from `serverless.yml`. */
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../lib/settings.ts';

const BASE = { TABLE_NAME: 't', OBJECTS: 'file:o', FUNCTION_PREFIX: 'p-', SEAL_KEY: 'k' };
const models = (more: Record<string, string>) => readSettings({ ...BASE, ...more }).models;

describe('models', () => {
  it('are none where nothing is named, also with a key or with empty strings', () => {
    const names = [
      'OPENAI_API_KEY',
      'OPENAI_BASE_URL',
      'OPENAI_EMBEDDING_MODEL',
      'OPENAI_API',
      'PINECONE_API_KEY',
      'MODEL_TOKENS_PER_DAY',
    ];
    const empty = models(Object.fromEntries(names.map((name) => [name, ''])));
    for (const none of [models({}), empty, models({ OPENAI_EMBEDDING_MODEL: 'text-embedding-3-small' })]) {
      expect(none).toMatchObject({ openai: undefined, embedding: undefined, drafting: undefined, pinecone: undefined });
    }
    expect(models({ OPENAI_API_KEY: 'k' })).toMatchObject({ embedding: undefined, drafting: undefined });
  });

  it.each([
    ['text-embedding-3-small', '', { dimensions: 1_536, sendDimensions: false }],
    ['text-embedding-3-large', '1024', { dimensions: 1_024, sendDimensions: true }],
    ['bge-m3', '1024', { dimensions: 1_024, sendDimensions: false }],
  ])('%s of %s dimensions', (model, dimensions, embedding) => {
    const env = { OPENAI_API_KEY: 'k', OPENAI_EMBEDDING_MODEL: model, OPENAI_EMBEDDING_DIMENSIONS: dimensions };
    expect(models(env).embedding).toEqual({ model, ...embedding });
  });

  it('of a laptop’s server need no key', () => {
    const env = { OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1', OPENAI_CHAT_MODEL: 'small', OPENAI_API: 'chat' };
    expect(models(env)).toMatchObject({
      openai: { baseURL: env.OPENAI_BASE_URL },
      drafting: { model: 'small', api: 'chat' },
    });
  });

  it.each([
    [
      'a model of unknown length',
      { OPENAI_API_KEY: 'k', OPENAI_EMBEDDING_MODEL: 'bge-m3' },
      'OPENAI_EMBEDDING_DIMENSIONS',
    ],
    ['an address that is none', { OPENAI_BASE_URL: 'file:///etc' }, 'OPENAI_BASE_URL'],
    ['an API that is none', { OPENAI_API: 'batch' }, 'OPENAI_API'],
    ['a budget that is none', { MODEL_TOKENS_PER_DAY: 'much' }, 'MODEL_TOKENS_PER_DAY'],
    ['an index that Pinecone would refuse', { PINECONE_INDEX: 'Shop_Index' }, 'PINECONE_INDEX'],
  ])('%s is named', (_, env, name) => {
    expect(() => models(env)).toThrow(name);
  });
});
