import { computed, effect, type Signal, signal } from '@preact/signals';
import type { Access } from './access.ts';
import { ApiError, type Call, createApi } from './api.ts';
import { callForAttention } from './attention.ts';
import { createPlayer } from './customer/player.ts';
import { createToolsApi } from './desk/tools-api.ts';
import { followReply, startView } from './desk-page.tsx';
import { createDesk, type Desk } from './desk-store.ts';
import { listenKeys } from './keyboard.ts';
import { connectLive, type LiveState } from './live.ts';
import { hashOf, route } from './route.ts';
import type { Session } from './session.ts';
import { language, words } from './words/words.ts';

/** How often it is looked whether a heartbeat is due. */
const BEAT_CHECK_MS = 5_000;

type Environment = {
  fetch: typeof globalThis.fetch;
  now: () => number;
  later: (run: () => void, ms: number) => void;
  newId: () => string;
  wait: (ms: number) => Promise<void>;
  onSignedOut: () => void;
};
export type Opened = ReturnType<typeof openDesk>;

/** The agent's side: what it shows, and what keeps it fresh until it is stopped. */
export function openDesk(session: Session, plainCall: Call, access: Access, env: Environment) {
  let lookWhetherReached = (): void => undefined;
  const call = tellingOfGaps(plainCall, () => lookWhetherReached());
  const { fetch, now, later, newId, wait, onSignedOut } = env;
  const api = { ...createApi(call), ...createToolsApi(call) };
  const live = signal<LiveState>('connecting');
  const looking = signal(document.visibilityState === 'visible');
  const desk = createDesk({ api, now, later, newId, pause: wait, kept: sessionStorage, looking, onSignedOut });
  const player = createPlayer({ desk, language: language.value, session, fetch, now, newId, wait });
  desk.person.value = access.me;
  desk.me.value = access.me?.agentId;
  startView(player.canPlay);
  const connection = connectLive({
    ticket: async () => {
      const ticket = await api.ticket();
      desk.me.value ??= ticket.agentId;
      return ticket;
    },
    page: location,
    random: Math.random,
    onState: (state) => {
      live.value = state;
    },
    onReady: (look) => {
      lookWhetherReached = look;
    },
    onHint: desk.onHint,
    onPresence: () => void desk.look().catch(() => undefined),
    reread: desk.rereadAll,
    rereadShown: desk.reread,
  });
  const stopShowing = effect(() => connection.shows(desk.openId.value));
  const willing = (access.me?.role ?? 'agent') === 'agent';
  void desk.begin(willing).catch(() => undefined);
  void desk.readTeam();
  const stops = [
    stopShowing,
    connection.stop,
    listenKeys(document, desk),
    followReply(desk),
    followAddress(desk),
    beatWhileOpen(desk, looking),
  ];
  const wanting = computed(
    () => desk.section('offered').length + desk.section('waiting').length + desk.unreadMine.value.length,
  );
  const offers = computed(() => desk.section('offered'));
  const noticeTitle = () => words.value.desk.notifyTitle;
  stops.push(callForAttention({ page: document, offers, wanting, noticeTitle }));
  return { atDesk: { desk, player, live }, close: () => stops.forEach((stop) => void stop()) };
}

/** A call that reached nothing is known to the whole desk at once, whatever the socket still believes. */
const tellingOfGaps =
  (call: Call, onGap: () => void): Call =>
  (method, path, body) =>
    call(method, path, body).catch((error: unknown) => {
      if (!(error instanceof ApiError) && method !== 'GET') onGap();
      throw error;
    });

/** Heartbeats, and a look at everything when a laptop wakes: it may believe in a connection that is long gone. */
function beatWhileOpen(desk: Desk, looking: Signal<boolean>): () => void {
  const awake = new AbortController();
  const beats = setInterval(() => void desk.beat().catch(() => undefined), BEAT_CHECK_MS);
  const onWake = () => {
    looking.value = document.visibilityState === 'visible';
    if (!looking.value) return;
    void desk.beat().catch(() => undefined);
    void desk.rereadAll().catch(() => undefined);
  };
  document.addEventListener('visibilitychange', onWake, { signal: awake.signal });
  addEventListener('online', onWake, { signal: awake.signal });
  addEventListener('offline', onWake, { signal: awake.signal });
  return () => {
    clearInterval(beats);
    awake.abort();
  };
}

/** The open conversation stands in the address: a reload comes back to it, and other pages can lead to it. */
function followAddress(desk: Desk): () => void {
  const stopGoing = effect(() => {
    const { page, id } = route.value;
    if (page === 'desk' && id !== undefined && id !== desk.openId.peek()) void desk.select(id);
  });
  const stopTelling = effect(() => {
    const id = desk.openId.value;
    if (id !== undefined && route.peek().page === 'desk') history.replaceState(null, '', hashOf('desk', id));
  });
  return () => {
    stopGoing();
    stopTelling();
  };
}
