import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ConversationDetail, ConversationView } from '../lib/domain/contract/desk.ts';
import type { AgentView } from '../lib/domain/routing.ts';
import { type Api, ApiError, type Page } from './api.ts';
import { coalesce } from './coalesce.ts';
import { type Heads, newest, sameWhereUnchanged } from './heads.ts';
import type { Hint } from './live.ts';

/** Conversations are kept under their owner: a list each. The others' and the closed are read only while looked at. */
export type ListName = 'queue' | 'me' | 'bot' | 'others' | 'closed';
export type Lists = Partial<Record<ListName, Page>>;

export type Reader = {
  lists: Signal<Lists>;
  /** The lists that are kept fresh. */
  followed: Signal<ReadonlySet<ListName>>;
  /** The newest that is known of every conversation in the lists. */
  heads: ReadonlySignal<Heads>;
  /** Conversations read so far, by id. */
  known: Signal<Record<string, ConversationDetail>>;
  team: Signal<readonly AgentView[]>;
  /** Every list that is kept fresh. */
  rereadQueue(): Promise<void>;
  /** Whether a hint tells of what the lists, or the conversation itself as it was read, do not show yet. */
  isNews(hint: Hint, to: 'lists' | 'conversation'): boolean;
  /** After a hint: of what concerns this agent at once, of anything else as seldom as a team of so many can bear. */
  rereadAfter(hint: Hint): Promise<void>;
  reread(id: string): Promise<void>;
  readTeam(): Promise<void>;
  showMore(list: ListName): Promise<void>;
  /** A head as an answer told it; lists that are read later may still be older. */
  learn(head: ConversationView): void;
};

/** Told of a conversation as these tell of it, a desk that has this version of it has learnt nothing: it did it itself. */
const BY_VERSION: ReadonlySet<string> = new Set(['message', 'owner', 'offer', 'queue']);

type Dependencies = {
  api: Pick<Api, 'list' | 'conversation' | 'agents'>;
  /** This agent's id, once anything has told it. */
  me: ReadonlySignal<string | undefined>;
  onRead: (conversation: ConversationDetail) => void;
  /** Conversations of this agent's own were read. */
  onMine: (mine: readonly ConversationView[]) => void;
  /** The token is no longer accepted. */
  onSignedOut: () => void;
  pause: (ms: number) => Promise<void>;
};

/** So many conversations of one's own are read without being asked for, 200; of what all desks show, 50. */
const PAGES = { own: 2, others: 1 };
const PAGE_ITEMS = { own: 100, others: 50 };
/** Between two rereads of a list, and of one conversation, while hints rain. */
const LIST_PAUSE_MS = 400;
const ONE_PAUSE_MS = 100;
/** Between two rereads of a list for what is nobody's here: longer for each desk of the team that rereads it, too. */
const EACH_DESK_MS = 100;
const LONGEST_CALM_MS = 5_000;
/** The busiest agents whose conversations are listed with the others'. */
const MOST_OTHERS = 20;

/** Reads the lists and conversations again, each at most once at a time, and never goes back to an older version. */
export function createReader({ api, me, onRead, onMine, onSignedOut, pause }: Dependencies): Reader {
  const lists = signal<Lists>({});
  const followed = signal<ReadonlySet<ListName>>(new Set<ListName>(['queue', 'me', 'bot']));
  const known = signal<Record<string, ConversationDetail>>({});
  const learned = signal<Heads>({});
  const team = signal<readonly AgentView[]>([]);
  const readers = new Map<string, () => Promise<void>>();
  const pages = new Map<ListName, number>();
  let calmMs = LIST_PAUSE_MS;

  const refused = (error: unknown): never => {
    if (error instanceof ApiError && error.status === 401) onSignedOut();
    throw error;
  };
  const listOf = async (owner: string, most: number): Promise<Page> => {
    const limit = owner === 'me' ? PAGE_ITEMS.own : PAGE_ITEMS.others;
    const items: ConversationView[] = [];
    let cursor: string | undefined;
    for (let read = 0; read === 0 || (cursor !== undefined && read < most); read += 1) {
      const page = await api.list(owner, cursor, limit).catch(refused);
      items.push(...page.items);
      cursor = page.cursor;
    }
    return { items, ...(cursor === undefined ? {} : { cursor }) };
  };
  const readTeam = async () => {
    team.value = (await api.agents().catch(() => undefined))?.items ?? team.value;
  };
  /** What the team holds, agent by agent: there is no list of everybody's. */
  const others = async (): Promise<Page> => {
    await readTeam();
    const busy = team.value.filter(({ agentId, load }) => agentId !== me.value && load > 0).slice(0, MOST_OTHERS);
    const read = await Promise.all(busy.map(({ agentId }) => listOf(`agent:${agentId}`, 1)));
    return { items: read.flatMap(({ items }) => items) };
  };
  const pagesOf = (name: ListName) => pages.get(name) ?? (name === 'me' ? PAGES.own : PAGES.others);
  const readList = async (name: ListName): Promise<void> => {
    const page = await (name === 'others' ? others() : listOf(name, pagesOf(name)));
    if (name === 'me') onMine(page.items);
    const before = lists.value[name]?.items ?? [];
    lists.value = { ...lists.value, [name]: { ...page, items: sameWhereUnchanged(before, page.items) } };
  };

  const soon = perList((name) =>
    coalesce(
      () => readList(name),
      () => pause(LIST_PAUSE_MS),
    ),
  );
  const calmly = perList((name) =>
    coalesce(async () => {
      await readList(name);
      await pause(calmMs);
    }),
  );
  const heads = computed(() => newest(Object.values(lists.value), [learned.value, headsOf(known.value)]));
  /** The lists a conversation is in now and was in as far as this desk knows. */
  const listsWith = ({ conversationId, owner }: Hint): ListName[] => {
    if (owner === undefined) return [...followed.value];
    const before = heads.value[conversationId]?.owner;
    const names = new Set([owner, before].flatMap((one) => (one === undefined ? [] : [listOfOwner(one, me.value)])));
    return [...followed.value].filter((name) => names.has(name));
  };
  const isOurs = ({ conversationId, owner, offeredTo }: Hint): boolean => {
    const before = heads.value[conversationId];
    const agents = [owner, before?.owner, `agent:${offeredTo}`, `agent:${before?.offer?.agentId}`];
    return owner === undefined || agents.includes(`agent:${me.value}`);
  };

  async function read(id: string): Promise<void> {
    const fresh = await api.conversation(id).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 404) return undefined;
      return refused(error);
    });
    const before = known.value[id];
    if (fresh === undefined || (before !== undefined && before.head.version > fresh.head.version)) return;
    known.value = { ...known.value, [id]: fresh };
    onRead(fresh);
  }

  return {
    ...{ lists, followed, known, team, readTeam },
    heads,
    async rereadQueue() {
      await Promise.all([...followed.value].map(soon));
    },
    isNews({ conversationId, kind, version }, to) {
      const head = to === 'lists' ? heads.value[conversationId] : known.value[conversationId]?.head;
      return !BY_VERSION.has(kind) || (head?.version ?? 0) < version;
    },
    async rereadAfter(hint) {
      // How a reply fared is in no list.
      if (hint.kind === 'delivery') return;
      calmMs = Math.min(LONGEST_CALM_MS, Math.max(LIST_PAUSE_MS, EACH_DESK_MS * (hint.desks ?? 1)));
      await Promise.all(listsWith(hint).map(isOurs(hint) ? soon : calmly));
    },
    reread(id) {
      const reader =
        readers.get(id) ??
        coalesce(
          () => read(id),
          () => pause(ONE_PAUSE_MS),
        );
      readers.set(id, reader);
      return reader();
    },
    async showMore(name) {
      pages.set(name, pagesOf(name) + 1);
      await readList(name);
    },
    learn(head) {
      learned.value = { ...learned.value, [head.id]: head };
    },
  };
}

const perList = (make: (name: ListName) => () => Promise<void>): ((name: ListName) => Promise<void>) => {
  const made = new Map<ListName, () => Promise<void>>();
  return (name) => {
    const run = made.get(name) ?? make(name);
    made.set(name, run);
    return run();
  };
};

function listOfOwner(owner: string, me: string | undefined): ListName {
  if (owner === 'queue' || owner === 'bot' || owner === 'closed') return owner;
  return owner === `agent:${me}` ? 'me' : 'others';
}

function headsOf(known: Record<string, ConversationDetail>): Heads {
  return Object.fromEntries(Object.entries(known).map(([id, { head }]) => [id, head]));
}
