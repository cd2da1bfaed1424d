import * as z from 'zod';

/** What we read of an HTTP API event (payload format 2.0). */
export const HttpEvent = z.object({
  routeKey: z.string(),
  rawPath: z.string(),
  headers: z.record(z.string(), z.string().optional()).default({}),
  queryStringParameters: z.record(z.string(), z.string().optional()).nullish(),
  pathParameters: z.record(z.string(), z.string().optional()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.object({ http: z.object({ sourceIp: z.string().nullish() }).nullish() }).nullish(),
});
export type HttpEvent = z.infer<typeof HttpEvent>;

export type HttpResult = {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  isBase64Encoded?: boolean;
};

/** The body's bytes as they were sent. */
export const rawBody = (event: HttpEvent): Buffer =>
  Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');

/** Header names in lower case: gateways differ. */
export const headersOf = (event: HttpEvent): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value]));
