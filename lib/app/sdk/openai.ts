import OpenAI from 'openai';

/**
 * Times and repeats are the adapters': a message's deadline is far below the client's ten minutes. Nothing is read from the
 * environment, and nothing is logged, since the client's logs hold what was sent.
 */
export const openaiClient = (apiKey: string, baseURL: string): OpenAI =>
  new OpenAI({
    apiKey,
    baseURL,
    organization: null,
    project: null,
    timeout: 60_000,
    maxRetries: 0,
    logLevel: 'off',
  });
