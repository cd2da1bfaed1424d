/** Holds recorded exchanges against an OpenAPI document, with Prism's own routing and validators. */
import { existsSync, readFileSync } from 'node:fs';
import { createInstance, getHttpOperationsFromSpec } from '@stoplight/prism-http';
import { createServer } from '@stoplight/prism-http-server';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Exchange } from './provider-server.ts';

const DIRECTORY = new URL('../../../shared/contracts/', import.meta.url);

export const contractPath = (name: string): string => new URL(name, DIRECTORY).pathname;
export const hasContract = (name: string): boolean => existsSync(contractPath(name));

type Diagnostic = { message: string; path?: readonly (string | number)[]; severity: number };
type Outcome =
  | { _tag: 'Left'; left: Error }
  | { _tag: 'Right'; right: { validations: { input: Diagnostic[]; output: Diagnostic[] } } };

const silent = { info: noop, warn: noop, error: noop, debug: noop, trace: noop, success: noop, child: () => silent };
function noop(): void {}

/** Warnings count too: of a contract nothing is to be left open. */
const told = (side: string, { message, path = [] }: Diagnostic): string => `${side} ${path.join('.')}: ${message}`;

type Document = { paths: Record<string, unknown>; components: Record<string, Record<string, unknown>> };

/** Names of components that a part of the document leads to, as `kind/name`. */
function reachable(document: Document, from: unknown, found = new Set<string>()): Set<string> {
  for (const [, kind = '', name = ''] of JSON.stringify(from).matchAll(/"#\/components\/(\w+)\/([^"]+)"/g)) {
    if (found.has(`${kind}/${name}`)) continue;
    found.add(`${kind}/${name}`);
    reachable(document, document.components[kind]?.[name] ?? null, found);
  }
  return found;
}

/** What of a document is needed: its paths, and of a union of schemas those members alone. */
export type Part = { paths: readonly string[]; unions?: Record<string, readonly string[]> };

const Union = z.looseObject({ anyOf: z.array(z.object({ $ref: z.string() })) });

/** A union with these members alone; raises when the contract has none of that name. */
function narrowed(schema: unknown, members: readonly string[]): unknown {
  const union = Union.parse(schema);
  const anyOf = members.map((member) => {
    const found = union.anyOf.find(({ $ref }) => $ref.endsWith(`/${member}`));
    if (found === undefined) throw new Error(`the contract has no ${member}`);
    return found;
  });
  return { ...union, anyOf };
}

/** That part alone: over the whole three megabytes of OpenAI's, Prism takes a minute, most of it over events never seen. */
function only(whole: Document, { paths, unions = {} }: Part): object {
  const schemas = { ...whole.components['schemas'] };
  for (const [name, members] of Object.entries(unions)) schemas[name] = narrowed(schemas[name], members);
  const document = { ...whole, components: { ...whole.components, schemas } };
  const kept = Object.fromEntries(paths.map((path) => [path, document.paths[path]]));
  const names = reachable(document, kept);
  const components = Object.fromEntries(
    Object.entries(document.components).map(([kind, all]) => [
      kind,
      kind === 'securitySchemes'
        ? all
        : Object.fromEntries(Object.entries(all).filter(([name]) => names.has(`${kind}/${name}`))),
    ]),
  );
  return { ...document, webhooks: undefined, paths: kept, components };
}

/** What an exchange breaks; empty when it keeps the contract. Paths are the contract's own: `base` is taken off. */
export async function openContract(name: string, { base = '', part }: { base?: string; part?: Part } = {}) {
  const document = parse(readFileSync(contractPath(name), 'utf8')) as Document;
  const operations = await getHttpOperationsFromSpec(part === undefined ? document : only(document, part));

  async function check(asked: Exchange['asked'], status: number, type: string, body: unknown): Promise<string[]> {
    const prism = createInstance(
      {
        isProxy: true,
        upstream: new URL('http://127.0.0.1'),
        upstreamProxy: undefined,
        validateRequest: true,
        validateResponse: true,
        checkSecurity: true,
        errors: false,
        mock: false,
      } as unknown as Parameters<typeof createInstance>[0],
      {
        logger: silent,
        forward: () => () => async () => ({
          _tag: 'Right',
          right: { statusCode: status, headers: { 'content-type': type }, body },
        }),
      } as unknown as Parameters<typeof createInstance>[1],
    );
    const query: Record<string, string | string[]> = {};
    for (const key of asked.query.keys()) {
      const all = asked.query.getAll(key);
      query[key] = all.length === 1 ? (all[0] ?? '') : all;
    }
    const request = {
      method: asked.method.toLowerCase(),
      url: { path: asked.path.slice(base.length), query },
      headers: asked.headers,
      body: asked.body,
    } as Parameters<typeof prism.request>[0];
    const outcome = (await prism.request(request, operations)()) as unknown as Outcome;
    if (outcome._tag === 'Left') return [`route: ${outcome.left.message}`];
    const { input, output } = outcome.right.validations;
    return [...input.map((one) => told('request', one)), ...output.map((one) => told('answer', one))];
  }

  return {
    /** Prism's own stand-in: refuses with 422 what breaks the contract, answers with the contract's examples. */
    async mock() {
      const config = {
        isProxy: false,
        mock: { dynamic: false },
        validateRequest: true,
        validateResponse: true,
        checkSecurity: true,
        errors: true,
        upstreamProxy: undefined,
      } as const;
      const server = createServer(operations, {
        config,
        components: { logger: silent },
        cors: false,
      } as unknown as Parameters<typeof createServer>[1]);
      return { url: await server.listen(0, '127.0.0.1'), stop: () => server.close() };
    },
    /** A stream is held against the contract event by event. */
    async violations({ asked, answered }: Exchange): Promise<string[]> {
      const events = (answered.events ?? []).filter((event) => typeof event !== 'string');
      const all = answered.events === undefined ? [answered.body ?? {}] : events;
      const type = answered.events === undefined ? 'application/json' : 'text/event-stream';
      const found = await Promise.all(all.map((body) => check(asked, answered.status, type, body)));
      return [...new Set(found.flat())];
    },
  };
}
