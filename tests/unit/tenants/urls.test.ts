import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { openApiDocument } from '../../../functions/support/openapi.ts';
import type { Route } from '../../../lib/domain/contract/route.ts';

const CONTRACT = new URL('../../../lib/domain/contract/', import.meta.url);
const isRoute = (value: unknown): value is Route =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value;

/** What would let somebody in, under any name it may be given. */
const SECRET = /token|secret|password|ticket|link|session|auth|bearer|credential|key$/i;

test('no address of the contract carries what lets somebody in', async () => {
  const files = (await readdir(CONTRACT)).filter((name) => name.endsWith('.ts'));
  const modules = await Promise.all(files.map((name) => import(new URL(name, CONTRACT).href)));
  const routes = modules
    .flatMap((module) => Object.entries(module))
    .filter((one): one is [string, Route] => isRoute(one[1]));
  expect(routes.length).toBeGreaterThan(60);
  const paths = openApiDocument(Object.fromEntries(routes))['paths'] as Record<
    string,
    Record<string, { parameters: { name: string }[] }>
  >;
  const named = Object.entries(paths).flatMap(([path, methods]) =>
    Object.values(methods).flatMap(({ parameters }) => parameters.map(({ name }) => `${path} ${name}`)),
  );
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((one) => SECRET.test(one.split(' ')[1] ?? ''))).toEqual([]);
});
