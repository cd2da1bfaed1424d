import { type Signal, signal } from '@preact/signals';
import type { Suggestion } from '../../lib/domain/assist.ts';
import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import { type Api, ApiError } from '../api.ts';
import { createCardStore } from '../card-store.ts';
import { coalesce } from '../coalesce.ts';
import type { CueDesk } from '../desk/cue-desk.ts';
import { createCueTools } from '../desk/cue-tools.ts';
import type { ToolsApi } from '../desk/tools-api.ts';
import { visibleReplies } from '../visible.ts';

/** Words on their way into the reply, which is written on another page. */
type Out = { text: string; suggestionId?: string };

export type FrameDesk = CueDesk & {
  openId: Signal<string | undefined>;
  /** `unknown`: the platform shows a conversation that Cuecard has not heard of. */
  state: Signal<'none' | 'reading' | 'there' | 'unknown' | 'unreachable'>;
  show(conversationId: string): void;
  reread(): Promise<void>;
  onHint(hint: { conversationId: string }): void;
};

type Dependencies = {
  api: Pick<Api, 'conversation' | 'feedback' | 'draft'> & ToolsApi;
  now: () => number;
  later: (run: () => void, ms: number) => void;
  onInsert: (out: Out) => void;
  onSignedOut: () => void;
};

/** The card of one conversation, which another page names, without a desk around it. */
export function createFrameDesk({ api, now, later, onInsert, onSignedOut }: Dependencies): FrameDesk {
  const openId = signal<string | undefined>(undefined);
  const open = signal<ConversationDetail | undefined>(undefined);
  const state = signal<FrameDesk['state']['value']>('none');
  const canDraft = signal(true);
  const drafting = signal<string | undefined>(undefined);
  const cards = createCardStore({ now, later });
  const { card } = cards;

  const take = (fresh: ConversationDetail) => {
    if (fresh.head.id !== openId.peek()) return;
    const before = open.peek();
    if (before?.head.id === fresh.head.id && before.head.version > fresh.head.version) return;
    open.value = fresh;
    state.value = 'there';
    cards.offer(fresh);
  };
  const refuse = (id: string, error: unknown) => {
    const status = statusOf(error);
    if (status === 401) return onSignedOut();
    const isShown = open.peek() !== undefined || id !== openId.peek();
    if (!isShown) state.value = status === 404 ? 'unknown' : 'unreachable';
    // What keeps the card fresh has to know that nothing was reached.
    if (status === 0) throw error;
  };
  const reread = coalesce(async () => {
    const id = openId.peek();
    if (id === undefined) return;
    await api.conversation(id).then(take, (error: unknown) => refuse(id, error));
  });
  const chosen = (place: number): Suggestion | undefined => {
    const assist = card.peek();
    return assist === undefined ? undefined : visibleReplies(assist)[place];
  };
  const tellCopied = (suggestionId: string) => {
    const assistId = card.peek()?.id;
    if (assistId !== undefined) void api.feedback(assistId, { suggestionId, event: 'copied' }).catch(() => undefined);
  };
  return {
    ...{ openId, open, state, card, canDraft, drafting, reread },
    ...{ waiting: cards.waiting, hold: cards.hold },
    cue: createCueTools({ api, open, card, now, later }),
    show(id) {
      if (id === openId.peek()) return;
      openId.value = id;
      open.value = undefined;
      state.value = 'reading';
      cards.offer(undefined);
      void reread().catch(() => undefined);
    },
    onHint({ conversationId }) {
      if (conversationId === openId.peek()) void reread().catch(() => undefined);
    },
    insert: ({ text }) => onInsert({ text }),
    insertSuggestion(place) {
      const one = chosen(place);
      if (one === undefined) return;
      tellCopied(one.id);
      onInsert({ text: one.text, suggestionId: one.id });
    },
    insertPhrase() {
      const text = card.peek()?.next?.text;
      if (text !== undefined) onInsert({ text });
    },
    async draftFrom(place) {
      const [assist, one] = [card.peek(), chosen(place)];
      if (assist === undefined || one === undefined || drafting.peek() !== undefined) return;
      drafting.value = one.id;
      const wish = { suggestionId: one.id };
      const reply = await api.draft(assist.id, wish).catch(() => undefined);
      drafting.value = undefined;
      if (reply?.reason === 'not_configured') canDraft.value = false;
      if (reply !== undefined && reply.text !== '' && openId.peek() === assist.conversationId) {
        onInsert({ text: reply.text, suggestionId: one.id });
      }
    },
  };
}

/** 0 where nothing was reached. */
const statusOf = (error: unknown): number => (error instanceof ApiError ? error.status : 0);
