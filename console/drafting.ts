import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { DraftedReply } from '../lib/domain/contract/drafts.ts';
import type { Api } from './api.ts';
import { asInsertion, type ReplyDrafts } from './reply-drafts.ts';

/** What came of the last draft, and in which conversation. */
type Drafted = { conversationId: string; reply: DraftedReply };

export type Drafting = {
  /** The suggestion that a draft is being made of. */
  drafting: Signal<string | undefined>;
  drafted: Signal<Drafted | undefined>;
  /** False once the server has said that there is no model: nothing is offered again in this session. */
  canDraft: Signal<boolean>;
  /** Puts a draft of the suggestion at this place into the reply; nothing is sent. */
  draftFrom(place: number): Promise<void>;
};

type Dependencies = {
  api: Pick<Api, 'draft'>;
  openId: ReadonlySignal<string | undefined>;
  replies: Pick<ReplyDrafts, 'chosen' | 'insertInto' | 'textOf'>;
};

/** Drafts by a language model, one at a time. Raises what the call raises. */
export function createDrafting({ api, openId, replies }: Dependencies): Drafting {
  const drafting = signal<string | undefined>(undefined);
  const drafted = signal<Drafted | undefined>(undefined);
  const canDraft = signal(true);

  const draftFrom = async (place: number) => {
    const [conversationId, chosen] = [openId.value, replies.chosen(place)];
    if (conversationId === undefined || chosen === undefined || !canDraft.value || drafting.value !== undefined) return;
    drafting.value = chosen.suggestion.id;
    drafted.value = undefined;
    const reply = await api.draft(chosen.assistId, { suggestionId: chosen.suggestion.id }).finally(() => {
      drafting.value = undefined;
    });
    if (reply.reason === 'not_configured') canDraft.value = false;
    // The authored text that already stands in the reply, perhaps edited around, is not put there twice.
    if (reply.text !== '' && !replies.textOf(conversationId).includes(reply.text)) {
      replies.insertInto(conversationId, asInsertion(chosen, reply.text));
    }
    drafted.value = { conversationId, reply };
  };
  return { drafting, drafted, canDraft, draftFrom };
}
