import * as z from 'zod';
import { route } from './common.ts';

export const health = route('GET', '/v1/health', {
  summary: 'Whether requests can be served',
  responses: { 200: { description: 'They can', schema: z.object({ status: z.literal('ok') }) } },
});

export const openapi = route('GET', '/v1/openapi.json', {
  summary: 'This document',
  responses: { 200: { description: 'OpenAPI 3.1' } },
});
