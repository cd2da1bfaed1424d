/** The `postMessage` contract between the framed card and the page around it; the README has it in words. */
export const VERSION = 1;

export type Theme = 'light' | 'dark' | 'auto';
/** What the page around says. */
export type Inward =
  | { type: 'cuecard:conversation'; conversationId: string }
  | { type: 'cuecard:theme'; theme: Theme }
  | { type: 'cuecard:language'; language: 'zh' | 'en' };
/** What the card says. */
export type Outward =
  | { type: 'cuecard:ready' }
  | { type: 'cuecard:insert'; text: string; suggestionId?: string }
  | { type: 'cuecard:size'; height: number };

/** As conversation ids are in the contract: nothing longer is worth asking for. */
const LONGEST_ID = 200;

type Fields = Record<string, unknown>;
const oneOf = <T extends string>(value: unknown, ...allowed: readonly T[]): T | undefined =>
  allowed.find((one) => one === value);

/** A message for the card; undefined for anything else, and for a version it does not speak. */
export function readInward(data: unknown): Inward | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const fields = data as Fields;
  if (fields['version'] !== undefined && fields['version'] !== VERSION) return undefined;
  const readers: Record<string, (fields: Fields) => Inward | undefined> = {
    'cuecard:conversation': ({ conversationId: id }) =>
      typeof id === 'string' && id !== '' && id.length <= LONGEST_ID
        ? { type: 'cuecard:conversation', conversationId: id }
        : undefined,
    'cuecard:theme': (given) => {
      const theme = oneOf<Theme>(given['theme'], 'light', 'dark', 'auto');
      return theme === undefined ? undefined : { type: 'cuecard:theme', theme };
    },
    'cuecard:language': (given) => {
      const language = oneOf<'zh' | 'en'>(given['language'], 'zh', 'en');
      return language === undefined ? undefined : { type: 'cuecard:language', language };
    },
  };
  const read = Object.hasOwn(readers, String(fields['type'])) ? readers[String(fields['type'])] : undefined;
  return read?.(fields);
}

/** What a Chatwoot dashboard app posts to its parent to be told where it stands. */
export const FETCH_INFO = 'chatwoot-dashboard-app:fetch-info';

/**
 * Chatwoot's message to a dashboard app: JSON text with `event` and `data` (conversation, contact, current agent).
 * Its conversation's number is the one that Cuecard knows it by.
 */
export function readChatwoot(data: unknown): Inward | undefined {
  if (typeof data !== 'string') return undefined;
  const said = parsed(data) as { event?: unknown; data?: { conversation?: { id?: unknown } } } | undefined;
  const id = said?.event === 'appContext' ? said.data?.conversation?.id : undefined;
  if (typeof id !== 'number' && typeof id !== 'string') return undefined;
  return /^[\w-]{1,64}$/.test(String(id))
    ? { type: 'cuecard:conversation', conversationId: `chatwoot:${id}` }
    : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
