/** What we ask a platform to say, as messages of Chatwoot. */
import * as z from 'zod';
import { Choice, Suggestion } from '../../domain/assist.ts';
import { Author, Part } from '../../domain/message.ts';
import { Disposition, WrapUp } from '../../domain/wrap-up.ts';
import { PREFIX, REPLY_ID } from './reading.ts';

const addressed = { conversationId: z.string(), replyId: z.string(), author: Author };
/** Without a note it is only closed. */
const Noted = WrapUp.extend({ note: z.string().default(''), disposition: Disposition.default('other') });
const Point = z.object({ kind: z.string(), text: z.string() });

/** Our own callback (`lib/handoff/payload.ts`), as far as it is rendered. */
export const Outbound = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('reply.requested'),
    data: z.object({
      ...addressed,
      kind: z.enum(['reply', 'notice']),
      text: z.string(),
      parts: z.array(Part).optional(),
      choices: z.array(Choice).optional(),
    }),
  }),
  z.object({
    type: z.literal('handoff.requested'),
    data: z.object({
      ...addressed,
      reason: z.string().optional(),
      skill: z.string().optional(),
      package: z
        .object({
          summary: z.array(Point).optional(),
          facts: z.array(z.object({ name: z.string(), value: z.string() })),
          transcript: z.array(z.object({ author: z.string(), text: z.string() })),
          suggestions: z.array(Suggestion),
          note: z.string().optional(),
        })
        .optional(),
    }),
  }),
  z.object({
    type: z.literal('suggestion.created'),
    data: z.object({ ...addressed, suggestions: z.array(Suggestion).optional() }),
  }),
  z.object({ type: z.literal('conversation.held'), data: z.object({ ...addressed, owner: z.string() }) }),
  z.object({ type: z.literal('conversation.wrapped_up'), data: z.object({ ...addressed, ...Noted.shape }) }),
]);
export type Outbound = z.infer<typeof Outbound>;
type Of<Type extends Outbound['type']> = Extract<Outbound, { type: Type }>['data'];
export type Reply = Of<'reply.requested'>;
export type HandoffRequest = Of<'handoff.requested'>;
export type Held = Of<'conversation.held'>;
export type WrappedUp = Of<'conversation.wrapped_up'>;

/** The display id; undefined for a conversation that is none of Chatwoot's. */
export function displayId(conversation: string): number | undefined {
  const digits = new RegExp(`^${PREFIX}([1-9]\\d{0,11})$`).exec(conversation)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Channels that show choices as buttons or as a list; elsewhere the choices are written out. */
const SELECTABLE: ReadonlySet<string> = new Set(['web_widget', 'whatsapp', 'telegram', 'api']);
const MAX_CONTENT = 150_000;

const linked = (part: Part): string => [part.text, part.url].filter((text) => text !== undefined).join(' ');

function contentOf({ text, parts = [] }: Reply): string {
  const others = parts.filter(({ kind, text: said }) => kind !== 'text' || said !== text).map(linked);
  return [text, ...others.filter((line) => line !== '')].join('\n').slice(0, MAX_CONTENT);
}

/** A message to the customer. Our id rides in its attributes, by which it is known when it comes back. */
export function replyBody(reply: Reply, channel: string | undefined): object {
  const { choices = [] } = reply;
  const asked = choices.length > 0 && SELECTABLE.has(channel ?? '');
  const written = choices.length > 0 && !asked ? choices.map(({ label }, at) => `${at + 1}. ${label}`) : [];
  return {
    content: [contentOf(reply), ...written].join('\n'),
    message_type: 'outgoing',
    private: false,
    ...(asked ? { content_type: 'input_select' } : {}),
    content_attributes: {
      ...(asked ? { items: choices.map(({ label, value }) => ({ title: label, value })) } : {}),
      [REPLY_ID]: reply.replyId,
    },
  };
}

export const noteBody = (replyId: string, content: string): object => ({
  content: content.slice(0, MAX_CONTENT),
  message_type: 'outgoing',
  private: true,
  content_attributes: { [REPLY_ID]: replyId },
});

/** Labels of Chatwoot hold letters, digits, `-` and `_`. */
export const labelOf = (tag: string): string =>
  tag
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_-]+/gu, '-')
    .replace(/^-+|-+$/g, '');
