/** Conversations of `tests/data/handoffs.*.yaml`: what they may say, and how they are played through the real flow. */
import * as z from 'zod';
import {
  claimConversation,
  closeConversation,
  releaseConversation,
  sendReply,
  transferConversation,
} from '../../lib/assist/desk-actions.ts';
import type { FlowDeps } from '../../lib/assist/flow.ts';
import { lineReader, type ReadLine, talkOf } from '../../lib/assist/line.ts';
import { locateAssist } from '../../lib/assist/locate.ts';
import { isPromise } from '../../lib/assist/phrases.ts';
import { respond } from '../../lib/assist/respond.ts';
import { acceptOffer, declineOffer } from '../../lib/assist/routing/desk-offers.ts';
import type { Knowledge } from '../../lib/assist/situation.ts';
import { hourOf } from '../../lib/assist/tally.ts';
import type { Assist } from '../../lib/domain/assist.ts';
import type { Head } from '../../lib/domain/conversation.ts';
import { CustomerPatch } from '../../lib/domain/customer.ts';
import { skillName } from '../../lib/domain/hour-names.ts';
import { ConversationId, MessageId } from '../../lib/domain/ids.ts';
import { Language } from '../../lib/domain/language.ts';
import type { Message, Part } from '../../lib/domain/message.ts';
import { SettingsPatch } from '../../lib/domain/tenant-requests.ts';
import { newHead } from '../../lib/handoff/head.ts';
import type { Start } from '../../lib/ports/starts.ts';
import { agent as agentId, CONVERSATION, created, TENANT } from './conversation.ts';
import { world } from './flow-world.ts';
import { memoryAgents } from './memory-agents.ts';
import { memoryStore } from './memory-conversations.ts';
import { memoryHourCounts } from './memory-hour-counts.ts';

/** `90s`, `5m`, `14h`, `2d`. */
const Duration = z
  .string()
  .regex(/^\d+[smhd]$/)
  .transform(
    (text) => Number(text.slice(0, -1)) * ({ s: 1, m: 60, h: 3_600, d: 86_400 }[text.at(-1) ?? 's'] ?? 1) * 1_000,
  );
const texts = z.union([z.string(), z.array(z.string())]).transform((text) => [text].flat());

const Expect = z
  .strictObject({
    act: z.string(),
    intent: z.string(),
    decision: z.string(),
    reason: z.string(),
    owner: z.string(),
    /** Of the open hand-off. */
    why: z.string(),
    skill: z.string(),
    priority: z.number(),
    place: z.number(),
    opens: z.iso.datetime({ offset: true }),
    note: z.string(),
    offered: z.string(),
    promise: z.boolean(),
    /** Each stands in what the customer was told by this step; `exactly` is all of it. */
    told: texts,
    exactly: z.string(),
    not: texts,
    silent: z.literal(true),
    buttons: texts,
    suggested: z.boolean(),
  })
  .partial();

const expects = { expect: Expect.optional() };
const Step = z.union([
  z.strictObject({ customer: texts, ...expects }),
  z.strictObject({ image: z.literal(true), ...expects }),
  z.strictObject({ order_card: z.string(), ...expects }),
  z.strictObject({ tap: z.string(), ...expects }),
  z.strictObject({
    agent: z.string(),
    does: z.enum(['claim', 'release', 'close', 'accept', 'decline', 'goes', 'comes']).optional(),
    says: z.string().optional(),
    transfer: z.strictObject({ skill: z.string(), agent: z.string(), note: z.string() }).partial().optional(),
    ...expects,
  }),
  z.strictObject({ pass: Duration, ...expects }),
  z.strictObject({ gone: z.number().int(), ...expects }),
]);
export type Step = z.infer<typeof Step>;

/** Who is at work. `capacity`: conversations they take, none where it is 0; `away`: there, and not to be asked. */
const Person = z.strictObject({
  id: z.string(),
  skills: z.array(z.string()).optional(),
  languages: z.array(Language).optional(),
  capacity: z.number().int().optional(),
  away: z.literal(true).optional(),
});
type Person = z.infer<typeof Person>;

export const Talk = z.strictObject({
  name: z.string(),
  shop: SettingsPatch.strict().optional(),
  at: z.iso.datetime({ offset: true }).default('2026-11-23T10:00:00+08:00'),
  customer: z.looseObject({}).optional(),
  agents: z.array(Person).optional(),
  waiting: z
    .array(z.strictObject({ skill: z.string(), priority: z.number(), people: z.number().int().default(1) }))
    .optional(),
  pace: z.strictObject({ skill: z.string(), seconds: z.number() }).optional(),
  talk: z.array(Step).min(1),
});
export type Talk = z.infer<typeof Talk>;

const FAR = 10 * 365 * 86_400_000;

export type Played = { head: Head; assist: Assist | undefined; told: Message[]; buttons: string[] };

/** A conversation about to begin: the shop, its people, and who waits already. */
export async function stage(talk: Talk, knowledge: Knowledge) {
  const people = memoryAgents();
  const hours = memoryHourCounts();
  const memory = memoryStore(locateAssist);
  const store = { ...memory, work: people.workBeside(memory.work) };
  const own: Partial<FlowDeps> & { readLine?: ReadLine; talkOf?: unknown } = {
    agents: people.agents,
    openKnowledge: async () => ({ knowledge, catalog: undefined }),
    respond: (situation, read) => respond(situation, read),
    isPromise,
  };
  const routing = { mode: 'pull', ...talk.shop?.routing };
  const shop = world({ store, settings: { ...talk.shop, routing } as never, deps: own });
  shop.pass(Date.parse(talk.at) - shop.now());
  const { deps } = shop;
  const readLine = lineReader({ conversations: deps.conversations, agents: people.agents, hours, now: deps.now });
  const line = { readLine, now: deps.now };
  Object.assign(deps, line, { talkOf: (tenant: typeof shop.tenant, head: Head) => talkOf(line, tenant, head) });

  for (const person of talk.agents ?? []) await present(person);
  for (const { skill, priority, people: count } of talk.waiting ?? []) await queue(skill, priority, count);
  if (talk.pace !== undefined) {
    const { skill, seconds } = talk.pace;
    await hours.add(TENANT, hourOf(deps.now()), {
      [skillName('pace', skill)]: 10,
      [skillName('pace.ms', skill)]: seconds * 10_000,
    });
  }

  async function present({ id, away, ...said }: Person) {
    const known = await people.agents.get(TENANT, agentId(id));
    const record = {
      agentId: agentId(id),
      version: (known?.version ?? 0) + 1,
      presence: away === true ? ('away' as const) : ('online' as const),
      at: new Date(deps.now()).toISOString(),
      leaseUntil: deps.now() + FAR,
      slots: known?.slots ?? [],
      ...said,
    };
    await people.agents.put(TENANT, record, known?.version);
  }

  /** Others, who came a minute before. */
  async function queue(skill: string, priority: number, count: number) {
    for (let n = 1; n <= count; n += 1) {
      const id = ConversationId.parse(`other-${skill}-${priority}-${n}`);
      const at = new Date(deps.now() - 60_000).toISOString();
      const head: Head = { ...newHead(id, deps.now()), version: 1, owner: 'queue', epoch: 1 };
      const handoff = { reason: 'asked_for_person' as const, skill, priority, at, tendedAt: deps.now() };
      await deps.conversations.putHead(TENANT, { ...head, handoff }, undefined);
    }
  }

  return { shop, present, people };
}

type Stage = Awaited<ReturnType<typeof stage>>;

/** Minutes pass one by one while they are few; the sweep looks after each. */
async function pass({ shop }: Stage, ms: number): Promise<void> {
  const step = ms <= 3_600_000 ? 60_000 : 600_000;
  for (let left = ms; left > 0; left -= step) {
    shop.pass(Math.min(left, step));
    await shop.sweep();
    await shop.settle();
  }
}

let messages = 0;
function nextId(): string {
  messages += 1;
  return `m-${messages}`;
}

async function writes({ shop }: Stage, talk: Talk, lines: readonly { text?: string; parts?: Part[] }[]): Promise<void> {
  const customer = talk.customer && CustomerPatch.parse({ id: 'cust-1', ...talk.customer });
  for (const { text = '', parts } of lines) {
    const id = nextId();
    const extra = { ...(parts === undefined ? {} : { parts }), ...(customer === undefined ? {} : { customer }) };
    await shop.receive(created(MessageId.parse(id), text, extra), `d-${id}`);
    if (lines.length > 1) shop.pass(200);
  }
  await shop.settle();
}

/** Does what a step says. */
export async function play(on: Stage, talk: Talk, step: Step): Promise<void> {
  const { shop } = on;
  if ('customer' in step)
    await writes(
      on,
      talk,
      step.customer.map((text) => ({ text })),
    );
  else if ('image' in step) await writes(on, talk, [{ parts: [{ kind: 'image', url: 'https://cdn.example/1.jpg' }] }]);
  else if ('order_card' in step)
    await writes(on, talk, [{ parts: [{ kind: 'order_card', orderNumber: step.order_card }] }]);
  else if ('tap' in step) await writes(on, talk, [{ parts: [{ kind: 'button', value: step.tap }] }]);
  else if ('agent' in step) await acts(on, step);
  else if ('pass' in step) await pass(on, step.pass);
  else await others(on, step.gone);
  await shop.settle();
}

/** So many of the others are served: they are nobody's place before anybody any more. */
async function others({ shop }: Stage, count: number): Promise<void> {
  const { items } = await shop.deps.conversations.list(TENANT, 'queue', 1_000);
  for (const head of items.filter(({ id }) => id.startsWith('other-')).slice(0, count)) {
    await shop.deps.conversations.putHead(
      TENANT,
      { ...head, owner: 'closed', version: head.version + 1 },
      head.version,
    );
  }
}

type AgentStep = Extract<Step, { agent: string }>;
type Does = NonNullable<AgentStep['does']>;

async function acts(on: Stage, step: AgentStep): Promise<void> {
  const { shop } = on;
  const who = { id: agentId(step.agent), name: step.agent };
  const deps = { ...shop.deps, start: shop.deps.start as Start, agents: on.people.agents };
  const { place } = shop;
  const deeds: Record<Does, () => Promise<unknown>> = {
    claim: () => claimConversation(deps, place, who),
    release: () => releaseConversation(deps, place, who),
    close: () => closeConversation(deps, place, who),
    accept: () => acceptOffer(deps, place, who),
    decline: () => declineOffer(deps, place, who),
    comes: () => on.present({ id: step.agent }),
    goes: () => goes(on, step.agent),
  };
  shop.pass(1_000);
  if (step.does !== undefined) await deeds[step.does]();
  if (step.transfer !== undefined) await transferConversation(deps, place, who, transferOf(step.transfer));
  if (step.says !== undefined) await sendReply(deps, place, who, { text: step.says });
}

function transferOf({ agent, skill = '', note }: NonNullable<AgentStep['transfer']>) {
  const to = agent === undefined ? { skill } : { agent: agentId(agent) };
  return { to, ...(note === undefined ? {} : { note }) };
}

/** A closed laptop: nothing is heard of them any more. */
async function goes(on: Stage, id: string): Promise<void> {
  const known = await on.people.agents.get(TENANT, agentId(id));
  if (known === undefined) throw new Error(`no agent ${id}`);
  const gone = { ...known, leaseUntil: on.shop.now(), version: known.version + 1 };
  await on.people.agents.put(TENANT, gone, known.version);
  await pass(on, 60_000);
}

/** What there is to see after a step; `seen`: calls before it. */
export async function look({ shop }: Stage, seen: number): Promise<Played> {
  const calls = shop.calls.slice(seen).filter(({ type, data }) => type === 'reply.requested' && isBots(data));
  const assists = await shop.assists();
  return {
    head: await shop.head(CONVERSATION),
    assist: assists.at(-1),
    told: calls.map(({ data }) => data as unknown as Message),
    buttons: calls.flatMap(({ data }) => ((data['choices'] ?? []) as { label: string }[]).map(({ label }) => label)),
  };
}

const isBots = ({ author }: Record<string, unknown>): boolean =>
  (author as { type?: string } | undefined)?.type === 'bot';
