/** An agent at a desk: rereads by the page's own reader what the hints tell of, accepts, answers, closes. */
import { signal } from '@preact/signals';
import * as z from 'zod';
import type { Hint } from '../../console/live.ts';
import { createReader } from '../../console/reader.ts';
import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import type { Http } from '../stack/webhook.ts';
import { type AgentPlace, callsOf, type Tally } from './agent-calls.ts';

const Sent = z.object({ message: z.object({ id: z.string() }) });

const HEARTBEAT_MS = 20_000;
/** The page looks every 30 s, whatever it is told. */
const REREAD_MS = 20_000;
const EVENING_REREAD_MS = 3_000;
const THINK_MS = { least: 1_500, more: 4_000 };
const ONLINE_MS = { least: 20_000, more: 70_000 };
const GONE_MS = { least: 300, more: 2_500 };
const CLOSES = 0.3;

const HOLDING_LINE = '亲，正在为您核实，请稍等～ Let me check that for you.';

/** The first suggestion, cited; a holding line where there is none. */
function replyTo(assist: ConversationDetail['assists'][number] | undefined) {
  const [suggestion] = assist?.suggestions ?? [];
  if (assist === undefined || suggestion === undefined) return { text: HOLDING_LINE };
  return { text: suggestion.text, assistId: assist.id, suggestionId: suggestion.id };
}

/** An agent's day: `finish` clears the desk, `stop` goes home. */
export type Day = { finish(): void; stop(): Promise<void> };

/** Starts an agent's day. `random` uniform in [0, 1). */
export function startAgent(http: Http, place: AgentPlace, random: () => number, tally: Tally): Day {
  const { agentId } = place;
  const me = `agent:${agentId}`;
  const busy = new Set<string>();
  const timers = new Set<NodeJS.Timeout>();
  let socket: WebSocket | undefined;
  let isOver = false;
  /** No customer writes any more: what is answered is closed, so that there is room for who still waits. */
  let isEvening = false;
  let isThere = false;
  let count = 0;

  const between = ({ least, more }: { least: number; more: number }): number => least + random() * more;
  const later = (run: () => void, ms: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!isOver) run();
    }, ms);
    timers.add(timer);
  };

  const { api, ask, note } = callsOf(http, place, tally);
  const reader = createReader({
    ...{ api, me: signal(agentId), pause: (ms) => new Promise((done) => setTimeout(done, ms)) },
    ...{ onRead: () => undefined, onMine: () => undefined, onSignedOut: () => note('signed out') },
  });

  async function accept(id: string): Promise<void> {
    const at = performance.now();
    if ((await ask('accept', api.change(id, 'accept'))) === undefined) return;
    tally.acceptMs.push(performance.now() - at);
    await answer(id);
  }

  /** Reads what is suggested, thinks, sends it, sometimes closes. One answer at a time for each conversation. */
  async function answer(id: string, hintedAt?: number): Promise<void> {
    const before = reader.known.value[id];
    await ask('conversation', reader.reread(id));
    const read = reader.known.value[id];
    if (read === undefined) return;
    if (hintedAt !== undefined && read !== before) tally.readMs.push(performance.now() - hintedAt);
    if (busy.has(id) || read.head.owner !== me) return;
    busy.add(id);
    later(() => void send(id), between(THINK_MS));
  }

  async function send(id: string): Promise<void> {
    busy.delete(id);
    count += 1;
    const assist = reader.known.value[id]?.assists.at(-1);
    const sent = await ask('send', api.reply(id, { ...replyTo(assist), clientId: `${agentId}-${count}` }));
    if (sent === undefined) return;
    tally.sent.push(Sent.parse(sent).message.id);
    if (isEvening || random() <= CLOSES) await close(id);
  }

  async function close(id: string): Promise<void> {
    if ((await ask('close', api.close(id, undefined))) !== undefined) tally.closed += 1;
  }

  /** What a hint may have been missed of: offers to this agent, and customers of theirs who wait. */
  async function serve(): Promise<void> {
    await ask('lists', reader.rereadQueue());
    const heads = Object.values(reader.heads.value);
    for (const { id } of heads.filter(({ owner, offer }) => owner === 'queue' && offer?.agentId === agentId))
      await accept(id);
    for (const { id } of heads.filter(({ owner, lastAuthor }) => owner === me && lastAuthor === 'customer'))
      await answer(id);
    if (!isEvening) return;
    for (const { id } of heads.filter(({ owner, lastAuthor }) => owner === me && lastAuthor !== 'customer'))
      await close(id);
  }

  function onHint(hint: Hint): void {
    const { conversationId: id, kind, owner, offeredTo } = hint;
    if (reader.isNews(hint, 'lists')) void ask('lists', reader.rereadAfter(hint));
    if (owner === 'queue' && offeredTo === agentId && kind === 'offer') void accept(id);
    else if (owner === me && (kind === 'assist' || kind === 'queue')) void answer(id, performance.now());
  }

  async function connect(): Promise<void> {
    const answer = await ask('ticket', api.ticket());
    if (isOver) return;
    if (answer === undefined) return later(() => void connect(), between(GONE_MS));
    const opened = new WebSocket(`${answer.url}?ticket=${answer.ticket}`);
    socket = opened;
    opened.addEventListener('message', ({ data }) => {
      const hint: Hint = JSON.parse(String(data));
      if (hint.conversationId !== undefined) onHint(hint);
    });
    opened.addEventListener('open', () => {
      void serve();
      later(() => opened.close(), between(ONLINE_MS));
    });
    opened.addEventListener('error', () => undefined);
    opened.addEventListener('close', () => {
      tally.reconnects += 1;
      later(() => void connect(), between(GONE_MS));
    });
  }

  const beat = async (): Promise<void> => {
    await ask('presence', api.setPresence('online', isThere));
    isThere = true;
    later(() => void beat(), HEARTBEAT_MS);
  };
  const look = (): void => {
    void serve();
    later(look, isEvening ? EVENING_REREAD_MS : REREAD_MS + random() * REREAD_MS);
  };
  void beat();
  void connect();
  later(look, random() * REREAD_MS);

  const stop = async (): Promise<void> => {
    isOver = true;
    for (const timer of timers) clearTimeout(timer);
    socket?.close();
    await ask('presence', api.setPresence('off'));
  };
  const finish = (): void => {
    isEvening = true;
    look();
  };
  return { finish, stop };
}
