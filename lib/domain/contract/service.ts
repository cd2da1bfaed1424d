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

const page = (path: string, summary: string) =>
  route('GET', path, { summary, responses: { 200: { description: 'The file', contentType: 'text/html' } } });

export const consolePage = page('/console', 'The desk');
export const consoleScript = page('/console/app.js', "The desk's script");
export const consoleStyle = page('/console/style.css', "The desk's style");
export const consoleShared = page('/console/shared.js', 'What both scripts of the page use');
export const manageScript = page('/console/manage.js', "The knowledge managers' script");
export const manageStyle = page('/console/manage.css', "The knowledge managers' style");
