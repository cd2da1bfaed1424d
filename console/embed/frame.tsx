import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { createApi, createCall } from '../api.ts';
import { createToolsApi } from '../desk/tools-api.ts';
import { connectLive } from '../live.ts';
import { forgetSession, keepLanguage, keepSession, startSession } from '../session.ts';
import { language } from '../words/words.ts';
import { copy } from './copy.ts';
import { FrameApp } from './frame-app.tsx';
import { createFrameDesk, type FrameDesk } from './frame-store.ts';
import { createLink, type Host } from './link.ts';
import type { Inward, Outward } from './messages.ts';
import { f } from './words.ts';

const fetch = globalThis.fetch.bind(globalThis);
const later = (run: () => void, ms: number) => void setTimeout(run, ms);
const now = () => Date.now();
const NOTE_MS = 4_000;

const meta = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';
const tenant = meta('cuecard-tenant');
const origins = meta('cuecard-origins')
  .split(' ')
  .filter((origin) => origin !== '');
const allowed = origins.length > 0 && window.parent !== window;

const desk = signal<FrameDesk | undefined>(undefined);
const refused = signal(false);
const note = signal('');
/** What the page around has named, kept while nobody is signed in. */
let wanted: string | undefined;
let host: Host = 'workbench';
let stopLive: (() => void) | undefined;

const say = (message: Outward) => link?.say(message);

async function insert(text: string, suggestionId: string | undefined): Promise<void> {
  // Chatwoot takes no words from an app: they go by the clipboard.
  if (host === 'workbench')
    return say({ type: 'cuecard:insert', text, ...(suggestionId === undefined ? {} : { suggestionId }) });
  const said = (await copy(text)) ? f.value.copied : f.value.notCopied;
  note.value = said;
  later(() => {
    if (note.value === said) note.value = '';
  }, NOTE_MS);
}

function signOut(wasRefused: boolean): void {
  stopLive?.();
  forgetSession(sessionStorage);
  refused.value = wasRefused;
  desk.value = undefined;
}

function signIn(token: string): void {
  keepSession(sessionStorage, { tenant, token });
  refused.value = false;
  const call = createCall(token, fetch);
  const api = { ...createApi(call), ...createToolsApi(call) };
  const onInsert: Parameters<typeof createFrameDesk>[0]['onInsert'] = ({ text, suggestionId }) =>
    void insert(text, suggestionId);
  const opened = createFrameDesk({ api, now, later, onInsert, onSignedOut: () => signOut(true) });
  if (wanted !== undefined) opened.show(wanted);
  const live = connectLive({
    ticket: api.ticket,
    page: location,
    random: Math.random,
    onState: () => undefined,
    onHint: opened.onHint,
    reread: opened.reread,
    rereadShown: opened.reread,
  });
  const stopShowing = effect(() => live.shows(opened.openId.value));
  stopLive = () => {
    stopShowing();
    live.stop();
  };
  desk.value = opened;
}

const onMessage = (message: Inward, from: Host) => {
  host = from;
  if (message.type === 'cuecard:language') language.value = message.language;
  else if (message.type === 'cuecard:theme') document.documentElement.dataset['theme'] = message.theme;
  else {
    wanted = message.conversationId;
    desk.value?.show(wanted);
  }
};
const link = allowed ? createLink({ page: window, origins, onMessage }) : undefined;

/** Digits insert, as on the desk, while the frame has the keyboard. */
document.addEventListener('keydown', ({ key, ctrlKey, metaKey, target }) => {
  desk.value?.hold.keyPressed();
  const inText = target instanceof Element && target.closest('input, textarea, select') !== null;
  if (inText || ctrlKey || metaKey || !/^\d$/.test(key)) return;
  if (key === '0') desk.value?.insertPhrase();
  else desk.value?.insertSuggestion(Number(key) - 1);
});

// A fragment or a query never signs anybody in here: the address of a frame is its parent's to write.
const start = startSession({ hash: '', pathname: '', search: '' }, history, sessionStorage, navigator.language);
language.value = start.language;
effect(() => {
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
  keepLanguage(sessionStorage, language.value);
});
if (start.session?.tenant === tenant && allowed) signIn(start.session.token);

const root = document.getElementById('app');
if (root !== null) {
  const props = { tenant, allowed, desk, refused, note, fetch, onSignIn: signIn, onSignOut: () => signOut(false) };
  render(<FrameApp {...props} />, root);
  new ResizeObserver(() => say({ type: 'cuecard:size', height: root.scrollHeight })).observe(root);
}
