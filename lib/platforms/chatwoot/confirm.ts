/** An event without a signature is a hint that something happened; what happened is what Chatwoot's API says. */
import { CuecardError } from '../../domain/error.ts';
import type { ChatwootApi } from './api.ts';
import { conversationIn } from './parse.ts';
import { ReadEvent } from './shapes.ts';

/** The event with everything read back; undefined where nothing of the kind is there. Raises as the API does. */
export async function confirm(api: ChatwootApi, event: ReadEvent): Promise<ReadEvent | undefined> {
  const named = conversationIn(event);
  if (named === undefined) return undefined;
  try {
    return event.event === 'message_created' || event.event === 'message_updated'
      ? await message(api, event.event, named.id, Number(event.id))
      : await conversation(api, event, named.id);
  } catch (error) {
    if (error instanceof CuecardError && error.kind === 'not_found') return undefined;
    throw error;
  }
}

async function message(api: ChatwootApi, event: string, conversationId: number, id: number) {
  const [conversation, messages] = await Promise.all([
    api.conversation(conversationId),
    api.messages(conversationId, id),
  ]);
  const found = messages.find((one) => one.id === id);
  return found === undefined ? undefined : ReadEvent.parse({ ...found, event, conversation });
}

/** What changed is taken from the event: whatever it says, only how the conversation stands now has an effect. */
async function conversation(api: ChatwootApi, event: ReadEvent, id: number): Promise<ReadEvent> {
  const found = await api.conversation(id);
  if (event.event === 'webwidget_triggered') return { ...event, current_conversation: found };
  const changed = 'changed_attributes' in event ? event['changed_attributes'] : undefined;
  return ReadEvent.parse({ ...found, event: event.event, changed_attributes: changed });
}
