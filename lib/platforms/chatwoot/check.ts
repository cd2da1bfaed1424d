/** Whether a connection works, in words for who set it up. */
import type { ChatwootCheck, ChatwootSettings } from '../../domain/chatwoot.ts';
import { CuecardError } from '../../domain/error.ts';
import type { ChatwootApi } from './api.ts';

type Problem = ChatwootCheck['problems'][number];

const said = (code: string, zh: string, en: string): Problem => ({ code, message: { zh, en } });

/** `has`: which secrets are set. */
export async function checkConnection(
  api: ChatwootApi,
  settings: ChatwootSettings,
  has: { webhookSecret: boolean; botSecret: boolean },
): Promise<ChatwootCheck> {
  const problems = webhookProblems(settings, has);
  try {
    const profile = await api.profile();
    const account = profile.accounts?.find(({ id }) => id === settings.accountId);
    const role = account?.role ?? undefined;
    const user = { id: profile.id, name: profile.name ?? '', ...(role === undefined ? {} : { role }) };
    const inboxes = (await api.inboxes()).map(({ id, name, channel_type }) => ({
      id,
      name: name ?? '',
      ...(channel_type == null ? {} : { channel: channel_type }),
    }));
    const missing = settings.inboxes.filter((id) => !inboxes.some((inbox) => inbox.id === id));
    const all = [...problems, ...missing.map(noInbox)];
    return { ok: all.length === 0, user, inboxes, problems: all };
  } catch (error) {
    return { ok: false, inboxes: [], problems: [asked(error), ...problems] };
  }
}

const noInbox = (id: number): Problem =>
  said('no_inbox', `这个令牌看不到收件箱 ${id}`, `this token sees no inbox ${id}`);

function webhookProblems(
  { verify }: ChatwootSettings,
  { webhookSecret, botSecret }: { webhookSecret: boolean; botSecret: boolean },
): Problem[] {
  if (verify !== 'required' || webhookSecret || botSecret) return [];
  return [
    said(
      'no_secret',
      '还没有填写 webhook 密钥：在填写之前，收到的事件都会被拒绝',
      'no webhook secret is set yet: until it is, every event is refused',
    ),
  ];
}

function asked(error: unknown): Problem {
  const kind = error instanceof CuecardError ? error.kind : 'unavailable';
  if (kind === 'forbidden') {
    return said('refused', 'Chatwoot 不接受这个令牌（401/403）', 'Chatwoot does not take this token (401/403)');
  }
  if (kind === 'not_found') {
    return said('not_found', '这个地址下没有该账号（404）', 'there is no such account at this address (404)');
  }
  if (kind === 'rate_limited') {
    return said(
      'rate_limited',
      'Chatwoot 正在限流，请稍后再试',
      'Chatwoot is limiting requests; try again in a minute',
    );
  }
  return said('unreachable', '这个地址没有 Chatwoot 应答', 'nothing that speaks like Chatwoot answers at this address');
}
