/** What one message alone costs on each path: store operations and time. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import { EN_LINES, ZH_LINES } from '../support/lines.ts';
import { percentile } from '../support/table.ts';
import {
  type Alone,
  type Bench,
  type Counted,
  count,
  FOR_DESKS,
  measureAlone,
  patchDemo,
  sendAlone,
} from './operations.ts';
import { ms, p50, p99, print, within } from './report.ts';
import type { Rig } from './rig.ts';
import type { StoreProxy } from './store-proxy.ts';

const SUGGEST_BUDGET = 8;
const AUTO_REPLY_BUDGET = 11;
const ALONE_P50_MS = 10;
const ALONE_P99_MS = 25;
/** Short, so that the run is; the path is the same. */
const QUIET_MS = 400;
const IDLE_AFTER_QUIET_MS = 900;

const Preview = z.object({ decision: z.object({ kind: z.string() }), suggestions: z.array(z.unknown()) });

/** A line of ours that the shop would decide so on, as a bot. */
async function lineFor({ api, demo }: Rig, kind: string): Promise<string> {
  for (const text of [...ZH_LINES, ...EN_LINES]) {
    const assist = Preview.parse(await api.call('POST', '/v1/assist/preview', demo.agentToken, { text }));
    if (assist.decision.kind === kind && assist.suggestions.length > 0) return text;
  }
  throw new Error(`no line of the bench leads to ${kind}`);
}

/** A platform that takes every callback. */
async function startPlatform(): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200).end());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/callbacks`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

type Path = { name: string; counted: Counted; budget?: number };

function printPaths(paths: readonly Path[]): void {
  const names = [...new Set(paths.flatMap(({ counted }) => [...counted.byName.keys()]))].filter(
    (name) => name !== FOR_DESKS,
  );
  const cell = (value: number | undefined): string =>
    value === undefined ? '' : value.toFixed(value % 1 === 0 ? 0 : 1);
  const total = ({ counted }: Path): number => counted.receive + counted.after;
  print(
    'Store operations of one message (settings are remembered; reads for the desks are not counted)',
    ['operation', ...paths.map(({ name }) => name)],
    [
      ...names.map((name) => [name, ...paths.map(({ counted }) => cell(counted.byName.get(name)))]),
      ['before the webhook is answered', ...paths.map(({ counted }) => cell(counted.receive))],
      ['all', ...paths.map((path) => cell(total(path)))],
      ['which desks to hint (not counted)', ...paths.map(({ counted }) => cell(counted.byName.get(FOR_DESKS)))],
      ['budget', ...paths.map(({ budget }) => (budget === undefined ? '' : `<= ${budget}`))],
      ['held', ...paths.map((path) => (path.budget === undefined ? '' : within(total(path), path.budget)))],
    ],
  );
}

function printAlone(cold: Alone, warm: readonly Alone[]): void {
  const answered = warm.map(({ answeredMs }) => answeredMs);
  const stored = warm.map(({ storedMs }) => storedMs);
  const held = [within(percentile(stored, 0.5), ALONE_P50_MS), within(percentile(stored, 0.99), ALONE_P99_MS)];
  print(
    'One message at a time (every store operation passes the counting proxy, a hop more)',
    ['figure', 'of', 'p50', 'p99', 'bar', 'held'],
    [
      ['webhook answered, first after the start', '1', ms(cold.answeredMs), '', '', ''],
      ['webhook to stored assist, first after the start', '1', ms(cold.storedMs), '', '', ''],
      ['webhook answered, warm', String(warm.length), p50(answered), p99(answered), '', ''],
      [
        'webhook to stored assist, warm',
        String(warm.length),
        p50(stored),
        p99(stored),
        `<= ${ALONE_P50_MS}/${ALONE_P99_MS} ms`,
        held.join('/'),
      ],
    ],
  );
}

/** Measures each path on a stack whose store is reached by `proxy`. `times`: messages a path, ten times that for times. */
export async function paths(rig: Rig, proxy: StoreProxy, times: number): Promise<void> {
  const { api, demo } = rig;
  const bench: Bench = {
    http: rig.http,
    proxy,
    target: { baseUrl: demo.baseUrl, tenant: demo.tenant, secret: demo.webhookSecret },
  };
  const cold = await sendAlone(bench, 'cold-0', ZH_LINES[0] ?? '', QUIET_MS);
  const auto = await lineFor(rig, 'auto_reply');
  const platform = await startPlatform();
  const found: Path[] = [];
  const path = async (name: string, patch: object, text: string, idleMs: number, budget?: number): Promise<void> => {
    await patchDemo(api, demo, patch);
    const prefix = `path-${found.length}`;
    await measureAlone(bench, `${prefix}-first`, text, 1, idleMs);
    const counted = count(await measureAlone(bench, prefix, text, times, idleMs));
    found.push({ name, counted, ...(budget === undefined ? {} : { budget }) });
  };
  try {
    await path(
      'suggest',
      { mode: 'assist', quietWindowMs: QUIET_MS, callbackUrl: null },
      auto,
      QUIET_MS,
      SUGGEST_BUDGET,
    );
    printAlone(cold, await measureAlone(bench, 'alone', auto, times * 10, 60));
    const callbackUrl = platform.url;
    await path('suggest, told to the platform', { callbackUrl }, auto, QUIET_MS, SUGGEST_BUDGET);
    await path('automatic reply', { mode: 'hybrid' }, auto, IDLE_AFTER_QUIET_MS, AUTO_REPLY_BUDGET);
    await path('hand-off', {}, '转人工', IDLE_AFTER_QUIET_MS);
  } finally {
    platform.close();
  }
  printPaths(found);
}
