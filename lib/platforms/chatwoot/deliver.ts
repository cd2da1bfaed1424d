/**
 * One item of the outbox goes to Chatwoot. Every step may be repeated: messages carry our id and are looked for before a
 * second attempt posts them, a status is set only where it is another, labels are added to those that are there.
 */
import type { ChatwootSeen, ChatwootSettings } from '../../domain/chatwoot.ts';
import type { ChatwootApi } from './api.ts';
import { handoffNote, suggestionNote, wrapUpNote } from './notes.ts';
import { REPLY_ID, type Reading } from './reading.ts';
import {
  displayId,
  type HandoffRequest,
  type Held,
  labelOf,
  noteBody,
  Outbound,
  type Reply,
  replyBody,
  type WrappedUp,
} from './render.ts';
import type { ChatwootConversation, ChatwootMessage } from './shapes.ts';
import { holderOf } from './state.ts';

/** `overtaken`: a person has the conversation there, so what the bot had to say is not said. */
export type Delivered = { outcome: 'delivered' | 'overtaken'; learnt?: Learnt };
export type Learnt = Pick<ChatwootSeen, 'userId' | 'botId' | 'keepsAttributes'>;

type Out = { api: ChatwootApi; id: number; reading: Reading; settings: ChatwootSettings; attempt: number };

/** `body` as it is signed for other platforms; `attempt` counts from 1. Raises as the API does. */
export async function deliver(api: ChatwootApi, body: string, reading: Reading, attempt: number): Promise<Delivered> {
  const outbound = Outbound.parse(JSON.parse(body));
  const id = displayId(outbound.data.conversationId);
  if (id === undefined) return { outcome: 'delivered' };
  const out: Out = { api, id, reading, settings: reading.settings, attempt };
  switch (outbound.type) {
    case 'reply.requested':
      return reply(out, outbound.data);
    case 'handoff.requested':
      return handOff(out, outbound.data);
    case 'conversation.wrapped_up':
      return wrapUp(out, outbound.data);
    case 'conversation.held':
      return held(out, outbound.data);
    case 'suggestion.created': {
      const { suggestions = [], replyId } = outbound.data;
      const wanted = out.settings.notes.suggestions && suggestions.length > 0;
      return note(out, replyId, wanted ? suggestionNote(suggestions) : undefined);
    }
  }
}

async function reply(out: Out, data: Reply): Promise<Delivered> {
  const { api, id } = out;
  if (await isThere(out, data.replyId)) return { outcome: 'delivered' };
  const isBots = data.author.type === 'bot';
  const needsChannel = (data.choices?.length ?? 0) > 0;
  const conversation = isBots || needsChannel ? await api.conversation(id) : undefined;
  if (isBots && conversation !== undefined && isTaken(conversation, data, out)) return { outcome: 'overtaken' };
  const posted = await api.post(id, replyBody(data, channelOf(conversation)), isBots ? 'bot' : 'user');
  return { outcome: 'delivered', learnt: learntOf(posted, data.replyId) };
}

/**
 * The last look before the bot speaks. A webhook may be late or lost (Chatwoot sends an account's once), and a person who
 * has the conversation there must not be talked over.
 */
function isTaken(conversation: ChatwootConversation, { kind }: Reply, { reading, settings }: Out): boolean {
  if (holderOf(conversation, reading) !== undefined) return true;
  if (kind === 'notice' || settings.botAnswers === 'unassigned') return conversation.status === 'resolved';
  return conversation.status === 'open' || conversation.status === 'resolved';
}

const channelOf = (conversation: ChatwootConversation | undefined): string | undefined => {
  const name = conversation?.channel ?? conversation?.meta?.channel ?? undefined;
  return name
    ?.replace(/^Channel::/, '')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
};

/** A first attempt has sent nothing yet; one that timed out or died may have. */
async function isThere({ api, id, attempt }: Out, replyId: string): Promise<boolean> {
  if (attempt <= 1) return false;
  const newest = await api.messages(id);
  return newest.some(({ content_attributes }) => content_attributes?.[REPLY_ID] === replyId);
}

async function note(out: Out, replyId: string, text: string | undefined): Promise<Delivered> {
  if (text === undefined || (await isThere(out, replyId))) return { outcome: 'delivered' };
  const posted = await out.api.post(out.id, noteBody(replyId, text), 'bot');
  return { outcome: 'delivered', learnt: learntOf(posted, replyId) };
}

/** First it is open, so that somebody sees it whatever else fails; then where it belongs and what to know. */
async function handOff(out: Out, data: HandoffRequest): Promise<Delivered> {
  const { api, id, settings } = out;
  const { skill = '' } = data;
  const place = Object.hasOwn(settings.skills, skill) ? settings.skills[skill] : undefined;
  await setStatus(out, 'open');
  if (place?.teamId !== undefined) await api.assignTeam(id, place.teamId);
  await addLabels(out, place?.labels ?? []);
  return note(out, data.replyId, settings.notes.handoff ? handoffNote(data) : undefined);
}

async function wrapUp(out: Out, data: WrappedUp): Promise<Delivered> {
  const noted = await note(
    out,
    data.replyId,
    out.settings.notes.wrapUp && isNoted(data) ? wrapUpNote(data) : undefined,
  );
  await addLabels(out, data.tags);
  await setStatus(out, 'resolved');
  return noted;
}

/**
 * Who has it here has it there, where we know who that is there; who gave it back has it there no more. What is the bot's
 * again has to be pending there, or the bot may not answer it.
 */
async function held(out: Out, { owner, author }: Held): Promise<Delivered> {
  const { api, id, reading } = out;
  const conversation = await api.conversation(id);
  const holder = holderOf(conversation, reading);
  if (owner.startsWith('agent:')) await take(out, conversation, holder === author.id ? undefined : author.id);
  else if (holder === undefined || holder === author.id) await giveBack(out, conversation, owner, holder);
  return { outcome: 'delivered' };
}

/** Opening may assign whoever opens, so it comes first. */
async function take(out: Out, { status }: ChatwootConversation, agent: string | undefined): Promise<void> {
  const user = agent === undefined ? undefined : await userOf(out, agent);
  if (user === undefined) return;
  if (status === 'pending') await out.api.toggle(out.id, 'open');
  await out.api.assign(out.id, user);
}

async function giveBack(
  { api, id, settings }: Out,
  { status }: ChatwootConversation,
  owner: string,
  holder: string | undefined,
): Promise<void> {
  if (holder !== undefined) await api.assign(id, null);
  if (owner === 'bot' && status === 'open' && settings.botAnswers === 'pending') await api.toggle(id, 'pending');
}

/** The user that an agent here is there: by their number, or by the e-mail that the shop says is theirs. */
async function userOf({ api, settings }: Out, agent: string): Promise<number | undefined> {
  const number = /^chatwoot:([1-9]\d{0,11})$/.exec(agent)?.[1];
  if (number !== undefined) return Number(number);
  const mails = Object.entries(settings.agents).flatMap(([mail, id]) => (id === agent ? [mail] : []));
  if (mails.length === 0) return undefined;
  return (await api.agents()).find(({ email }) => mails.includes(email?.toLowerCase() ?? ''))?.id;
}

const isNoted = ({ note: text, followUp }: WrappedUp): boolean => text !== '' || followUp !== undefined;

async function setStatus({ api, id }: Out, status: 'open' | 'resolved'): Promise<void> {
  const now = await api.conversation(id);
  if (now.status !== status) await api.toggle(id, status);
}

async function addLabels({ api, id }: Out, tags: readonly string[]): Promise<void> {
  const wanted = tags.map(labelOf).filter((label) => label !== '');
  if (wanted.length === 0) return;
  const known = await api.labels(id);
  const all = [...new Set([...known, ...wanted])];
  if (all.length > known.length) await api.setLabels(id, all);
}

/** Whose tokens ours are, and whether our mark came back with the message. */
function learntOf({ sender, content_attributes }: ChatwootMessage, replyId: string): Learnt {
  const keepsAttributes = content_attributes?.[REPLY_ID] === replyId;
  if (sender?.id == null) return { keepsAttributes };
  return sender.type === 'agent_bot' ? { keepsAttributes, botId: sender.id } : { keepsAttributes, userId: sender.id };
}
