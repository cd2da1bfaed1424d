import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ConversationView } from '../lib/domain/contract/desk.ts';
import type { FactChange } from '../lib/domain/contract/desk-actions.ts';
import type { WarningKind } from '../lib/domain/contract/desk-tools.ts';
import type { Message } from '../lib/domain/message.ts';
import { type Api, ApiError } from './api.ts';
import { cardsIn, type Draft } from './draft.ts';
import { type Kept, keep, readKept } from './kept.ts';
import { refusalWords } from './refused-words.ts';
import { renewed } from './renew-draft.ts';
import type { ReplyDrafts } from './reply-drafts.ts';
import type { Consent, Seams } from './seams.ts';

/** A reply that has left the agent's hands and is not yet in the transcript. */
export type Outgoing = {
  conversationId: string;
  draft: Draft;
  /** Sent again it is the same message: a lost answer never doubles it. */
  clientId: string;
  at: number;
  /** The newest message that was there when it was sent. */
  after?: string | undefined;
  /** `waiting`: for the connection, or behind another one. `refused`: it stands here because something else is being written. */
  state: 'sending' | 'waiting' | 'refused';
  why?: string;
  /** Sent in spite of these warnings. */
  warned?: readonly WarningKind[];
};
/** Facts on the cards of a reply that changed since the agent saw them. */
type Changes = { conversationId: string; changes: readonly FactChange[] };
type Tried = { text: string; clientId: string; warned?: readonly WarningKind[] };
type SendOptions = { checked?: boolean; confirmed?: boolean };

export type Sending = {
  outgoing: Signal<readonly Outgoing[]>;
  /** A reply is being looked at or is on its way. */
  sending: ReadonlySignal<boolean>;
  changes: Signal<Changes | undefined>;
  send(options?: SendOptions): Promise<void>;
  /** Tries again what waits for the connection, in order. */
  flush(): Promise<void>;
  retry(one: Outgoing): Promise<void>;
  /** Back into the reply, to be edited or thrown away. */
  takeBack(one: Outgoing): void;
};

type Dependencies = {
  api: Pick<Api, 'reply' | 'feedback'>;
  openId: ReadonlySignal<string | undefined>;
  replies: Pick<ReplyDrafts, 'draft' | 'sent' | 'putBack'>;
  beforeSend: Seams['beforeSend'];
  kept: Kept;
  now: () => number;
  lastMessage: (id: string) => string | undefined;
  newId: () => string;
  /** A reply arrived: rereads what it changed. */
  onSent: (id: string, head: ConversationView | undefined) => Promise<void>;
  /** Why a reply that waited must not go any more: somebody else has taken the conversation meanwhile. */
  whyNot: (id: string) => string | undefined;
};

/** Sends replies, one at a time in each conversation, and loses none: not by a refusal, a dead network or a reload. */
export function createSending(deps: Dependencies): Sending {
  const { api, openId, replies, kept, now, newId } = deps;
  const found = readKept<Outgoing[]>(kept, 'cuecard.outgoing') ?? [];
  const outgoing = signal<readonly Outgoing[]>(found.map(asWaiting));
  const checking = signal(false);
  const changes = signal<Changes | undefined>(undefined);
  /** What was tried last, by conversation: unchanged it keeps its id, and what it was sent in spite of. */
  const tried = new Map<string, Tried>();

  const put = (next: readonly Outgoing[]) => {
    outgoing.value = next;
    keep(kept, 'cuecard.outgoing', next);
  };
  const without = (one: Outgoing) => outgoing.value.filter(({ clientId }) => clientId !== one.clientId);
  const mark = (one: Outgoing, state: Outgoing['state'], why?: string) =>
    put(
      outgoing.value.map((other) =>
        other.clientId === one.clientId ? { ...other, state, ...(why === undefined ? {} : { why }) } : other,
      ),
    );
  const triedAs = (id: string, text: string, consent: Consent | undefined): Tried => {
    const before = tried.get(id);
    const known = before?.text === text ? before : { text, clientId: newId() };
    const one = consent === undefined ? known : { ...known, ...consent };
    tried.set(id, one);
    return one;
  };
  /** Undefined where it is held back. */
  const looked = async (conversationId: string, text: string): Promise<{ consent?: Consent } | undefined> => {
    const ask = deps.beforeSend.value;
    if (ask === undefined) return {};
    checking.value = true;
    // A check that cannot be made holds nobody up.
    const goes = await ask({ conversationId, text }).catch(() => true);
    checking.value = false;
    if (goes === false || openId.value !== conversationId || replies.draft.value.text.trim() !== text) return undefined;
    return goes === true ? {} : { consent: goes };
  };
  const refuse = (one: Outgoing, error: ApiError) => {
    const { conversationId, draft } = one;
    const changed = error.problem['changes'] as FactChange[] | undefined;
    if (replies.putBack(conversationId, renewed(draft, changed ?? []))) put(without(one));
    else mark(one, 'refused', refusalWords(error));
    if (changed === undefined) throw error;
    changes.value = { conversationId, changes: changed };
  };
  const deliver = async (one: Outgoing, confirmed = false): Promise<void> => {
    const { conversationId, draft, clientId } = one;
    const isBehind = outgoing.value.find((other) => other.conversationId === conversationId)?.clientId !== clientId;
    if (isBehind) return mark(one, 'waiting');
    mark(one, 'sending');
    try {
      const answer = await api.reply(conversationId, { ...replyOf(one, confirmed), clientId });
      tried.delete(conversationId);
      reportUse(api, draft);
      await deps.onSent(conversationId, answer?.head).catch(() => undefined);
      put(without(one));
    } catch (error) {
      if (!(error instanceof ApiError)) return mark(one, 'waiting');
      return refuse(one, error);
    }
    const next = outgoing.value.find((other) => other.conversationId === conversationId && other.state === 'waiting');
    if (next !== undefined) await deliver(next);
  };
  const send = async ({ checked = false, confirmed = false }: SendOptions = {}): Promise<void> => {
    const [id, draft] = [openId.value, replies.draft.value];
    const text = draft.text.trim();
    if (id === undefined || text === '' || checking.value) return;
    // Without anything to ask it leaves at once, within the key press.
    const isAsked = !checked && deps.beforeSend.value !== undefined;
    const look = isAsked ? await looked(id, text) : {};
    if (look === undefined) return;
    changes.value = undefined;
    const sent = { at: now(), after: deps.lastMessage(id), state: 'sending' } as const;
    const { clientId, warned } = triedAs(id, text, look.consent);
    const inSpite = warned === undefined ? {} : { warned };
    const one: Outgoing = { conversationId: id, draft, clientId, ...sent, ...inSpite };
    put([...without(one), one]);
    replies.sent(id);
    await deliver(one, confirmed);
  };
  const again = async (one: Outgoing): Promise<void> => {
    const why = deps.whyNot(one.conversationId);
    if (why !== undefined) return mark(one, 'refused', why);
    await deliver(one);
  };
  return {
    outgoing,
    sending: computed(
      () =>
        checking.value ||
        outgoing.value.some(({ conversationId, state }) => conversationId === openId.value && state === 'sending'),
    ),
    changes,
    send,
    async flush() {
      for (const one of outgoing.value.filter(({ state }) => state === 'waiting')) await again(one);
    },
    retry: (one) => deliver(one),
    takeBack(one) {
      if (replies.putBack(one.conversationId, one.draft)) put(without(one));
    },
  };
}

/** It stands in the transcript already: a hint may be faster than the answer to the call that sent it. */
export function hasArrived({ after, draft }: Outgoing, messages: readonly Message[]): boolean {
  const from = messages.findIndex(({ id }) => id === after) + 1;
  return messages.slice(from).some(({ author, text }) => author.type === 'agent' && text === draft.text.trim());
}

const asWaiting = (one: Outgoing): Outgoing => (one.state === 'sending' ? { ...one, state: 'waiting' } : one);

function replyOf({ draft, warned = [] }: Outgoing, confirmed: boolean) {
  const { origin } = draft;
  const cards = cardsIn(draft);
  return {
    text: draft.text.trim(),
    ...(origin === undefined ? {} : { assistId: origin.assistId, suggestionId: origin.suggestionId }),
    ...(cards.length === 0 ? {} : { cards }),
    ...(confirmed ? { confirmed } : {}),
    ...(warned.length === 0 ? {} : { warned: [...warned] }),
  };
}

/** Whether a suggestion went out as it was. */
function reportUse(api: Pick<Api, 'feedback'>, { origin, text }: Draft): void {
  if (origin === undefined) return;
  const sentText = text.trim();
  const event = sentText === origin.text.trim() ? 'used' : 'edited';
  void api.feedback(origin.assistId, { suggestionId: origin.suggestionId, event, sentText }).catch(() => undefined);
}
