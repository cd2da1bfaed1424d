/** The knowledge way on a real store, with a clock to turn and a kill switch on everything it calls. */
import { randomBytes } from 'node:crypto';
import { dynamodbAudit } from '../../lib/adapters/dynamodb/audit.ts';
import { dynamodbGolden } from '../../lib/adapters/dynamodb/golden.ts';
import {
  dynamodbCollections,
  dynamodbDrafts,
  dynamodbImports,
  dynamodbLive,
  dynamodbReleases,
} from '../../lib/adapters/dynamodb/knowledge.ts';
import { dynamodbProducts } from '../../lib/adapters/dynamodb/products.ts';
import type { Table } from '../../lib/adapters/dynamodb/table.ts';
import { dynamodbTurnSamples } from '../../lib/adapters/dynamodb/turn-samples.ts';
import { localUploads } from '../../lib/adapters/local-uploads.ts';
import { askRelease } from '../../lib/assist/ask-release.ts';
import { buildCatalog } from '../../lib/assist/catalog.ts';
import { CuecardError } from '../../lib/domain/error.ts';
import { TenantId } from '../../lib/domain/ids.ts';
import { compile } from '../../lib/engine/compile.ts';
import { open } from '../../lib/engine/open.ts';
import type { KnowledgeDeps } from '../../lib/knowledge/deps.ts';
import { readHere } from '../../lib/knowledge/files/readers.ts';
import type { ObjectStore } from '../../lib/ports/objects.ts';

export type Rig = { deps: KnowledgeDeps; turnClock(ms: number): void; objects: Map<string, Uint8Array> };

export const newTenant = (): TenantId => TenantId.parse(`t${randomBytes(6).toString('hex')}`);

function memoryObjects(kept: Map<string, Uint8Array>, now: () => number): ObjectStore {
  const putAt = new Map<string, number>();
  return {
    get: async (key) => kept.get(key),
    put: async (key, bytes) => {
      kept.set(key, bytes);
      putAt.set(key, now());
    },
    delete: async (key) => {
      kept.delete(key);
    },
    list: async (prefix) => ({
      items: [...kept]
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, bytes]) => ({ key, at: putAt.get(key) ?? 0, bytes: bytes.length })),
    }),
  };
}

export function knowledgeRig(table: Table, changes: Partial<KnowledgeDeps> = {}): Rig {
  let clock = Date.parse('2026-11-01T08:00:00Z');
  const objects = new Map<string, Uint8Array>();
  const deps: KnowledgeDeps = {
    tenant: async () => undefined,
    drafts: dynamodbDrafts(table),
    imports: dynamodbImports(table),
    releases: dynamodbReleases(table),
    live: dynamodbLive(table),
    golden: dynamodbGolden(table),
    samples: dynamodbTurnSamples(table),
    openToAsk: askRelease,
    products: dynamodbProducts(table),
    objects: memoryObjects(objects, () => clock),
    audit: dynamodbAudit(table),
    collections: dynamodbCollections(table),
    start: async () => undefined,
    presignUpload: localUploads('http://127.0.0.1:1', 'test'),
    read: async (what, bytes, request, onReading) => readHere(what, bytes, request, onReading),
    embedder: async () => undefined,
    vectorIndex: async () => undefined,
    compile: async (input, onProgress) => compile(input, onProgress),
    open,
    buildCatalog,
    loadPack: async (name) => {
      throw new CuecardError('not_found', `no pack ${name}`);
    },
    // A reading of the clock takes a millisecond, so that ids made one after the other sort so.
    now: () => clock++,
    newId: (prefix) => `${prefix}${randomBytes(8).toString('hex')}`,
    sleep: async () => undefined,
    ...changes,
  };
  return {
    deps,
    objects,
    turnClock: (ms) => {
      clock += ms;
    },
  };
}

/** Lets `calls` calls through to the stores, then throws at every one, as a process that is no more. */
export function killedAfter(deps: KnowledgeDeps, calls: number): { deps: KnowledgeDeps; killed: () => boolean } {
  let left = calls;
  const guard = <Store extends object>(store: Store): Store =>
    new Proxy(store, {
      get(target, name, receiver) {
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]) => {
          left--;
          if (left < 0) throw new Error('killed');
          return value.apply(target, args);
        };
      },
    });
  return {
    killed: () => left < 0,
    deps: {
      ...deps,
      drafts: guard(deps.drafts),
      imports: guard(deps.imports),
      releases: guard(deps.releases),
      live: guard(deps.live),
      audit: guard(deps.audit),
      collections: guard(deps.collections),
      products: guard(deps.products),
      objects: guard(deps.objects),
    },
  };
}
