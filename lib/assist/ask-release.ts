import type { Assist } from '../domain/assist.ts';
import { ConversationId, MessageId, type ReleaseId, type TenantId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { SampledTurn } from '../domain/sampled-turn.ts';
import type { Settings } from '../domain/tenant.ts';
import { openKnowledge } from './knowledge.ts';
import { respond } from './respond.ts';
import type { Knowledge, Situation } from './situation.ts';

type Asked = Omit<SampledTurn, 'at'>;
type Answered = { entryId?: string | undefined; intent: string };

const CONVERSATION = ConversationId.parse('gate');
const MESSAGE = MessageId.parse('gate');
const LANGUAGES: Language[] = ['zh', 'en'];

/**
 * A release, to be asked turns as production would answer them: the same `respond`, with today's settings, without a
 * catalogue, customer or embedding, so that two releases differ only in what they know.
 */
export function askRelease(
  tenant: { id: TenantId; settings: Settings },
  release: ReleaseId,
  bytes: Uint8Array,
): (turn: Asked, at: number) => Promise<{ ranked: readonly Answered[]; confidence: number; shown: boolean }> {
  const knowledge = openKnowledge(release, bytes);
  return async (turn, at) =>
    replyOf(await respond(situationOf(tenant, knowledge, turn, at), async () => []), knowledge);
}

function situationOf(
  { id, settings }: { id: TenantId; settings: Settings },
  knowledge: Knowledge,
  { text, language, history, shop, channel }: Asked,
  at: number,
): Situation {
  const createdAt = new Date(at).toISOString();
  return {
    tenant: { id, name: id, languages: LANGUAGES, packs: [], settings, createdAt, version: 0 },
    knowledge,
    catalog: undefined,
    customer: undefined,
    conversationId: CONVERSATION,
    turn: { id: 'trn_gate', revision: 1, messageIds: [MESSAGE], parts: [{ kind: 'text', text }] },
    customerSeq: 1,
    history,
    owner: 'bot',
    firstContact: history.length === 0,
    sent: [],
    language,
    shop,
    channel,
    at,
    degraded: [],
  };
}

/** What is suggested, then the intents that the words were taken for. */
function replyOf({ suggestions, understanding }: Assist, knowledge: Knowledge) {
  const suggested = suggestions.map(({ source }): Answered => {
    const entry = source.kind === 'entry' ? knowledge.entryById(source.id) : undefined;
    return { entryId: source.id, intent: entry?.intent ?? source.id };
  });
  const distinct = suggested.filter((one, at) => suggested.findIndex(({ entryId }) => entryId === one.entryId) === at);
  const { intent, alternatives } = understanding;
  const read = [intent, ...alternatives].filter(({ confidence }) => confidence > 0);
  const intents = new Set(suggested.map((one) => one.intent));
  const others = read.filter(({ name }) => !intents.has(name)).map(({ name }): Answered => ({ intent: name }));
  return {
    ranked: [...distinct, ...others],
    confidence: suggestions[0]?.confidence ?? intent.confidence,
    shown: suggestions.length > 0,
  };
}
