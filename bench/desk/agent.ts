/** An agent at a desk, as the page does it: told by hints, rereads only what concerns them, accepts, answers, closes. */
import * as z from 'zod';
import type { Http } from '../stack/webhook.ts';

export type AgentPlace = { baseUrl: string; agentId: string; token: string };
export type Tally = {
  /** From a hint that a conversation of ours has a new assist to the answer that holds it (ms). */
  readMs: number[];
  /** From the first sight of an offer to it being ours (ms). */
  acceptMs: number[];
  /** Ids of replies that were accepted for delivery. */
  sent: string[];
  closed: number;
  reconnects: number;
  /** Answers that were neither a success nor a refusal by ownership, by what was asked. */
  failures: Record<string, number>;
};

export const emptyTally = (): Tally => ({ readMs: [], acceptMs: [], sent: [], closed: 0, reconnects: 0, failures: {} });

const Ticket = z.object({ ticket: z.string(), url: z.string() });
const Hint = z.object({
  conversationId: z.string().optional(),
  kind: z.string(),
  owner: z.string().optional(),
  offeredTo: z.string().optional(),
});
const Assists = z.object({
  items: z.array(z.object({ id: z.string(), suggestions: z.array(z.object({ id: z.string(), text: z.string() })) })),
});
const View = z.object({
  id: z.string(),
  offer: z.object({ agentId: z.string() }).optional(),
  lastAuthor: z.string().optional(),
});
const List = z.object({ items: z.array(View) });
const Sent = z.object({ message: z.object({ id: z.string() }) });

const HEARTBEAT_MS = 20_000;
const REREAD_MS = 10_000;
const THINK_MS = { least: 1_500, more: 4_000 };
const ONLINE_MS = { least: 20_000, more: 70_000 };
const GONE_MS = { least: 300, more: 2_500 };
const CLOSES = 0.3;
const HOLDING = ['亲，正在为您核实，请稍等～', 'Let me check that for you.'];

/** Starts the agent's day; the function it gives ends it. `random` uniform in [0, 1). */
export function startAgent(http: Http, place: AgentPlace, random: () => number, tally: Tally): () => Promise<void> {
  const { baseUrl, agentId, token } = place;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const me = `agent:${agentId}`;
  const busy = new Set<string>();
  const timers = new Set<NodeJS.Timeout>();
  let socket: WebSocket | undefined;
  let isOver = false;
  let count = 0;

  const between = ({ least, more }: { least: number; more: number }): number => least + random() * more;
  const later = (run: () => void, ms: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!isOver) run();
    }, ms);
    timers.add(timer);
  };

  /** The body of a success; undefined for a refusal, which is somebody else having been faster. */
  async function ask(what: string, method: string, path: string, body?: unknown): Promise<unknown> {
    const { status, text } = await http.call(
      method,
      `${baseUrl}${path}`,
      headers,
      body === undefined ? undefined : JSON.stringify(body),
    );
    if (status >= 200 && status < 300 && !text.includes('"errorType"')) return JSON.parse(text);
    if (status !== 409) note(`${what} ${status === 200 ? text.slice(0, 120) : status}`);
    return undefined;
  }
  function note(what: string): void {
    tally.failures[what] = (tally.failures[what] ?? 0) + 1;
  }
  const conversation = (id: string): string => `/v1/desk/conversations/${encodeURIComponent(id)}`;

  async function accept(id: string): Promise<void> {
    const at = performance.now();
    if ((await ask('accept', 'POST', `${conversation(id)}/accept`, {})) === undefined) return;
    tally.acceptMs.push(performance.now() - at);
    await answer(id);
  }

  /** Reads what is suggested, thinks, sends it, sometimes closes. One answer at a time for each conversation. */
  async function answer(id: string, hintedAt?: number): Promise<void> {
    const found = await ask('assists', 'GET', `${conversation(id)}/assists`);
    if (hintedAt !== undefined && found !== undefined) tally.readMs.push(performance.now() - hintedAt);
    if (found === undefined || busy.has(id)) return;
    busy.add(id);
    const last = Assists.parse(found).items.at(-1);
    later(() => void send(id, last), between(THINK_MS));
  }

  async function send(id: string, assist: z.infer<typeof Assists>['items'][number] | undefined): Promise<void> {
    busy.delete(id);
    count += 1;
    const [suggestion] = assist?.suggestions ?? [];
    const text = suggestion?.text ?? HOLDING[count % HOLDING.length] ?? '';
    const cited = suggestion === undefined ? {} : { assistId: assist?.id, suggestionId: suggestion.id };
    const body = { text, clientId: `${agentId}-${count}`, ...cited };
    const sent = await ask('send', 'POST', `${conversation(id)}/messages`, body);
    if (sent === undefined) return;
    tally.sent.push(Sent.parse(sent).message.id);
    if (random() > CLOSES) return;
    if ((await ask('close', 'POST', `${conversation(id)}/close`, {})) !== undefined) tally.closed += 1;
  }

  /** What a hint may have been missed of: offers to this agent, and customers of theirs who wait. */
  async function reread(): Promise<void> {
    const [queue, mine] = await Promise.all([
      ask('queue', 'GET', '/v1/desk/conversations?owner=queue&limit=50'),
      ask('mine', 'GET', '/v1/desk/conversations?owner=me&limit=50'),
    ]);
    const offered =
      queue === undefined ? [] : List.parse(queue).items.filter(({ offer }) => offer?.agentId === agentId);
    const unanswered =
      mine === undefined ? [] : List.parse(mine).items.filter(({ lastAuthor }) => lastAuthor === 'customer');
    for (const { id } of offered) await accept(id);
    for (const { id } of unanswered) await answer(id);
  }

  function onHint(data: unknown): void {
    const { conversationId: id, kind, owner, offeredTo } = Hint.parse(JSON.parse(String(data)));
    if (id === undefined) return;
    if (owner === 'queue' && offeredTo === agentId && kind === 'offer') void accept(id);
    else if (owner === me && (kind === 'assist' || kind === 'queue')) void answer(id, performance.now());
  }

  async function connect(): Promise<void> {
    const answer = await ask('ticket', 'POST', '/v1/desk/ticket', {});
    if (isOver) return;
    if (answer === undefined) return later(() => void connect(), between(GONE_MS));
    const { ticket, url } = Ticket.parse(answer);
    const opened = new WebSocket(`${url}?ticket=${ticket}`);
    socket = opened;
    opened.addEventListener('message', ({ data }) => onHint(data));
    opened.addEventListener('open', () => {
      void reread();
      later(() => opened.close(), between(ONLINE_MS));
    });
    opened.addEventListener('error', () => undefined);
    opened.addEventListener('close', () => {
      tally.reconnects += 1;
      later(() => void connect(), between(GONE_MS));
    });
  }

  const beat = async (): Promise<void> => {
    await ask('presence', 'PUT', '/v1/desk/presence', { presence: 'online' });
    later(() => void beat(), HEARTBEAT_MS);
  };
  const look = (): void => {
    void reread();
    later(look, REREAD_MS + random() * REREAD_MS);
  };
  void beat();
  void connect();
  later(look, random() * REREAD_MS);

  return async () => {
    isOver = true;
    for (const timer of timers) clearTimeout(timer);
    socket?.close();
    await http.call('PUT', `${baseUrl}/v1/desk/presence`, headers, JSON.stringify({ presence: 'off' }));
  };
}
