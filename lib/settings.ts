import * as z from 'zod';

/** An unset variable arrives as an empty string from `serverless.yml`. */
const optional = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value === '' ? undefined : value));

const Environment = z.object({
  TABLE_NAME: z.string().min(1),
  /** A bucket's name, or `file:` and a directory. */
  OBJECTS: z.string().min(1),
  /** `name` of every function is this prefix and the key in `serverless.yml`. */
  FUNCTION_PREFIX: z.string().min(1),
  /** 32 bytes, base64: seals tenants' secrets. */
  SEAL_KEY: z.string().min(1),
  OPERATOR_TOKEN_SHA256: optional,
  DYNAMODB_ENDPOINT: optional,
  LAMBDA_ENDPOINT: optional,
  /** Where connections are posted to: the management API of the WebSocket gateway. */
  WEBSOCKET_ENDPOINT: optional,
  /** What a desk opens. */
  WEBSOCKET_URL: optional,
  PACK_DIRECTORY: z.string().min(1).default('knowledge'),
  RETENTION_DAYS: z.coerce.number().int().positive().default(90),
  /** Lets callbacks reach plain http and loopback addresses; for one machine only. */
  ALLOW_LOCAL_CALLBACKS: z
    .string()
    .optional()
    .transform((value) => value === 'true'),
});

export type Settings = {
  tableName: string;
  objects: string;
  functionPrefix: string;
  sealKey: string;
  operatorTokenSha256: string | undefined;
  dynamodbEndpoint: string | undefined;
  lambdaEndpoint: string | undefined;
  websocketEndpoint: string | undefined;
  websocketUrl: string | undefined;
  packDirectory: string;
  retentionDays: number;
  allowLocalCallbacks: boolean;
};

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
    operatorTokenSha256: env.OPERATOR_TOKEN_SHA256,
    dynamodbEndpoint: env.DYNAMODB_ENDPOINT,
    lambdaEndpoint: env.LAMBDA_ENDPOINT,
    websocketEndpoint: env.WEBSOCKET_ENDPOINT,
    websocketUrl: env.WEBSOCKET_URL,
    packDirectory: env.PACK_DIRECTORY,
    retentionDays: env.RETENTION_DAYS,
    allowLocalCallbacks: env.ALLOW_LOCAL_CALLBACKS,
  };
}
