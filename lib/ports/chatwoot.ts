import type { ChatwootRecord, ChatwootSeen, SeenEvent } from '../domain/chatwoot.ts';
import type { TenantId } from '../domain/ids.ts';

/** A tenant's connection to its Chatwoot. */
export type ChatwootStore = {
  read(tenant: TenantId): Promise<ChatwootRecord | undefined>;
  /** The new one has the next version; `expected` undefined: none is stored. */
  put(tenant: TenantId, record: ChatwootRecord, expected: number | undefined): Promise<'ok' | 'conflict'>;
  /** With all that was seen of it. */
  remove(tenant: TenantId): Promise<void>;
  seen(tenant: TenantId): Promise<ChatwootSeen>;
  /** Notes what was seen; `trouble: null` ends one. Best effort: of two at once one event may be lost. */
  note(
    tenant: TenantId,
    news: Partial<Omit<ChatwootSeen, 'events' | 'trouble'>> & {
      event?: SeenEvent;
      trouble?: ChatwootSeen['trouble'] | null;
    },
  ): Promise<void>;
};
