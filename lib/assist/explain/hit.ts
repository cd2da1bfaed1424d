/** A question asked as production asks it, of a release, by a customer of whom nothing is known: for batches. */
import { ConversationId, MessageId } from '../../domain/ids.ts';
import type { Language } from '../../domain/language.ts';
import type { Tenant } from '../../domain/tenant.ts';
import type { Densified } from '../dense.ts';
import type { Opened } from '../flow.ts';
import { respondTraced } from '../respond.ts';
import type { Situation } from '../situation.ts';

export type Hit = {
  /** Best first, at most twenty; empty where the words ask nothing. */
  ranked: readonly { entryId: string; intent: string; confidence: number }[];
  /** At least one reply would be shown. */
  shown: boolean;
  exact: boolean;
  degraded: boolean;
};

const CONVERSATION = ConversationId.parse('evaluation');
const MESSAGE = MessageId.parse('evaluation');

function situationOf(
  tenant: Tenant,
  opened: Opened,
  text: string,
  language: Language | undefined,
  at: number,
): Situation {
  return {
    tenant,
    knowledge: opened.knowledge,
    catalog: opened.catalog,
    customer: undefined,
    conversationId: CONVERSATION,
    turn: { id: 'trn_evaluation', revision: 1, messageIds: [MESSAGE], parts: [{ kind: 'text', text }] },
    customerSeq: 1,
    history: [],
    owner: 'bot',
    firstContact: true,
    sent: [],
    language,
    shop: undefined,
    channel: undefined,
    at,
    degraded: [],
  };
}

export type HitDeps = { densify(situation: Situation): Promise<Densified> };

/** Reads, ranks and suggests as for a customer's first message. */
export async function hit(
  deps: HitDeps,
  tenant: Tenant,
  opened: Opened,
  { text, language, at }: { text: string; language?: Language | undefined; at: number },
): Promise<Hit> {
  const plain = situationOf(tenant, opened, text, language, at);
  const wanted = opened.knowledge?.engine.embedding !== undefined;
  const { dense, degraded } = wanted ? await deps.densify(plain) : { dense: [], degraded: [] };
  const { assist, trace } = await respondTraced({ ...plain, dense }, async () => []);
  return {
    ranked: trace.retrieved.ranked.map(({ entry, confidence }) => ({
      entryId: entry.id,
      intent: entry.intent,
      confidence,
    })),
    shown: assist.suggestions.length > 0,
    exact: trace.retrieved.exact,
    degraded: degraded.length > 0,
  };
}
