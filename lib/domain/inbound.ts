import type { InboundMessage, Message, Part } from './message.ts';

/** What a part says in words, for transcript and history. */
const partText = (part: Part): string | undefined => part.text ?? part.transcript ?? part.orderNumber;

function toParts({ text, parts = [] }: InboundMessage): Part[] {
  if (text === undefined || parts.some((part) => part.text === text)) return parts;
  return [{ kind: 'text', text }, ...parts];
}

/** A platform's message as it is kept; `text` is shorthand for one text part. */
export function toMessage(inbound: InboundMessage, receivedAt: number): Message {
  const parts = toParts(inbound);
  const said = parts.map(partText).filter((text): text is string => text !== undefined && text !== '');
  const { language, shop, channel, replyId } = inbound;
  return {
    id: inbound.messageId,
    author: inbound.author,
    text: inbound.text ?? said.join('\n'),
    parts,
    at: new Date(receivedAt).toISOString(),
    ...(language === undefined ? {} : { language }),
    ...(shop === undefined ? {} : { shop }),
    ...(channel === undefined ? {} : { channel }),
    ...(replyId === undefined ? {} : { replyId }),
  };
}
