import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { createApi } from './api.ts';
import { App, type Signed } from './app.tsx';
import { createPlayer } from './customer/player.ts';
import { createDesk } from './desk-store.ts';
import { listenKeys } from './keyboard.ts';
import { connectLive, type LiveState } from './live.ts';
import { forgetSession, keepLanguage, keepSession, type Session, startSession } from './session.ts';
import { language } from './words/words.ts';

const fetch = globalThis.fetch.bind(globalThis);
const later = (run: () => void, ms: number) => void setTimeout(run, ms);
const now = () => Date.now();
const newId = () => crypto.randomUUID().slice(0, 13);
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const signed = signal<Signed | undefined>(undefined);
const refused = signal(false);
const clockTick = signal(now());
let stop: (() => void) | undefined;

function signOut(wasRefused: boolean): void {
  stop?.();
  stop = undefined;
  forgetSession(sessionStorage);
  refused.value = wasRefused;
  signed.value = undefined;
}

function signIn(session: Session): void {
  keepSession(sessionStorage, session);
  const api = createApi(session.token, fetch);
  const live = signal<LiveState>('connecting');
  const desk = createDesk({ api, now, later, newId, onSignedOut: () => signOut(true) });
  const player = createPlayer({ desk, language: language.value, session, fetch, now, newId, wait });
  const stopKeys = listenKeys(document, desk);
  const stopLive = connectLive({
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
    onHint: desk.onHint,
    reread: desk.rereadAll,
  });
  // A laptop that wakes may believe in a connection that is long gone.
  const awake = new AbortController();
  const onWake = () => {
    if (document.visibilityState === 'visible') void desk.rereadAll().catch(() => undefined);
  };
  document.addEventListener('visibilitychange', onWake, { signal: awake.signal });
  addEventListener('online', onWake, { signal: awake.signal });
  stop = () => {
    awake.abort();
    stopKeys();
    stopLive();
  };
  refused.value = false;
  signed.value = { session, desk, player, live };
}

const start = startSession(location, history, sessionStorage, navigator.language);
language.value = start.language;
effect(() => {
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
  keepLanguage(sessionStorage, language.value);
});
setInterval(() => {
  clockTick.value = now();
}, 1_000);
if (start.session !== undefined) signIn(start.session);

const root = document.getElementById('app');
if (root !== null) {
  const app = (
    <App signed={signed} refused={refused} now={clockTick} onSignIn={signIn} onSignOut={() => signOut(false)} />
  );
  render(app, root);
}
