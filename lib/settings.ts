import * as z from 'zod';

/** An unset variable arrives as an empty string from `serverless.yml`. */
const optional = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value === '' ? undefined : value));

const emptyIsUnset = (value: unknown): unknown => (value === '' ? undefined : value);
const address = (otherwise: string) => z.preprocess(emptyIsUnset, z.url({ protocol: /^https?$/ }).default(otherwise));
const count = () => z.preprocess(emptyIsUnset, z.coerce.number().int().positive().optional());

const OPENAI_URL = 'https://api.openai.com/v1';

const Environment = z.object({
  TABLE_NAME: z.string().min(1),
  /** A bucket's name, or `file:` and a directory. */
  OBJECTS: z.string().min(1),
  /** `name` of every function is this prefix and the key in `serverless.yml`. */
  FUNCTION_PREFIX: z.string().min(1),
  /** 32 bytes, base64: seals tenants' secrets. */
  SEAL_KEY: z.string().min(1),
  OPERATOR_TOKEN_SHA256: optional,
  /** Set by Lambda itself. */
  AWS_REGION: z.string().default('us-east-1'),
  DYNAMODB_ENDPOINT: optional,
  LAMBDA_ENDPOINT: optional,
  /** Where connections are posted to: the management API of the WebSocket gateway. */
  WEBSOCKET_ENDPOINT: optional,
  /** What a desk opens. */
  WEBSOCKET_URL: optional,
  /** Of the local stack: where files too large for the gateway are posted to, and what their forms are signed with. */
  UPLOAD_URL: optional,
  UPLOAD_KEY: optional,
  PACK_DIRECTORY: z.string().min(1).default('knowledge'),
  RETENTION_DAYS: z.coerce.number().int().positive().default(90),
  /** How long it is kept who saw and did what. */
  ACCESS_LOG_DAYS: z.coerce.number().int().positive().default(365),
  /** Lets callbacks reach plain http and loopback addresses; for one machine only. */
  ALLOW_LOCAL_CALLBACKS: z
    .string()
    .optional()
    .transform((value) => value === 'true'),
  /** Of OpenAI or a compatible server; one that wants no key needs only its address. Nothing is called without a model. */
  OPENAI_API_KEY: optional,
  /** With its `/v1`. The operator's alone: http and loopback are as good, and no tenant can set one. */
  OPENAI_BASE_URL: address(OPENAI_URL),
  OPENAI_EMBEDDING_MODEL: optional,
  /** Needed for models that `NATIVE_DIMENSIONS` does not know. */
  OPENAI_EMBEDDING_DIMENSIONS: count(),
  OPENAI_CHAT_MODEL: optional,
  /** Compatible servers mostly speak `chat`. */
  OPENAI_API: z.preprocess(emptyIsUnset, z.enum(['responses', 'chat']).default('responses')),
  /** Tokens a tenant may use of models in a day (UTC); a tenant's own setting may lower it. */
  MODEL_TOKENS_PER_DAY: count(),
  PINECONE_API_KEY: optional,
  PINECONE_CONTROLLER_URL: address('https://api.pinecone.io'),
  /** Indexes are called `<this>-<dimensions>` and `<this>-sparse`, and made when they are missing. */
  PINECONE_INDEX: z.preprocess(
    emptyIsUnset,
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,35}$/)
      .default('cuecard'),
  ),
  PINECONE_CLOUD: z.preprocess(emptyIsUnset, z.enum(['aws', 'gcp', 'azure']).default('aws')),
  PINECONE_REGION: z.preprocess(emptyIsUnset, z.string().default('us-east-1')),
  /** Vectors of a release that take more bytes than this, one a dimension, lie there and not in its snapshot. */
  PINECONE_ABOVE_BYTES: count(),
});
type Environment = z.infer<typeof Environment>;

/** Lengths of vectors where nothing is asked for. */
const NATIVE_DIMENSIONS: Record<string, number> = {
  'text-embedding-3-small': 1_536,
  'text-embedding-3-large': 3_072,
  'text-embedding-ada-002': 1_536,
};
const DEFAULT_TOKENS_PER_DAY = 2_000_000;

export type ModelSettings = {
  tokensPerDay: number;
  openai: { apiKey: string; baseURL: string } | undefined;
  embedding: { model: string; dimensions: number; sendDimensions: boolean } | undefined;
  drafting: { model: string; api: 'responses' | 'chat' } | undefined;
  pinecone: { apiKey: string; controller: string; name: string; cloud: string; region: string } | undefined;
  /** Bytes of vectors that a snapshot holds where there is an index; undefined: as the knowledge way thinks best. */
  insideBytes: number | undefined;
};

export type Settings = {
  tableName: string;
  objects: string;
  functionPrefix: string;
  sealKey: string;
  region: string;
  operatorTokenSha256: string | undefined;
  dynamodbEndpoint: string | undefined;
  lambdaEndpoint: string | undefined;
  websocketEndpoint: string | undefined;
  websocketUrl: string | undefined;
  upload: { url: string; key: string } | undefined;
  packDirectory: string;
  retentionDays: number;
  accessLogDays: number;
  allowLocalCallbacks: boolean;
  models: ModelSettings;
};

/** Throws where a model's length is neither known nor given. */
function embeddingOf(env: Environment): ModelSettings['embedding'] {
  const model = env.OPENAI_EMBEDDING_MODEL;
  if (model === undefined) return undefined;
  const native = NATIVE_DIMENSIONS[model];
  const dimensions = env.OPENAI_EMBEDDING_DIMENSIONS ?? native;
  if (dimensions === undefined) throw new Error(`environment: OPENAI_EMBEDDING_DIMENSIONS of ${model} is not known`);
  // Only the third generation takes a length; others refuse the field even with their own.
  return { model, dimensions, sendDimensions: model.startsWith('text-embedding-3-') && dimensions !== native };
}

function modelsOf(env: Environment): ModelSettings {
  const reached = env.OPENAI_API_KEY !== undefined || env.OPENAI_BASE_URL !== OPENAI_URL;
  return {
    tokensPerDay: env.MODEL_TOKENS_PER_DAY ?? DEFAULT_TOKENS_PER_DAY,
    openai: reached ? { apiKey: env.OPENAI_API_KEY ?? 'none', baseURL: env.OPENAI_BASE_URL } : undefined,
    embedding: reached ? embeddingOf(env) : undefined,
    drafting:
      reached && env.OPENAI_CHAT_MODEL !== undefined
        ? { model: env.OPENAI_CHAT_MODEL, api: env.OPENAI_API }
        : undefined,
    pinecone:
      env.PINECONE_API_KEY === undefined
        ? undefined
        : {
            apiKey: env.PINECONE_API_KEY,
            controller: env.PINECONE_CONTROLLER_URL,
            name: env.PINECONE_INDEX,
            cloud: env.PINECONE_CLOUD,
            region: env.PINECONE_REGION,
          },
    insideBytes: env.PINECONE_ABOVE_BYTES,
  };
}

/** Reads the environment; the only place that does. Throws naming what is missing. */
export function readSettings(environment: Record<string, string | undefined> = process.env): Settings {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) throw new Error(`environment: ${z.prettifyError(parsed.error)}`);
  const env = parsed.data;
  return {
    tableName: env.TABLE_NAME,
    objects: env.OBJECTS,
    functionPrefix: env.FUNCTION_PREFIX,
    sealKey: env.SEAL_KEY,
    region: env.AWS_REGION,
    operatorTokenSha256: env.OPERATOR_TOKEN_SHA256,
    dynamodbEndpoint: env.DYNAMODB_ENDPOINT,
    lambdaEndpoint: env.LAMBDA_ENDPOINT,
    websocketEndpoint: env.WEBSOCKET_ENDPOINT,
    websocketUrl: env.WEBSOCKET_URL,
    upload:
      env.UPLOAD_URL === undefined || env.UPLOAD_KEY === undefined
        ? undefined
        : { url: env.UPLOAD_URL, key: env.UPLOAD_KEY },
    packDirectory: env.PACK_DIRECTORY,
    retentionDays: env.RETENTION_DAYS,
    accessLogDays: env.ACCESS_LOG_DAYS,
    allowLocalCallbacks: env.ALLOW_LOCAL_CALLBACKS,
    models: modelsOf(env),
  };
}
