/** What an agent does at a desk: rereads by the page's own reader what the hints tell of, accepts, answers, closes. */
import { signal } from '@preact/signals';
import * as z from 'zod';
import type { Hint } from '../../console/live.ts';
import { createReader } from '../../console/reader.ts';
import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import type { AgentPlace, callsOf, Tally } from './agent-calls.ts';
import type { Clock } from './agent-clock.ts';

const Sent = z.object({ message: z.object({ id: z.string() }) });

const THINK_MS = { least: 1_500, more: 4_000 };
const CLOSES = 0.3;

const HOLDING_LINE = '亲，正在为您核实，请稍等～ Let me check that for you.';

/** The first suggestion, cited; a holding line where there is none. */
function replyTo(assist: ConversationDetail['assists'][number] | undefined) {
  const [suggestion] = assist?.suggestions ?? [];
  if (assist === undefined || suggestion === undefined) return { text: HOLDING_LINE };
  return { text: suggestion.text, assistId: assist.id, suggestionId: suggestion.id };
}

type WorkDeps = {
  calls: ReturnType<typeof callsOf>;
  agentId: AgentPlace['agentId'];
  clock: Clock;
  /** Uniform in [0, 1). */
  random: () => number;
  tally: Tally;
};

export function createWork({ calls: { api, ask, note }, agentId, clock, random, tally }: WorkDeps) {
  const me = `agent:${agentId}`;
  const busy = new Set<string>();
  /** No customer writes any more: what is answered is closed, so that there is room for who still waits. */
  let isEvening = false;
  let count = 0;
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
    clock.later(() => void send(id), clock.between(THINK_MS));
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

  return {
    isEvening: (): boolean => isEvening,
    beginEvening(): void {
      isEvening = true;
    },
    /** What a hint may have been missed of: offers to this agent, and customers of theirs who wait. */
    async serve(): Promise<void> {
      await ask('lists', reader.rereadQueue());
      const heads = Object.values(reader.heads.value);
      for (const { id } of heads.filter(({ owner, offer }) => owner === 'queue' && offer?.agentId === agentId))
        await accept(id);
      for (const { id } of heads.filter(({ owner, lastAuthor }) => owner === me && lastAuthor === 'customer'))
        await answer(id);
      if (!isEvening) return;
      for (const { id } of heads.filter(({ owner, lastAuthor }) => owner === me && lastAuthor !== 'customer'))
        await close(id);
    },
    onHint(hint: Hint): void {
      const { conversationId: id, kind, owner, offeredTo } = hint;
      if (reader.isNews(hint, 'lists')) void ask('lists', reader.rereadAfter(hint));
      if (owner === 'queue' && offeredTo === agentId && kind === 'offer') void accept(id);
      else if (owner === me && (kind === 'assist' || kind === 'queue')) void answer(id, performance.now());
    },
  };
}
export type Work = ReturnType<typeof createWork>;
