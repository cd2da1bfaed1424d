/** How ids of Chatwoot read here, and what reading depends on. */
import type { ChatwootSettings } from '../../domain/chatwoot.ts';

/** Under which our own messages carry their id: it survives a crash between sending and noting it. */
export const REPLY_ID = 'cuecard_reply_id';

export const PREFIX = 'chatwoot:';
export const conversationOf = (id: number): string => `${PREFIX}${id}`;

/** What reading depends on. `userId`, `botId`: whose tokens ours are, as far as known. */
export type Reading = {
  settings: ChatwootSettings;
  userId?: number | undefined;
  botId?: number | undefined;
  /** There is a bot's token. */
  hasBot?: boolean | undefined;
  /** Our mark on a message is known to come back: then only what carries it is ours. */
  keepsAttributes?: boolean | undefined;
};
