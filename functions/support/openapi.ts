import * as z from 'zod';
import { Problem } from '../../lib/domain/contract/common.ts';
import { MAX_WEBHOOK_BYTES } from '../../lib/domain/contract/events.ts';
import type { Route } from '../../lib/domain/contract/route.ts';

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
};

/** The parameters of one place, read off the schema's object. */
function parameters(schema: z.ZodType, place: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

const isNothing = (schema: z.ZodType): boolean => schema.def.type === 'unknown';

function requestBody(route: Route): Json {
  if (isNothing(route.body) && route.upload === undefined) return {};
  const contentType = route.upload?.contentType ?? 'application/json';
  const schema = isNothing(route.body) ? { type: 'string', format: 'binary' } : schemaOf(route.body, 'input');
  return { requestBody: { required: true, content: { [contentType]: { schema } } } };
}

function responses(route: Route): Json {
  const good = Object.entries(route.responses).map(([status, { description, schema, contentType }]) => [
    status,
    {
      description,
      ...(schema === undefined
        ? {}
        : { content: { [contentType ?? 'application/json']: { schema: schemaOf(schema, 'output') } } }),
    },
  ]);
  return { ...Object.fromEntries(good), default: { $ref: '#/components/responses/Problem' } };
}

const security = (route: Route): Json => {
  if (route.roles.length > 0) return { security: [{ token: [] }], 'x-roles': [...new Set([...route.roles, 'admin'])] };
  return route.path.startsWith('/v1/webhooks') ? { security: [{ signature: [] }] } : { security: [] };
};

const operation = (name: string, route: Route): Json => ({
  operationId: name,
  summary: route.summary,
  ...security(route),
  parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
  ...requestBody(route),
  responses: responses(route),
});

/** The OpenAPI 3.1 document of these operations. */
export function openApiDocument(routes: Record<string, Route>): Json {
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries(routes)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cuecard',
      version: '1',
      description: 'The cue card for customer-service agents. Errors are application/problem+json (RFC 9457).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'cc_<tenant>_<id>_<secret>' },
        signature: {
          type: 'apiKey',
          in: 'header',
          name: 'webhook-signature',
          description: `Standard Webhooks: webhook-id, webhook-timestamp, webhook-signature over the raw bytes (at most ${MAX_WEBHOOK_BYTES})`,
        },
      },
      responses: {
        Problem: {
          description: 'What went wrong and where',
          content: { 'application/problem+json': { schema: schemaOf(Problem, 'output') } },
        },
      },
    },
  };
}
