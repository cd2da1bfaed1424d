import * as z from 'zod';
import { TenantId } from '../ids.ts';
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

export const home = route('GET', '/', {
  summary: 'Where the page is',
  responses: { 302: { description: 'At `/console`' } },
});

export const consolePage = page('/console', 'The desk');
export const consoleScript = page('/console/app.js', "The desk's script");
export const consoleStyle = page('/console/style.css', "The desk's style");
export const consoleShared = page('/console/shared.js', 'What both scripts of the page use');
export const manageScript = page('/console/manage.js', "The knowledge managers' script");
export const manageStyle = page('/console/manage.css', "The knowledge managers' style");
export const frameScript = page('/console/frame.js', 'The cue card alone, in a frame of another page');
export const frameStyle = page('/console/frame.css', "The frame's style");
export const embedScript = page('/console/embed.js', 'The script tag that puts the card beside any page');

export const framePage = route('GET', '/console/embed/{tenant}', {
  summary: 'The cue card alone, for the pages that the tenant’s settings name (`embed.origins`) and no other',
  params: z.object({ tenant: TenantId }),
  responses: { 200: { description: 'The page', contentType: 'text/html' } },
});
