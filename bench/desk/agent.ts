/** An agent's day: there from morning to evening, on a connection that is lost now and then. */
import type { Hint } from '../../console/live.ts';
import type { Http } from '../stack/webhook.ts';
import { type AgentPlace, callsOf, type Tally } from './agent-calls.ts';
import { type Clock, createClock } from './agent-clock.ts';
import { createWork, type Work } from './agent-work.ts';

const HEARTBEAT_MS = 20_000;
/** The page looks every 30 s, whatever it is told. */
const REREAD_MS = 20_000;
const EVENING_REREAD_MS = 3_000;
const ONLINE_MS = { least: 20_000, more: 70_000 };
const GONE_MS = { least: 300, more: 2_500 };

/** `finish` clears the desk, `stop` goes home. */
export type Day = { finish(): void; stop(): Promise<void> };

type Calls = ReturnType<typeof callsOf>;

/** Hears of changes for a while, is cut off, comes back. Gives what ends it. */
function connect({ api, ask }: Calls, clock: Clock, work: Work, tally: Tally): () => void {
  let socket: WebSocket | undefined;
  const open = async (): Promise<void> => {
    const answer = await ask('ticket', api.ticket());
    if (clock.isOver()) return;
    if (answer === undefined) return clock.later(() => void open(), clock.between(GONE_MS));
    const opened = new WebSocket(`${answer.url}?ticket=${answer.ticket}`);
    socket = opened;
    opened.addEventListener('message', ({ data }) => {
      const hint: Hint = JSON.parse(String(data));
      if (hint.conversationId !== undefined) work.onHint(hint);
    });
    opened.addEventListener('open', () => {
      void work.serve();
      clock.later(() => opened.close(), clock.between(ONLINE_MS));
    });
    opened.addEventListener('error', () => undefined);
    opened.addEventListener('close', () => {
      tally.reconnects += 1;
      clock.later(() => void open(), clock.between(GONE_MS));
    });
  };
  void open();
  return () => socket?.close();
}

/** Starts an agent's day. `random` uniform in [0, 1). */
export function startAgent(http: Http, place: AgentPlace, random: () => number, tally: Tally): Day {
  const calls = callsOf(http, place, tally);
  const clock = createClock(random);
  const work = createWork({ calls, agentId: place.agentId, clock, random, tally });
  const { api, ask } = calls;
  let isThere = false;
  const beat = async (): Promise<void> => {
    const here = await ask('presence', api.setPresence('online', isThere));
    // Away by offers that ran out, the desk says so, and who is there comes back.
    isThere = here !== undefined ? here.presence === 'online' : isThere;
    clock.later(() => void beat(), HEARTBEAT_MS);
  };
  const look = (): void => {
    void work.serve();
    clock.later(look, work.isEvening() ? EVENING_REREAD_MS : REREAD_MS + random() * REREAD_MS);
  };
  void beat();
  const disconnect = connect(calls, clock, work, tally);
  clock.later(look, random() * REREAD_MS);
  return {
    finish() {
      work.beginEvening();
      look();
    },
    async stop() {
      clock.stop();
      disconnect();
      await ask('presence', api.setPresence('off'));
    },
  };
}
