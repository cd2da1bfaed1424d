/** What is kept of who saw and did what. It never stands in the way of what they do. */
import type { AccessAction, AccessEvent } from '../domain/access.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Caller } from '../domain/tenant.ts';

export type AccessLogDeps = {
  put(tenant: TenantId, event: AccessEvent): Promise<void>;
  /** Told of what could not be kept. */
  failed(error: unknown): void;
  now(): number;
};

type About = { conversation?: string | undefined; subject?: string | undefined; detail?: string | undefined };

/** Reads that this instance has noted: a desk that rereads on every hint writes once an hour. */
const REMEMBERED = 20_000;
/** Refused looks of one person that an instance keeps in an hour: enough to be seen, and no way to fill the table. */
const REFUSED_AN_HOUR = 20;

export function accessLog(deps: AccessLogDeps) {
  const noted = new Set<string>();
  const isNews = (key: string): boolean => {
    if (noted.has(key)) return false;
    if (noted.size >= REMEMBERED) noted.clear();
    noted.add(key);
    return true;
  };
  const refusals = new Map<string, number>();
  /** Counts of other hours are forgotten. */
  const mayRefuse = (person: string, hour: string): boolean => {
    const key = `${hour} ${person}`;
    const before = refusals.get(key) ?? 0;
    if (before === 0) for (const known of refusals.keys()) if (!known.startsWith(hour)) refusals.delete(known);
    refusals.set(key, before + 1);
    return before < REFUSED_AN_HOUR;
  };
  const put = async (tenant: TenantId, event: AccessEvent): Promise<boolean> => {
    try {
      await deps.put(tenant, event);
      return true;
    } catch (error) {
      deps.failed(error);
      return false;
    }
  };
  return {
    /** Something was done. Never raises. */
    async note(
      tenant: TenantId,
      { agentId, role }: Pick<Caller, 'agentId' | 'role'>,
      action: AccessAction,
      about: About = {},
    ): Promise<void> {
      const known = Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined));
      await put(tenant, { at: new Date(deps.now()).toISOString(), by: agentId, role, action, ...known });
    },
    /** Somebody may not see or do this: one event a person, action, conversation and hour (UTC). Never raises. */
    async refused(
      tenant: TenantId,
      { agentId, role }: Pick<Caller, 'agentId' | 'role'>,
      action: AccessAction,
      about: Pick<About, 'conversation'> = {},
    ): Promise<void> {
      const at = new Date(deps.now()).toISOString();
      const hour = at.slice(0, 13);
      const { conversation } = about;
      const key = JSON.stringify(['refused', tenant, agentId, action, conversation, hour]);
      if (noted.has(key) || !mayRefuse(JSON.stringify([tenant, agentId]), hour) || !isNews(key)) return;
      const what = conversation === undefined ? {} : { conversation };
      const kept = await put(tenant, { at, by: agentId, role, action, outcome: 'refused', ...what });
      if (!kept) noted.delete(key);
    },
    /** A conversation was read: one event a person, conversation and hour (UTC). Never raises. */
    async read(
      tenant: TenantId,
      { agentId, role }: Pick<Caller, 'agentId' | 'role'>,
      conversation: string,
    ): Promise<void> {
      const at = new Date(deps.now()).toISOString();
      const key = JSON.stringify([tenant, agentId, conversation, at.slice(0, 13)]);
      if (!isNews(key)) return;
      const kept = await put(tenant, { at, by: agentId, role, action: 'conversation.read', conversation });
      if (!kept) noted.delete(key);
    },
  };
}
