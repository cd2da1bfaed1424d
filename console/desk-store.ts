import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ConversationDetail, ConversationView } from '../lib/domain/contract/desk.ts';
import { type Api, ApiError, type Filter } from './api.ts';
import { type CardStore, createCardStore, type Timers } from './card-store.ts';
import { createDrafting, type Drafting } from './drafting.ts';
import type { Hint } from './live.ts';
import { createReader, type Reader } from './reader.ts';
import { createReplyDrafts, type ReplyDrafts } from './reply-drafts.ts';
import { createSummaries, type Summaries } from './summaries.ts';
import { fill, words } from './words/words.ts';

type Notice = { tone: 'good' | 'bad'; text: string };
type Verb = 'claim' | 'release' | 'close';

type Dependencies = Timers & { api: Api; newId: () => string; onSignedOut: () => void };

/** What is on the desk, and everything the agent can do there, without a line of markup. */
export type Desk = Omit<Reader, 'rereadQueue' | 'showMore'> &
  Omit<CardStore, 'offer'> &
  Pick<ReplyDrafts, 'draft' | 'insert' | 'insertSuggestion' | 'insertPhrase' | 'type'> &
  Drafting &
  Summaries & {
    openId: Signal<string | undefined>;
    open: ReadonlySignal<ConversationDetail | undefined>;
    /** This agent's id, once anything has told it. */
    me: Signal<string | undefined>;
    sending: Signal<boolean>;
    notice: Signal<Notice | undefined>;
    setFilter(filter: Filter): void;
    showMore(): Promise<void>;
    select(id: string): Promise<void>;
    /** Opens the conversation you play and keeps reading it; it is there once its first message has been announced. */
    follow(id: string): void;
    step(by: 1 | -1): void;
    onHint(hint: Hint): void;
    rereadAll(): Promise<void>;
    change(verb: Verb): Promise<void>;
    /** Passes the conversation on to those with this skill. */
    transfer(skill: string): Promise<void>;
    send(): Promise<void>;
  };

const quietly = (work: Promise<unknown>) => void work.catch(() => undefined);

/** Runs what the agent asked for, and says so when it failed. */
function createAttempt(later: Timers['later'], onSignedOut: () => void, onConflict: () => void) {
  const notice = signal<Notice | undefined>(undefined);
  const say = (tone: Notice['tone'], text: string) => {
    const said = { tone, text };
    notice.value = said;
    const clear = () => {
      if (notice.value === said) notice.value = undefined;
    };
    later(clear, tone === 'good' ? 3_000 : 8_000);
  };
  const explain = (error: unknown): string => {
    const { conflict, failed, unreachable } = words.value.ui;
    if (!(error instanceof ApiError)) return fill(failed, { detail: unreachable });
    return error.status === 409 ? conflict : fill(failed, { detail: error.message });
  };
  const fail = (error: unknown, status: number) => {
    if (status === 401) return onSignedOut();
    say('bad', explain(error));
    if (status === 409) onConflict();
  };
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      fail(error, error instanceof ApiError ? error.status : 0);
    }
  };
  return { notice, say, attempt };
}

export function createDesk({ api, now, later, newId, onSignedOut }: Dependencies): Desk {
  const openId = signal<string | undefined>(undefined);
  const me = signal<string | undefined>(undefined);
  const sending = signal(false);
  const cards = createCardStore(api, { now, later });
  const reader = createReader({
    api,
    onSignedOut,
    onMine: ([first]) => {
      me.value = ownerAgent(first) ?? me.value;
    },
    onRead: (conversation) => {
      if (conversation.head.id === openId.value) cards.offer(conversation);
    },
  });
  const { reread, rereadQueue, known, queue, cursor, filter } = reader;
  let watched: string | undefined;
  /** The reply last tried: sent again unchanged it keeps its id, so a lost answer never doubles a message. */
  let tried = { id: '', text: '', clientId: '' };
  const inSight = () => [...new Set([openId.value, watched])].filter((id) => id !== undefined);
  /** False while the conversation you play has not been announced: reading it would only be refused. */
  const exists = (id: string) =>
    known.value[id] !== undefined || filter.value !== 'all' || queue.value.some((head) => head.id === id);
  const rereadInSight = () => Promise.all(inSight().map(reread));
  const { notice, say, attempt } = createAttempt(later, onSignedOut, () => quietly(rereadInSight()));
  const open = computed(() => known.value[openId.value ?? '']);
  const replies = createReplyDrafts(openId, api, cards);
  const drafting = createDrafting({ api, openId, replies });
  const onNoModel = () => {
    drafting.canDraft.value = false;
  };

  /** After a change of ours: whose it is now, and how it looks. */
  const changed = async (id: string, head: ConversationView | undefined, mine: boolean) => {
    if (mine) me.value = ownerAgent(head) ?? me.value;
    quietly(rereadQueue());
    await reread(id);
  };
  const show = (id: string) => {
    replies.swap(id);
    openId.value = id;
    cards.offer(known.value[id]);
  };
  const select = async (id: string) => {
    if (id === openId.value) return;
    show(id);
    await attempt(() => reread(id));
  };
  const send = async () => {
    const [id, { text, origin }] = [openId.value, replies.draft.value];
    if (id === undefined || text.trim() === '' || sending.value) return;
    sending.value = true;
    const ids = origin === undefined ? {} : { assistId: origin.assistId, suggestionId: origin.suggestionId };
    if (tried.id !== id || tried.text !== text) tried = { id, text, clientId: newId() };
    const reply = { text: text.trim(), clientId: tried.clientId, ...ids };
    const answer = await api.reply(id, reply).finally(() => {
      sending.value = false;
    });
    tried = { id: '', text: '', clientId: '' };
    replies.sent(id);
    drafting.drafted.value = undefined;
    if (origin !== undefined) quietly(api.feedback(origin.assistId, outcome(origin, reply.text)));
    await changed(id, answer?.head, true);
  };
  const transfer = async (skill: string) => {
    const id = openId.value;
    if (id === undefined) return;
    const answer = await api.transfer(id, skill);
    say('good', words.value.ui.transferred);
    await changed(id, answer?.head, false);
  };
  const change = async (verb: Verb) => {
    const id = openId.value;
    if (id === undefined) return;
    const answer = await api.change(id, verb);
    const { claimed, released, closed } = words.value.ui;
    say('good', { claim: claimed, release: released, close: closed }[verb]);
    await changed(id, answer?.head, verb === 'claim');
  };

  return {
    ...{ openId, me, sending, notice, known, queue, cursor, filter, reread, select },
    ...{ card: cards.card, waiting: cards.waiting, hold: cards.hold },
    ...replies,
    ...createSummaries({ api, open, later, onNoModel }),
    ...drafting,
    open,
    draftFrom: (place) => attempt(() => drafting.draftFrom(place)),
    setFilter(next) {
      filter.value = next;
      quietly(rereadQueue());
    },
    showMore: () => attempt(reader.showMore),
    follow(id) {
      watched = id;
      show(id);
    },
    step(by) {
      const at = queue.value.findIndex(({ id }) => id === openId.value);
      const next = queue.value[at === -1 ? 0 : at + by];
      if (next !== undefined) void select(next.id);
    },
    onHint(hint) {
      quietly(rereadQueue());
      if (inSight().includes(hint.conversationId)) quietly(reread(hint.conversationId));
    },
    async rereadAll() {
      await rereadQueue();
      await Promise.all(inSight().filter(exists).map(reread));
    },
    change: (verb) => attempt(() => change(verb)),
    transfer: (skill) => attempt(() => transfer(skill)),
    send: () => attempt(send),
  };
}

/** Whether a suggestion went out as it was. */
function outcome(origin: { suggestionId: string; text: string }, sentText: string) {
  const event = sentText === origin.text.trim() ? 'used' : 'edited';
  return { suggestionId: origin.suggestionId, event, sentText } as const;
}

function ownerAgent(head: ConversationView | undefined): string | undefined {
  return head?.owner.startsWith('agent:') === true ? head.owner.slice('agent:'.length) : undefined;
}
