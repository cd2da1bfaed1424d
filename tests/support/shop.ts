import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { Assist } from '../../lib/domain/assist.ts';
import { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import { ImportReport } from '../../lib/domain/import-job.ts';
import { Release } from '../../lib/domain/release.ts';
import { client, poll } from '../../scripts/local/client.ts';

/** Long enough for a machine that does many other things; nothing waits for it when all is well. */
export const PATIENCE_MS = 60_000;
/** How long an instance may go on with settings it has read, and a little. */
const SETTINGS_MS = 1_200;

/** A tenant's secrets and tokens, as they are told at its birth. */
export const Keys = z.object({
  webhookSecret: z.string(),
  callbackSecret: z.string(),
  agentToken: z.string(),
  managerToken: z.string(),
  adminToken: z.string(),
});
export type Keys = z.infer<typeof Keys>;

export type Said = { conversationId: string; messageId: string; answer: Response };
export type Content = { text?: string; parts?: object[]; [more: string]: unknown };
export type Shop = ReturnType<typeof shop>;

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
export const conversationId = (): string => `c-${randomUUID().slice(0, 8)}`;

/** A tenant of a running stack as its platform, its agents and its manager use it. */
export function shop(baseUrl: string, id: string, keys: Keys) {
  const api = client(baseUrl);
  const desk = '/v1/desk/conversations';
  const place = (conversation: string): string => `${desk}/${encodeURIComponent(conversation)}`;

  const event = (type: string, data: unknown, delivery?: string): Promise<Response> =>
    api.webhook(id, keys.webhookSecret, type, data, delivery);

  async function message(author: object, conversation: string, content: Content | string): Promise<Said> {
    const told = typeof content === 'string' ? { text: content } : content;
    const data = { conversationId: conversation, messageId: `m-${randomUUID().slice(0, 8)}`, author, ...told };
    return { ...data, answer: await event('message.created', data) };
  }

  async function assists(conversation: string): Promise<Assist[]> {
    const found = await api.call('GET', `${place(conversation)}/assists`, keys.agentToken);
    return z.object({ items: z.array(Assist) }).parse(found).items;
  }

  const detail = async (conversation: string): Promise<ConversationDetail> =>
    ConversationDetail.parse(await api.call('GET', place(conversation), keys.agentToken));

  /** Waits until the conversation is as wanted; fails with what it was like instead. */
  async function until(conversation: string, wanted: (found: ConversationDetail) => boolean, what: string) {
    let last: ConversationDetail | undefined;
    const read = async (): Promise<ConversationDetail | undefined> => {
      last = await detail(conversation).catch(() => undefined);
      return last !== undefined && wanted(last) ? last : undefined;
    };
    return poll(read, PATIENCE_MS, what).catch((error: Error) => {
      throw new Error(`${error.message}; it was ${JSON.stringify(last, null, 1)}`);
    });
  }

  /** The assist that holds the message, once there is one. */
  const assistOf = (conversation: string, messageId: string): Promise<Assist> =>
    poll(
      async () => (await assists(conversation)).find((assist) => assist.messageIds.some((held) => held === messageId)),
      PATIENCE_MS,
      `the assist of ${messageId}`,
    );

  async function ask(content: Content | string, conversation = conversationId()): Promise<Assist> {
    const { messageId, answer } = await message({ type: 'customer', id: 'u-1' }, conversation, content);
    if (answer.status !== 202) throw new Error(`the webhook answered ${answer.status}: ${await answer.text()}`);
    return assistOf(conversation, messageId);
  }

  async function imported(format: string, file: string | Uint8Array, path = 'knowledge'): Promise<ImportReport> {
    const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
    const url = `/v1/${path}/imports?format=${format}`;
    const queued = z.object({ id: z.string() }).parse(await api.call('POST', url, keys.managerToken, bytes));
    return poll(
      async () => {
        const read = await api.call('GET', `/v1/${path}/imports/${queued.id}`, keys.managerToken);
        const report = ImportReport.parse(read);
        return report.status === 'done' || report.status === 'failed' ? report : undefined;
      },
      PATIENCE_MS,
      'the import',
    );
  }

  /** Releases the draft and waits until that has come to an end, whichever. */
  async function release(request: object = {}): Promise<Release> {
    const begun = Release.parse(await api.call('POST', '/v1/knowledge/releases', keys.managerToken, request));
    return poll(
      async () => {
        const now = Release.parse(await api.call('GET', `/v1/knowledge/releases/${begun.id}`, keys.managerToken));
        return now.status === 'compiling' || now.status === 'gating' ? undefined : now;
      },
      2 * PATIENCE_MS,
      'the release',
    );
  }

  async function live(): Promise<string | undefined> {
    const found = await api.call('GET', '/v1/knowledge/releases', keys.managerToken);
    return z
      .object({ items: z.array(Release) })
      .parse(found)
      .items.find(({ status }) => status === 'live')?.id;
  }

  return {
    id,
    keys,
    event,
    message,
    assists,
    detail,
    until,
    assistOf,
    ask,
    imported,
    release,
    live,
    /** Says something as a customer; the answer of the webhook comes with it. */
    say: (conversation: string, content: Content | string) =>
      message({ type: 'customer', id: 'u-1' }, conversation, content),
    agentWrites: (conversation: string, content: Content | string, agent = 'lei') =>
      message({ type: 'agent', id: agent }, conversation, content),
    preview: async (request: object): Promise<Assist> =>
      Assist.parse(await api.call('POST', '/v1/assist/preview', keys.managerToken, request)),
    act: (conversation: string, action: string, body: object = {}): Promise<unknown> =>
      api.call('POST', `${place(conversation)}/${action}`, keys.agentToken, body),
    manage: (method: string, path: string, body?: unknown): Promise<unknown> =>
      api.call(method, path, keys.managerToken, body),
    /** Changes settings and waits until every instance has noticed. */
    async change(settings: object): Promise<void> {
      await api.call('PATCH', `/v1/tenants/${id}`, keys.adminToken, settings);
      await pause(SETTINGS_MS);
    },
  };
}
