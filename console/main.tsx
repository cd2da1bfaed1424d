import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { type Access, AGENT, askAccess, forgetAccess, keepAccess, keptAccess } from './access.ts';
import { askPassword, type PasswordChange } from './account-calls.ts';
import { ApiError, type Call } from './api.ts';
import { App, type Signed } from './app.tsx';
import { readWishes } from './attention.ts';
import { createBearer } from './bearer.ts';
import { forgetKept } from './kept.ts';
import { loadManage } from './load-manage.ts';
import { type Opened, openDesk } from './open-desk.ts';
import { followRoute, guard } from './route.ts';
import { forgetSession, keepLanguage, keepSession, type Session, startSession } from './session.ts';
import { landing } from './sign-in.tsx';
import { endSignIn, keepDevice } from './sign-in-call.ts';
import { createSlow } from './slow.ts';
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
const slow = createSlow(later);
const closing: (() => void)[] = [];
let signIns = 0;

function signOut(wasRefused: boolean): void {
  signIns += 1;
  for (const close of closing.splice(0)) close();
  guard.value = undefined;
  forgetSession(sessionStorage);
  forgetKept(sessionStorage);
  forgetAccess(sessionStorage);
  refused.value = wasRefused;
  signed.value = undefined;
}

/** The knowledge manager's side: a second script, read only by those whom the API lets in. */
async function openManage({ tenant }: Session, call: Call, access: Access) {
  const createManage = await loadManage(document);
  return createManage({
    ...{ tenant, call, fetch, now, newId, later, wait, hasDesk: access.desk, opens: access },
    page: document,
    place: location,
    onSignedOut: () => signOut(true),
  });
}

type Opening = Pick<Signed, 'session' | 'call' | 'setPassword'>;

/** What a sign-in does by itself: it calls, and takes the place of itself once its password is another. */
function opening(session: Session, isCurrent: () => boolean): Opening {
  const bearer = createBearer(session.token, fetch);
  const setPassword = async (change: PasswordChange) => {
    const fresh = await bearer.renew((call) => askPassword(call, change));
    const { value: here } = signed;
    if (!isCurrent() || here === undefined) return;
    const next = { ...session, token: fresh.token };
    const access = { ...here.access, me: fresh.me };
    keepDevice(localStorage, fresh);
    keepSession(sessionStorage, next);
    keepAccess(sessionStorage, access);
    signed.value = { ...here, session: next, access };
  };
  return { session, call: slow.watch(bearer.call), setPassword };
}

/** Opens what a token opens. An agent never waits long for an answer about the knowledge pages. */
async function open(mine: Opening, isCurrent: () => boolean): Promise<void> {
  const { call } = mine;
  const kept = keptAccess(sessionStorage);
  const asked = kept === undefined ? askAccess(call) : Promise.resolve(kept);
  const access = await Promise.race([asked, wait(ACCESS_MS).then(() => AGENT)]);
  if (!isCurrent()) return;
  const desk = show(mine, access);
  const known = await asked;
  keepAccess(sessionStorage, known);
  if (!isCurrent()) return;
  if (desk !== undefined) desk.atDesk.desk.person.value = known.me;
  if (signed.value !== undefined && known.desk) signed.value = { ...signed.value, access: known };
  if (known.knowledge || known.team || known.admin) await openPages({ ...mine, access: known }, desk, isCurrent);
}

/** The pages beside the desk, once they are there; somebody without a desk has these alone. */
async function openPages(here: Signed, desk: Opened | undefined, isCurrent: () => boolean): Promise<void> {
  const { session, access, call } = here;
  if (!access.desk) desk?.close();
  signed.value = access.desk && desk !== undefined ? { ...here, atDesk: desk.atDesk } : here;
  const manage = await openManage(session, call, access);
  if (!isCurrent() || signed.value === undefined) return manage.stop();
  closing.push(manage.stop);
  signed.value = { ...signed.value, manage };
}

function show(mine: Opening, access: Access): Opened | undefined {
  const { session, call } = mine;
  const desk = access.desk
    ? openDesk(session, call, access, { fetch, now, later, newId, wait, onSignedOut: () => signOut(true) })
    : undefined;
  if (desk !== undefined) closing.push(desk.close);
  signed.value = { ...mine, access, ...(desk === undefined ? {} : { atDesk: desk.atDesk }) };
  return desk;
}

function signIn(session: Session): void {
  signIns += 1;
  const mine = signIns;
  keepSession(sessionStorage, session);
  refused.value = false;
  const isCurrent = () => signIns === mine;
  const begun = opening(session, isCurrent);
  open(begun, isCurrent).catch((error: unknown) => {
    if (!isCurrent()) return;
    if (error instanceof ApiError && error.status === 401) signOut(true);
    else if (signed.value === undefined) show(begun, AGENT);
  });
}

const start = startSession(location, history, sessionStorage, navigator.language);
landing.value = start.ticket;
language.value = start.language;
effect(() => {
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
  keepLanguage(sessionStorage, language.value);
});
setInterval(() => {
  clockTick.value = now();
}, 1_000);
readWishes(localStorage);
followRoute(window, location, history);
if (start.session !== undefined) signIn(start.session);

const root = document.getElementById('app');
if (root !== null) {
  const app = (
    <App
      {...{ signed, refused, slow: slow.isSlow }}
      now={clockTick}
      onSignIn={signIn}
      onSignOut={() => {
        if (signed.value !== undefined) void endSignIn(fetch, signed.value.session.token);
        signOut(false);
      }}
    />
  );
  render(app, root);
}
