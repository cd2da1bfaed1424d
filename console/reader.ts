import { type Signal, signal } from '@preact/signals';
import type { ConversationDetail, ConversationView } from '../lib/domain/contract/desk.ts';
import { type Api, ApiError, type Filter, type Page } from './api.ts';
import { coalesce } from './coalesce.ts';

export type Reader = {
  filter: Signal<Filter>;
  queue: Signal<ConversationView[]>;
  cursor: Signal<string | undefined>;
  /** Conversations read so far, by id. */
  known: Signal<Record<string, ConversationDetail>>;
  rereadQueue(): Promise<void>;
  reread(id: string): Promise<void>;
  showMore(): Promise<void>;
};

type Dependencies = {
  api: Pick<Api, 'list' | 'conversation'>;
  onRead: (conversation: ConversationDetail) => void;
  /** Conversations of this agent's own were read. */
  onMine: (mine: readonly ConversationView[]) => void;
  /** The token is no longer accepted. */
  onSignedOut: () => void;
};

const OWNERS = ['queue', 'me', 'bot'] as const;

/** Waiting first, then mine, then the bot's: three lists, since every conversation is kept under its owner. */
function together(pages: readonly Page[]): Page {
  const items = pages.flatMap((page) => page.items);
  return { items: items.filter(({ id }, index) => items.findIndex((other) => other.id === id) === index) };
}

/** Reads the queue and conversations again, each at most once at a time, and never goes back to an older version. */
export function createReader({ api, onRead, onMine, onSignedOut }: Dependencies): Reader {
  const filter = signal<Filter>('all');
  const queue = signal<ConversationView[]>([]);
  const cursor = signal<string | undefined>(undefined);
  const known = signal<Record<string, ConversationDetail>>({});
  const readers = new Map<string, () => Promise<void>>();

  const refused = (error: unknown): never => {
    if (error instanceof ApiError && error.status === 401) onSignedOut();
    throw error;
  };
  const listOne = async (owner: Exclude<Filter, 'all'>, from?: string): Promise<Page> => {
    const page = await api.list(owner, from).catch(refused);
    if (owner === 'me') onMine(page.items);
    return page;
  };
  const list = async (owner: Filter, from?: string): Promise<Page> =>
    owner === 'all' ? together(await Promise.all(OWNERS.map((one) => listOne(one)))) : listOne(owner, from);

  async function read(id: string): Promise<void> {
    const fresh = await api.conversation(id).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 404) return undefined;
      return refused(error);
    });
    const before = known.value[id];
    if (fresh === undefined || (before !== undefined && before.head.version > fresh.head.version)) return;
    known.value = { ...known.value, [id]: fresh };
    queue.value = queue.value.map((head) => (head.id === id ? fresh.head : head));
    onRead(fresh);
  }

  return {
    filter,
    queue,
    cursor,
    known,
    rereadQueue: coalesce(async () => {
      const asked = filter.value;
      const page = await list(asked);
      if (asked !== filter.value) return;
      queue.value = page.items;
      cursor.value = page.cursor;
    }),
    reread(id) {
      const reader = readers.get(id) ?? coalesce(() => read(id));
      readers.set(id, reader);
      return reader();
    },
    async showMore() {
      const page = await list(filter.value, cursor.value);
      queue.value = [...queue.value, ...page.items];
      cursor.value = page.cursor;
    },
  };
}
