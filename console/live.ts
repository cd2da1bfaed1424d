import type { Ticket } from './api.ts';

export type LiveState = 'connecting' | 'live' | 'polling' | 'offline';
/**
 * What a hint tells of a conversation. `desks`: how many of the team's are open; `owner` and `offeredTo` as it is now;
 * without `owner` it may be in any list.
 */
export type Hint = {
  conversationId: string;
  version: number;
  kind: string;
  owner?: string;
  offeredTo?: string;
  desks?: number;
};

const POLL_MS = 3_000;
/** A hint may be lost, and of what does not concern this desk not every one is sent. */
const LOOK_MS = 30_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
/** Senders of hints remember for half a second who is connected and what they show: what was sent before is read then. */
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
  /** This agent is here or gone by another tab's or the server's doing. */
  onPresence?: () => void;
  /** Rereads everything; rejects when the server cannot be reached. */
  reread: () => Promise<void>;
  /** Rereads the one conversation that this desk shows. */
  rereadShown?: (conversation: string) => Promise<void>;
  /** Given what looks at once whether the server is reached: for whoever has just found that a call was not. */
  onReady?: (look: () => void) => void;
};

function readHint(data: unknown): Partial<Hint> {
  try {
    return JSON.parse(String(data)) ?? {};
  } catch {
    return {};
  }
}

const isOfConversation = (hint: Partial<Hint>): hint is Hint => typeof hint.conversationId === 'string';

export type Live = {
  /** What this desk shows: the server tells it first of that. */
  shows(conversation: string | undefined): void;
  stop(): void;
};

type Line = { isOpen: () => boolean; failures: () => number };

/** Rereads everything when it is told to, and now and then by itself; each says how the server is reached. */
function createLooks({ reread, onState }: Pick<LiveOptions, 'reread' | 'onState'>, { isOpen, failures }: Line) {
  let stopped = false;
  let reached = true;
  let looking = false;
  let sinceLook = 0;
  /** The state is told by what holds when the answer is there: an answer asked for earlier may come later. */
  const read = async (): Promise<void> => {
    reached = await reread().then(
      () => true,
      () => false,
    );
    if (stopped) return;
    if (!reached) onState('offline');
    else if (isOpen()) onState('live');
    else onState(failures() === 0 ? 'connecting' : 'polling');
  };
  const poll = setInterval(() => {
    sinceLook = isOpen() && reached ? sinceLook + POLL_MS : LOOK_MS;
    if (sinceLook < LOOK_MS) return;
    sinceLook = 0;
    void read();
  }, POLL_MS);
  return {
    now: (): void => void read(),
    /** One at a time: whoever is in doubt while it lasts hears of the same. */
    inDoubt(): void {
      if (looking) return;
      looking = true;
      void read().finally(() => {
        looking = false;
      });
    },
    stop(): void {
      stopped = true;
      clearInterval(poll);
    },
  };
}

/** The conversation that this desk shows: the server is told, and it is read again once all who send hints know. */
function createShown({ rereadShown }: Pick<LiveOptions, 'rereadShown'>, say: (message: object) => void) {
  let shown: string | undefined;
  let known: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => say({ open: shown ?? null });
  const reread = (): void => {
    if (shown !== undefined) void rereadShown?.(shown).catch(() => undefined);
  };
  return {
    change(conversation: string | undefined): void {
      if (conversation === shown) return;
      shown = conversation;
      tell();
      clearTimeout(known);
      known = setTimeout(reread, KNOWN_AFTER_MS);
    },
    /** A new connection knows nothing yet. */
    onOpen(): void {
      if (shown !== undefined) tell();
    },
    stop: (): void => clearTimeout(known),
  };
}

/**
 * Keeps the desk fresh: hints by WebSocket, and while there is none, a reread every 3 s. Hints carry no content and
 * may be lost, so every (re)connection rereads, and so does the desk by itself every 30 s.
 */
export function connectLive(options: LiveOptions): Live {
  let stopped = false;
  let socket: WebSocket | undefined;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const isOpen = () => socket?.readyState === WebSocket.OPEN;
  const looks = createLooks(options, { isOpen, failures: () => failures });
  const shown = createShown(options, (message) => {
    if (isOpen()) socket?.send(JSON.stringify(message));
  });

  const again = () => {
    if (stopped) return;
    failures += 1;
    looks.now();
    retry = setTimeout(() => void connect(), retryDelay(failures, options.random));
  };
  const connect = async () => {
    const ticket = await options.ticket().catch(() => undefined);
    if (stopped) return;
    if (ticket === undefined) return again();
    socket = new WebSocket(socketUrl(ticket, options.page));
    socket.onopen = () => {
      failures = 0;
      shown.onOpen();
      looks.now();
      setTimeout(() => !stopped && looks.now(), KNOWN_AFTER_MS);
    };
    socket.onmessage = (event) => {
      const hint = readHint(event.data);
      if (isOfConversation(hint)) options.onHint(hint);
      else if (hint.kind === 'presence') options.onPresence?.();
    };
    socket.onclose = again;
  };
  options.onReady?.(looks.inDoubt);
  options.onState('connecting');
  looks.now();
  void connect();
  return {
    shows: shown.change,
    stop() {
      stopped = true;
      looks.stop();
      shown.stop();
      clearTimeout(retry);
      socket?.close();
    },
  };
}
