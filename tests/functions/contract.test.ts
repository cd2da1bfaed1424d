import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { openApiDocument } from '../../functions/support/openapi.ts';
import * as access from '../../lib/domain/contract/access.ts';
import * as desk from '../../lib/domain/contract/desk.ts';
import * as deskActions from '../../lib/domain/contract/desk-actions.ts';
import * as deskSession from '../../lib/domain/contract/desk-session.ts';
import * as deskTools from '../../lib/domain/contract/desk-tools.ts';
import * as drafts from '../../lib/domain/contract/drafts.ts';
import * as evaluations from '../../lib/domain/contract/evaluations.ts';
import * as events from '../../lib/domain/contract/events.ts';
import * as gaps from '../../lib/domain/contract/gaps.ts';
import * as golden from '../../lib/domain/contract/golden.ts';
import * as imports from '../../lib/domain/contract/imports.ts';
import * as knowledge from '../../lib/domain/contract/knowledge.ts';
import * as packs from '../../lib/domain/contract/packs.ts';
import * as platforms from '../../lib/domain/contract/platforms.ts';
import * as preview from '../../lib/domain/contract/preview.ts';
import * as privacy from '../../lib/domain/contract/privacy.ts';
import * as proposals from '../../lib/domain/contract/proposals.ts';
import type { Route } from '../../lib/domain/contract/route.ts';
import * as service from '../../lib/domain/contract/service.ts';
import * as supervisor from '../../lib/domain/contract/supervisor.ts';
import * as team from '../../lib/domain/contract/team.ts';
import * as tenants from '../../lib/domain/contract/tenants.ts';
import * as transcripts from '../../lib/domain/contract/transcripts.ts';

const isRoute = (value: unknown): value is Route =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value;
const all: [string, unknown][] = [
  access,
  privacy,
  desk,
  deskActions,
  deskSession,
  deskTools,
  drafts,
  events,
  knowledge,
  imports,
  golden,
  preview,
  service,
  supervisor,
  team,
  tenants,
  packs,
  platforms,
  evaluations,
  transcripts,
  gaps,
  proposals,
].flatMap((module) => Object.entries(module));
const routes = new Map(all.flatMap(([name, value]): [string, Route][] => (isRoute(value) ? [[name, value]] : [])));
const keyOf = ({ method, path }: Route): string => `${method} ${path}`;

type Described = { handler: string; events?: ({ httpApi?: string } | object)[] };
const file = parse(await readFile(new URL('../../serverless.yml', import.meta.url), 'utf8'));
const functions: Record<string, Described> = file.functions;

const described = Object.entries(functions).flatMap(([name, { events = [] }]) =>
  events.flatMap((event) => ('httpApi' in event ? [{ name, key: String(event.httpApi) }] : [])),
);

test('every operation of the contract has one function behind it, and no function more', () => {
  const promised = [...routes.values()].map(keyOf).sort();
  const served = described.map(({ key }) => key).filter((key) => key !== '*');
  expect(promised.length).toBeGreaterThan(30);
  expect(served.sort()).toEqual(promised);
});

test('each function’s file serves what its description routes to it', async () => {
  for (const [name, { handler }] of Object.entries(functions)) {
    const source = await readFile(new URL(`../../${handler.replace(/\.handler$/, '.ts')}`, import.meta.url), 'utf8');
    const keys = described.filter((one) => one.name === name && one.key !== '*').map(({ key }) => key);
    const wired = [...source.matchAll(/\bon\(\s*(?:service\.)?(\w+)/g)].map(([, route = '']) => routes.get(route));
    expect(wired.map((route) => (route === undefined ? 'unknown' : keyOf(route))).sort(), name).toEqual(keys.sort());
  }
});

test('whoever may not retry behind the sweep’s back does not', () => {
  for (const name of ['assist', 'deliver', 'route', 'catchUp', 'work', 'sweep']) {
    expect(functions[name], name).toMatchObject({ maximumRetryAttempts: 0 });
  }
});

test('no function has a right to scan, and each has its own', () => {
  expect(JSON.stringify(file.custom.iam)).not.toMatch(/dynamodb:Scan|"(?:dynamodb|s3|lambda|sqs|execute-api):\*"/);
  expect(file.custom['serverless-iam-roles-per-function']).toEqual({ defaultInherit: false });
});

test('the OpenAPI document describes every operation, its roles and its errors', () => {
  const document = openApiDocument(Object.fromEntries(routes));
  const paths = document['paths'] as Record<string, Record<string, Record<string, unknown>>>;
  for (const [name, route] of routes) {
    const operation = paths[route.path]?.[route.method.toLowerCase()];
    expect(operation, name).toMatchObject({
      operationId: name,
      summary: route.summary,
      responses: { default: { $ref: '#/components/responses/Problem' } },
    });
    for (const role of route.roles) expect(operation?.['x-roles'], name).toContain(role);
    for (const parameter of route.path.matchAll(/\{(\w+)\}/g)) {
      expect(operation?.['parameters'], name).toContainEqual(
        expect.objectContaining({ name: parameter[1], in: 'path', required: true }),
      );
    }
  }
  expect(document).toMatchObject({ openapi: '3.1.0', components: { securitySchemes: { token: {}, signature: {} } } });
});

test('the id of a pack’s report is a name and no way to another tenant’s', () => {
  for (const id of ['../../rival/updates/imp_1', '..', 'a/b', '\u0000', '']) {
    expect(packs.readPackUpdate.params.safeParse({ id }).success, id).toBe(false);
  }
  expect(packs.readPackUpdate.params.safeParse({ id: 'imp_mwrygwv7bae74258fff656bd' }).success).toBe(true);
});

test('who reads a log may narrow it by who, what, on whom and when, and the document says so', () => {
  const { paths } = openApiDocument(Object.fromEntries(routes)) as unknown as {
    paths: Record<string, { get: { parameters: { name: string; schema: { description?: string } }[] } }>;
  };
  const { schema } = privacy.readAccessLog.responses[200] ?? {};
  const at = '2026-11-22T08:00:00.000Z';
  const refused = { at, by: 'ann', action: 'conversation.read', outcome: 'refused' };
  expect(schema?.parse({ items: [refused] })).toEqual({ items: [refused] });
  const narrowed = ['person', 'action', 'from', 'until', 'subject'];
  for (const path of ['/v1/access-log', '/v1/audit']) {
    const told = (paths[path]?.get.parameters ?? []).filter(({ schema }) => schema.description !== undefined);
    expect(
      told.map(({ name }) => name),
      path,
    ).toEqual(expect.arrayContaining(narrowed));
  }
});
