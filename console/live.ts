import type { Ticket } from './api.ts';

export type LiveState = 'connecting' | 'live' | 'polling' | 'offline';
export type Hint = { conversationId: string; version: number; kind: string };

const POLL_MS = 3_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
/** Senders of hints remember who is connected for half a second: what they sent before they knew of us is read then. */
const KNOWN_AFTER_MS = 1_000;

/** Milliseconds before attempt `failures` (1, 2, …): doubling, with up to half of it at random so desks spread out. */
export function retryDelay(failures: number, random: () => number): number {
  const whole = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
  return whole / 2 + (whole / 2) * random();
}

/** The socket's address: the ticket's own, else this page's host. */
export function socketUrl(ticket: Ticket, page: { protocol: string; host: string }): string {
  const url = new URL(ticket.url ?? `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/`);
  url.searchParams.set('ticket', ticket.ticket);
  return url.toString();
}

type LiveOptions = {
  ticket: () => Promise<Ticket>;
  page: { protocol: string; host: string };
  random: () => number;
  onState: (state: LiveState) => void;
  onHint: (hint: Hint) => void;
  /** Rereads everything; rejects when the server cannot be reached. */
  reread: () => Promise<void>;
  /** Given what looks at once whether the server is reached: for whoever has just found that a call was not. */
  onReady?: (look: () => void) => void;
};

function readHint(data: unknown): Hint | undefined {
  try {
    const hint: Partial<Hint> = JSON.parse(String(data));
    return typeof hint.conversationId === 'string' ? (hint as Hint) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps the desk fresh: hints by WebSocket, and while there is none, a reread every 3 s. Hints carry no content and
 * may be lost, so every (re)connection rereads. Returns the function that stops it.
 */
export function connectLive(options: LiveOptions): () => void {
  let stopped = false;
  let socket: WebSocket | undefined;
  let failures = 0;
  let reached = true;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const isOpen = () => socket?.readyState === WebSocket.OPEN;

  /** The state is told by what holds when the answer is there: an answer asked for earlier may come later. */
  const reread = async () => {
    reached = await options.reread().then(
      () => true,
      () => false,
    );
    if (stopped) return;
    if (!reached) options.onState('offline');
    else if (isOpen()) options.onState('live');
    else options.onState(failures === 0 ? 'connecting' : 'polling');
  };
  let looking = false;
  const look = async () => {
    looking = true;
    await reread();
    looking = false;
  };
  const poll = setInterval(() => {
    if (!isOpen() || !reached) void reread();
  }, POLL_MS);

  const again = () => {
    if (stopped) return;
    failures += 1;
    void reread();
    retry = setTimeout(() => void connect(), retryDelay(failures, options.random));
  };
  const connect = async () => {
    const ticket = await options.ticket().catch(() => undefined);
    if (stopped) return;
    if (ticket === undefined) return again();
    socket = new WebSocket(socketUrl(ticket, options.page));
    socket.onopen = () => {
      failures = 0;
      void reread();
      setTimeout(() => !stopped && void reread(), KNOWN_AFTER_MS);
    };
    socket.onmessage = (event) => {
      const hint = readHint(event.data);
      if (hint !== undefined) options.onHint(hint);
    };
    socket.onclose = again;
  };
  options.onReady?.(() => {
    // One look at a time: whoever is in doubt while it lasts hears of the same.
    if (!looking) void look();
  });
  options.onState('connecting');
  void reread();
  void connect();
  return () => {
    stopped = true;
    clearInterval(poll);
    clearTimeout(retry);
    socket?.close();
  };
}
