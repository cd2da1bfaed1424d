import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { Client } from '../../scripts/local/client.ts';
import type { AgentPlace, Tally } from './agent-calls.ts';

const AGENTS = fileURLToPath(new URL('./agents.ts', import.meta.url));

export type Team = {
  pid: number | undefined;
  report(): Promise<Tally>;
  finish(): Promise<void>;
  stop(): Promise<void>;
};

/** Tokens for so many agents of a tenant. */
export async function hire(api: Client, baseUrl: string, adminToken: string, agents: number): Promise<AgentPlace[]> {
  const hired: AgentPlace[] = [];
  for (let index = 0; index < agents; index += 1) {
    const agentId = `load-${index}`;
    const made = await api.call('POST', '/v1/tokens', adminToken, { role: 'agent', agentId });
    hired.push({ baseUrl, agentId, token: z.object({ token: z.string() }).parse(made).token });
  }
  return hired;
}

/** Puts them at their desks. */
export async function startTeam(places: readonly AgentPlace[], seed: number): Promise<Team> {
  const child = fork(AGENTS, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const order = (what: object): Promise<unknown> =>
    new Promise((done, fail) => {
      child.once('message', (message: { told?: unknown; error?: string }) =>
        message.error === undefined ? done(message.told) : fail(new Error(message.error)),
      );
      child.send(what);
    });
  await order({ start: places, seed });
  return {
    pid: child.pid,
    report: async () => (await order({ report: true })) as Tally,
    async finish() {
      await order({ finish: true });
    },
    async stop() {
      await order({ stop: true });
      child.disconnect();
    },
  };
}
