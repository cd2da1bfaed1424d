import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import * as z from 'zod';
import { poll } from '../../scripts/local/client.ts';
import { PATIENCE_MS } from './shop.ts';

/** What a platform reads of a call; everything else of `data` stays as it came. */
const Call = z.object({
  type: z.enum(['reply.requested', 'handoff.requested', 'suggestion.created']),
  timestamp: z.iso.datetime(),
  data: z.looseObject({
    conversationId: z.string(),
    replyId: z.string(),
    epoch: z.number(),
    customerSeq: z.number(),
    expiresAt: z.iso.datetime(),
    text: z.string().optional(),
  }),
});
export type Call = z.infer<typeof Call>;

/** One attempt as it arrived. `verifies`: with which secret its signature holds. */
export type Attempt = { id: string; call: Call; at: number; verifies(secret: string): boolean };

/** What to do with the next attempts: a status, or `hang` (no answer) or `drop` (the connection is cut). */
export type Behaviour = number | 'hang' | 'drop';

/** A chat platform that is called back: keeps every attempt and answers 200 unless told otherwise. */
export async function startCallbackServer() {
  const attempts: Attempt[] = [];
  const script = new Map<string, Behaviour[]>();
  const hanging = new Set<ServerResponse>();
  let otherwise: Behaviour = 200;

  function reply(response: ServerResponse, behaviour: Behaviour): void {
    if (behaviour === 'hang') hanging.add(response);
    else if (behaviour === 'drop') response.destroy();
    else response.writeHead(behaviour).end();
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      const call = Call.parse(JSON.parse(raw));
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const verifies = (secret: string): boolean => {
        try {
          new Webhook(secret).verify(raw, headers);
          return true;
        } catch {
          return false;
        }
      };
      attempts.push({ id: headers['webhook-id'] ?? '', call, at: Date.now(), verifies });
      reply(response, script.get(call.data.conversationId)?.shift() ?? otherwise);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;

  const of = (conversation: string): Attempt[] =>
    attempts.filter(({ call }) => call.data.conversationId === conversation);

  return {
    url: `http://127.0.0.1:${port}/callback`,
    /** Every attempt for a conversation, in order of arrival. */
    of,
    /** Waits for so many attempts. */
    async received(conversation: string, count: number, type?: Call['type']): Promise<Attempt[]> {
      const wanted = (): Attempt[] => of(conversation).filter(({ call }) => type === undefined || call.type === type);
      const read = async () => (wanted().length >= count ? wanted() : undefined);
      return poll(read, PATIENCE_MS, `${count} × ${type ?? 'any call'} for ${conversation}, of ${wanted().length}`);
    },
    /** How the next attempts for a conversation end, one after the other. */
    next(conversation: string, ...behaviours: Behaviour[]): void {
      script.set(conversation, behaviours);
    },
    /** How every other attempt ends. */
    always(behaviour: Behaviour): void {
      otherwise = behaviour;
    },
    /** Ends what hangs. */
    answerHanging(status: number): void {
      for (const response of hanging) response.writeHead(status).end();
      hanging.clear();
    },
    stop: (): Promise<void> =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
export type CallbackServer = Awaited<ReturnType<typeof startCallbackServer>>;
