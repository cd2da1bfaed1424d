import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ConversationView } from '../lib/domain/contract/desk.ts';
import { awaitsAnswer, saidOnlyThanks } from './awaits.ts';
import { type Kept, keep, readKept } from './kept.ts';
import type { ListName, Reader } from './reader.ts';
import { isUnread, LIST_OF, type Section, type SectionId, type Seen, sectionsOf } from './sections.ts';

export type QueueStore = {
  search: Signal<string>;
  /** Sections of which only the heading is shown. */
  folded: Signal<ReadonlySet<SectionId>>;
  seen: ReadonlySignal<Seen>;
  sections: ReadonlySignal<readonly Section[]>;
  section(id: SectionId): readonly ConversationView[];
  fold(id: SectionId): void;
  /** It has been read at least once: what is empty before that tells nothing. */
  isRead(id: SectionId): boolean;
  /** There are more than were read. */
  hasMore(id: SectionId): boolean;
  showMoreOf(id: SectionId): Promise<void>;
  /** The conversations as they stand in the list, folded ones left out. */
  inOrder: ReadonlySignal<readonly ConversationView[]>;
  unreadMine: ReadonlySignal<readonly ConversationView[]>;
  /** The first that wants this agent: an offer, an own one that wants an answer, who waits; a mere "thanks" comes last. */
  needing(except: string | undefined): ConversationView | undefined;
};

type Dependencies = {
  reader: Pick<Reader, 'heads' | 'lists' | 'followed' | 'rereadQueue' | 'showMore'>;
  me: ReadonlySignal<string | undefined>;
  openId: ReadonlySignal<string | undefined>;
  /** Whether somebody looks at the page. */
  looking: ReadonlySignal<boolean>;
  kept: Kept;
};

/** So many conversations are remembered as seen. */
const MOST_SEEN = 500;
const LAZY: readonly ListName[] = ['others', 'closed'];

/** What stands in the left column, and in which order. */
export function createQueueStore({ reader, me, openId, looking, kept }: Dependencies): QueueStore {
  const search = signal('');
  const folded = signal<ReadonlySet<SectionId>>(new Set<SectionId>(['others', 'closed']));
  const seen = signal<Seen>(readKept<Seen>(kept, 'cuecard.seen') ?? {});
  const sections = computed(() =>
    sectionsOf(reader.heads.value, { me: me.value, seen: seen.value, search: search.value.trim() }),
  );
  const section = (id: SectionId) => sections.value.find((one) => one.id === id)?.items ?? [];
  const isShown = ({ id }: Section) => !folded.value.has(id) || search.value !== '';
  const inOrder = computed(() => sections.value.filter(isShown).flatMap(({ items }) => items));

  effect(() => {
    const open = reader.heads.value[openId.value ?? ''];
    if (open === undefined || !looking.value || !isUnread(open, seen.peek())) return;
    const { [open.id]: _, ...others } = seen.peek();
    const newest = Object.entries(others).slice(-MOST_SEEN);
    seen.value = { ...Object.fromEntries(newest), [open.id]: open.customerSeq };
    keep(kept, 'cuecard.seen', seen.peek());
  });
  return {
    ...{ search, folded, seen, sections, section, inOrder },
    unreadMine: computed(() => section('mine').filter((head) => isUnread(head, seen.value))),
    fold(id) {
      const next = new Set(folded.value);
      if (!next.delete(id)) next.add(id);
      folded.value = next;
      const list = LIST_OF[id];
      if (!LAZY.includes(list)) return;
      const followed = new Set(reader.followed.value);
      if (next.has(id)) followed.delete(list);
      else followed.add(list);
      reader.followed.value = followed;
      void reader.rereadQueue().catch(() => undefined);
    },
    isRead: (id) => reader.lists.value[LIST_OF[id]] !== undefined,
    hasMore: (id) => id !== 'offered' && reader.lists.value[LIST_OF[id]]?.cursor !== undefined,
    showMoreOf: (id) => reader.showMore(LIST_OF[id]),
    needing(except) {
      const unanswered = section('mine').filter(awaitsAnswer);
      const thanked = unanswered.filter(saidOnlyThanks);
      const asking = unanswered.filter((head) => !thanked.includes(head));
      // What one has just passed on is for somebody else.
      const others = section('waiting').filter(
        ({ handoff }) => handoff?.from === undefined || handoff.from !== me.value,
      );
      return [...section('offered'), ...asking, ...others, ...thanked].find(({ id }) => id !== except);
    },
  };
}
