import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { type Access, AGENT, askAccess, forgetAccess, keepAccess, keptAccess } from './access.ts';
import { ApiError, type Call, createApi, createCall } from './api.ts';
import { App, type Signed } from './app.tsx';
import { createPlayer } from './customer/player.ts';
import { createDesk } from './desk-store.ts';
import { listenKeys } from './keyboard.ts';
import { connectLive, type LiveState } from './live.ts';
import { loadManage } from './load-manage.ts';
import { followRoute, guard } from './route.ts';
import { forgetSession, keepLanguage, keepSession, type Session, startSession } from './session.ts';
import { language } from './words/words.ts';

const fetch = globalThis.fetch.bind(globalThis);
const later = (run: () => void, ms: number) => void setTimeout(run, ms);
const now = () => Date.now();
const newId = () => crypto.randomUUID().slice(0, 13);
/** How long the desk waits to hear what else a token opens. */
const ACCESS_MS = 2_000;
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const signed = signal<Signed | undefined>(undefined);
const refused = signal(false);
const clockTick = signal(now());
const closing: (() => void)[] = [];
let signIns = 0;

function signOut(wasRefused: boolean): void {
  signIns += 1;
  for (const close of closing.splice(0)) close();
  guard.value = undefined;
  forgetSession(sessionStorage);
  forgetAccess(sessionStorage);
  refused.value = wasRefused;
  signed.value = undefined;
}

/** The agent's side: what it shows, and what keeps it fresh until it is stopped. */
function openDesk(session: Session, call: Call) {
  const api = createApi(call);
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
  const close = () => {
    awake.abort();
    stopKeys();
    stopLive();
  };
  return { atDesk: { desk, player, live }, close };
}

/** The knowledge manager's side: a second script, read only by those whom the API lets in. */
async function openManage({ tenant }: Session, call: Call, hasDesk: boolean) {
  const createManage = await loadManage(document);
  return createManage({
    ...{ tenant, call, fetch, now, newId, later, wait, hasDesk },
    page: document,
    place: location,
    onSignedOut: () => signOut(true),
  });
}

type Opened = ReturnType<typeof openDesk>;

/** Opens what a token opens. An agent never waits long for an answer about the knowledge pages. */
async function open(session: Session, isCurrent: () => boolean): Promise<void> {
  const call = createCall(session.token, fetch);
  const kept = keptAccess(sessionStorage);
  const asked = kept === undefined ? askAccess(call) : Promise.resolve(kept);
  const access = await Promise.race([asked, wait(ACCESS_MS).then(() => AGENT)]);
  if (!isCurrent()) return;
  const desk = show(session, call, access);
  const known = await asked;
  keepAccess(sessionStorage, known);
  if (!isCurrent() || !known.knowledge) return;
  if (!known.desk) desk?.close();
  signed.value = { session, access: known, ...(known.desk && desk !== undefined ? { atDesk: desk.atDesk } : {}) };
  const manage = await openManage(session, call, known.desk);
  if (!isCurrent() || signed.value === undefined) return manage.stop();
  closing.push(manage.stop);
  signed.value = { ...signed.value, manage };
}

function show(session: Session, call: Call, access: Access): Opened | undefined {
  const desk = access.desk ? openDesk(session, call) : undefined;
  if (desk !== undefined) closing.push(desk.close);
  signed.value = { session, access, ...(desk === undefined ? {} : { atDesk: desk.atDesk }) };
  return desk;
}

function signIn(session: Session): void {
  signIns += 1;
  const mine = signIns;
  keepSession(sessionStorage, session);
  refused.value = false;
  const isCurrent = () => signIns === mine;
  open(session, isCurrent).catch((error: unknown) => {
    if (!isCurrent()) return;
    if (error instanceof ApiError && error.status === 401) signOut(true);
    else if (signed.value === undefined) show(session, createCall(session.token, fetch), AGENT);
  });
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
followRoute(window, location, history);
if (start.session !== undefined) signIn(start.session);

const root = document.getElementById('app');
if (root !== null) {
  const app = (
    <App signed={signed} refused={refused} now={clockTick} onSignIn={signIn} onSignOut={() => signOut(false)} />
  );
  render(app, root);
}
