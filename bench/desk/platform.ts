/** A chat platform that is called back and fails at it: some calls are refused for now, some answered only after a cut. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import { generator } from '../../lib/engine/hash.ts';

/** What is kept of a call that the platform took. */
export type Taken = { replyId: string; type: string; author: string; kind: string; epoch: number; at: number };

const Call = z.object({
  type: z.string(),
  data: z.looseObject({
    conversationId: z.string(),
    replyId: z.string(),
    epoch: z.number(),
    kind: z.string().optional(),
    author: z.object({ type: z.string() }).optional(),
  }),
});

/** Shares of calls that fail at once, that are taken and never answered for, and that are slow. */
const FAILS = 0.05;
const CUT = 0.01;
const SLOW = 0.02;
const SLOW_MS = 1_500;

export type Platform = {
  url: string;
  /** By conversation, in the order in which they came; a repeated reply is there once. */
  taken: Map<string, Taken[]>;
  counts: { calls: number; failed: number; repeated: number };
  close(): void;
};

/** Starts it on a port of its own. `seed` decides which calls fail. */
export async function startPlatform(seed: number): Promise<Platform> {
  const random = generator(seed);
  const taken = new Map<string, Taken[]>();
  const counts = { calls: 0, failed: 0, repeated: 0 };
  const take = (body: string): void => {
    const { type, data } = Call.parse(JSON.parse(body));
    const known = taken.get(data.conversationId) ?? [];
    if (known.some(({ replyId }) => replyId === data.replyId)) {
      counts.repeated += 1;
      return;
    }
    const { replyId, epoch, kind = '', author } = data;
    known.push({ replyId, type, author: author?.type ?? '', kind, epoch, at: Date.now() });
    taken.set(data.conversationId, known);
  };
  const answer = (response: ServerResponse, body: string): void => {
    counts.calls += 1;
    const fate = random();
    if (fate < FAILS) {
      counts.failed += 1;
      response.writeHead(503).end();
      return;
    }
    take(body);
    if (fate < FAILS + CUT) response.destroy();
    else setTimeout(() => response.writeHead(200).end(), fate < FAILS + CUT + SLOW ? SLOW_MS : 0);
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(response, Buffer.concat(chunks).toString('utf8')));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/callbacks`,
    taken,
    counts,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
