import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Me } from '../lib/domain/access.ts';
import type { ConversationDetail, ConversationView } from '../lib/domain/contract/desk.ts';
import type { WrapUpDraft } from '../lib/domain/contract/desk-tools.ts';
import type { Api } from './api.ts';
import { type Attempt, createAttempt } from './attempt.ts';
import { type CardStore, createCardStore, type Timers } from './card-store.ts';
import { type CueTools, createCueTools } from './desk/cue-tools.ts';
import { agentName } from './desk/owner.ts';
import { createTools, type Tools } from './desk/tools.ts';
import type { ToolsApi } from './desk/tools-api.ts';
import { createDrafting, type Drafting } from './drafting.ts';
import type { Kept } from './kept.ts';
import type { Hint } from './live.ts';
import { createMoves, type Moves } from './moves.ts';
import { createSending, type Sending } from './outgoing.ts';
import { createPresence, type PresenceStore } from './presence.ts';
import { createQueueStore, type QueueStore } from './queue-store.ts';
import { createReader, type Reader } from './reader.ts';
import { createReplyDrafts, type ReplyDrafts } from './reply-drafts.ts';
import { createSeams, type Seams } from './seams.ts';
import { createSummaries, type Summaries } from './summaries.ts';
import { fill, words } from './words/words.ts';

type Dependencies = Timers & {
  api: Api & ToolsApi;
  newId: () => string;
  pause: (ms: number) => Promise<void>;
  onSignedOut: () => void;
  /** What outlives a reload. */
  kept: Kept;
  /** Whether somebody looks at the page. */
  looking?: ReadonlySignal<boolean>;
};
export type Asking = 'transfer' | 'close' | 'help' | 'off';

/** What is on the desk, and everything the agent can do there, without a line of markup. */
export type Desk = Pick<Reader, 'known' | 'heads' | 'team' | 'reread' | 'readTeam'> &
  Omit<CardStore, 'offer'> &
  Omit<ReplyDrafts, 'sent' | 'putBack'> &
  QueueStore &
  Drafting &
  Summaries &
  Sending &
  PresenceStore &
  Moves &
  Seams &
  Pick<Attempt, 'notice'> & {
    cue: CueTools;
    tools: Tools;
    openId: Signal<string | undefined>;
    open: ReadonlySignal<ConversationDetail | undefined>;
    /** This agent's id, once anything has told it. */
    me: Signal<string | undefined>;
    /** Who is signed in, where the server says so. */
    person: Signal<Me | undefined>;
    /** The dialog that is open. */
    asking: Signal<Asking | undefined>;
    ask(what: Asking | undefined): void;
    /** A note on how the open conversation went; none where none can be made. */
    draftWrapUp(): Promise<WrapUpDraft | undefined>;
    select(id: string): Promise<void>;
    /** Opens the conversation you play and keeps reading it; it is there once its first message has been announced. */
    follow(id: string): void;
    step(by: 1 | -1): void;
    nextNeeding(): void;
    onHint(hint: Hint): void;
    rereadAll(): Promise<void>;
  };

const quietly = (work: Promise<unknown>) => void work.catch(() => undefined);
const ALWAYS = signal(true);

export function createDesk({ api, now, later, newId, pause, onSignedOut, kept, looking = ALWAYS }: Dependencies): Desk {
  const openId = signal<string | undefined>(undefined);
  const me = signal<string | undefined>(undefined);
  const person = signal<Me | undefined>(undefined);
  const asking = signal<Asking | undefined>(undefined);
  const cards = createCardStore({ now, later });
  const reader = createReader({
    ...{ api, me, onSignedOut, pause },
    onMine: ([first]) => {
      me.value ??= ownerAgent(first);
    },
    onRead: (conversation) => {
      if (conversation.head.id === openId.value) cards.offer(conversation);
    },
  });
  const { reread, rereadQueue, known, heads } = reader;
  const open = computed(() => known.value[openId.value ?? '']);
  const headOf = (id = '') => heads.value[id] ?? known.value[id]?.head;
  let watched: string | undefined;
  const inSight = () => [...new Set([openId.value, watched])].filter((id) => id !== undefined);
  /** False while the conversation you play has not been announced: reading it would only be refused. */
  const exists = (id: string) => known.value[id] !== undefined || heads.value[id] !== undefined || id !== watched;
  const onConflict = () => quietly(Promise.all([rereadQueue(), ...inSight().map(reread)]));
  const { notice, say, attempt } = createAttempt({ later, onSignedOut, onConflict });

  const list = createQueueStore({ reader, me, openId, looking, kept });
  const replies = createReplyDrafts(openId, api, cards, kept);
  const drafting = createDrafting({ api, openId, replies });
  const onNoModel = () => {
    drafting.canDraft.value = false;
  };
  /** After a change of ours: whose it is now, and how it looks. */
  const changed = async (id: string, head: ConversationView | undefined, mine: boolean) => {
    if (mine) me.value ??= ownerAgent(head);
    if (head !== undefined) reader.learn(head);
    quietly(rereadQueue());
    await reread(id);
  };
  const seams = createSeams();
  const sending = createSending({
    ...{ api, openId, replies, kept, now, newId, beforeSend: seams.beforeSend },
    onSent(id, head) {
      if (drafting.drafted.value?.conversationId === id) drafting.drafted.value = undefined;
      return changed(id, head, true);
    },
    lastMessage: (id) => known.value[id]?.messages.at(-1)?.id,
    whyNot: (id) => takenWords(headOf(id), me.value),
  });
  const mine = computed(() => Object.values(heads.value).filter(({ owner }) => owner === `agent:${me.value}`));
  const presence = createPresence({ api, now, kept, mine, rereadQueue });
  const tryTo = (work: () => Promise<unknown>) => attempt(work);

  const cue = createCueTools({ api, open, card: cards.card, now, later });
  const tools = createTools({ api, openId, open, card: cards.card, replies, seams, sending, later, newId });

  const show = (id: string) => {
    openId.value = id;
    cards.offer(known.value[id]);
  };
  const nameOf = (id: string) => agentName(reader, id);
  const moves = createMoves({ api, openId, headOf, show, list, changed, say, now, nameOf });
  const select = async (id: string) => {
    if (id === openId.value) return;
    show(id);
    await attempt(() => reread(id));
  };
  const go = (head: ConversationView | undefined) => {
    if (head !== undefined) void select(head.id);
  };
  /** What was passed on is somebody else's: on to who needs this agent, or what is still held. */
  const moveOn = () => {
    if (list.section('mine').some(({ id }) => id === openId.value)) return;
    go(list.needing(openId.value) ?? list.section('mine')[0]);
  };
  const leaveDialog = () => {
    asking.value = undefined;
  };

  return {
    ...{ openId, open, me, person, asking, notice, known, heads, reread, select },
    ...{ team: reader.team, readTeam: reader.readTeam },
    ...{ card: cards.card, waiting: cards.waiting, hold: cards.hold, cue, tools },
    ...replies,
    ...list,
    ...createSummaries({ api, open, later, onNoModel }),
    ...drafting,
    ...seams,
    ...sending,
    ...presence,
    send: (options) => tryTo(() => sending.send(options)),
    retry: (one) => tryTo(() => sending.retry(one)),
    setPresence: (next) => tryTo(() => presence.setPresence(next)),
    draftFrom: (place) => tryTo(() => drafting.draftFrom(place)),
    showMoreOf: (id) => tryTo(() => list.showMoreOf(id)),
    take: () => tryTo(moves.take),
    release: () => tryTo(moves.release),
    answerOffer: (verb, id) => tryTo(() => moves.answerOffer(verb, id)),
    takeOver: () => tryTo(moves.takeOver),
    // What was written in a dialog stays there until it has arrived.
    transfer: (to, note) => tryTo(() => moves.transfer(to, note).then(leaveDialog).then(moveOn)),
    close: (wrapUp) => tryTo(() => moves.close(wrapUp).then(leaveDialog)),
    draftWrapUp: async () => (openId.value === undefined ? undefined : api.wrapUp(openId.value).catch(() => undefined)),
    ask(what) {
      asking.value = what === 'transfer' || what === 'close' ? moves.mayAsk(what, me.value) : what;
    },
    follow(id) {
      watched = id;
      show(id);
    },
    step(by) {
      const items = list.inOrder.value;
      const at = items.findIndex(({ id }) => id === openId.value);
      go(items[at === -1 ? 0 : at + by]);
    },
    nextNeeding: () => go(list.needing(openId.value)),
    onHint(hint) {
      quietly(presence.beat());
      if (reader.isNews(hint, 'lists')) quietly(reader.rereadAfter(hint));
      if (inSight().includes(hint.conversationId) && reader.isNews(hint, 'conversation'))
        quietly(reread(hint.conversationId));
    },
    async rereadAll() {
      await rereadQueue();
      await Promise.all(inSight().filter(exists).map(reread));
      quietly(attempt(sending.flush));
    },
  };
}

function ownerAgent(head: ConversationView | undefined): string | undefined {
  return head?.owner.startsWith('agent:') === true ? head.owner.slice('agent:'.length) : undefined;
}

/** A reply that waited must not take a conversation from whoever has it now. */
function takenWords(head: ConversationView | undefined, me: string | undefined): string | undefined {
  const agent = ownerAgent(head);
  if (head?.owner === 'closed') return words.value.ui.ownerClosed;
  return agent === undefined || agent === me ? undefined : fill(words.value.ui.ownerAgent, { name: agent });
}
