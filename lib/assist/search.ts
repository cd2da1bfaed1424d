import type { Suggestion } from '../domain/assist.ts';
import { CuecardError } from '../domain/error.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { AnswerContext } from './answer-options.ts';
import { contentWords } from './context/content-words.ts';
import { support } from './context/topic-words.ts';
import type { Knowledge } from './situation.ts';
import { shopSlots } from './slot-values.ts';
import { suggest } from './suggest.ts';
import { readLanguage } from './understand/language.ts';

const MAX_HITS = 10;
/** The classifier's candidates beyond these have no confidence to speak of. */
const CANDIDATES = 50;

export type SearchDeps = {
  tenant(id: TenantId): Promise<Tenant | undefined>;
  library(tenant: TenantId): Promise<{ knowledge: Knowledge | undefined }>;
  now(): number;
};

/** What holds for every customer: an agent searches for any conversation, so no order or product is known. */
function contextOf(tenant: Tenant, language: 'zh' | 'en', at: number): AnswerContext {
  return {
    at,
    platform: 'generic',
    channel: undefined,
    shop: undefined,
    facts: [{}],
    slots: shopSlots(tenant, language),
    orderKnown: false,
    productKnown: false,
    sent: new Set(),
    turn: 0,
  };
}

/** Of the words that an agent searches by, so many must stand in an entry's questions for it to be what was looked for. */
const HALF = 0.5;
const LOOKED_AT = 3;

/** `suits`: one of the first is probably right, or has the words that were searched. */
export type Found = { suggestions: Suggestion[]; suits: boolean };

/** What the knowledge has to say to an agent's words, best first; confidences are the classifier's. */
export async function searchKnowledge(deps: SearchDeps, id: TenantId, text: string): Promise<Found> {
  const [tenant, { knowledge }] = await Promise.all([deps.tenant(id), deps.library(id)]);
  if (tenant === undefined) throw new CuecardError('not_found', `no tenant ${id}`);
  if (knowledge === undefined) return { suggestions: [], suits: false };
  const language = readLanguage(text, undefined, []);
  const context = contextOf(tenant, language, deps.now());
  const { candidates } = knowledge.engine.classify(text, { limit: CANDIDATES });
  const confidences = new Map(candidates.map(({ index, confidence }) => [index, confidence]));
  const suggestions = knowledge.engine.search(text, { limit: MAX_HITS }).flatMap(({ index }) => {
    const ranked = [{ entry: knowledge.entry(index), confidence: confidences.get(index) ?? 0 }];
    const { offers } = suggest({ ranked, threshold: 0, query: text, language, release: knowledge.release, context });
    return offers.map(({ suggestion }) => suggestion);
  });
  return { suggestions, suits: suits(tenant, knowledge, text, suggestions) };
}

function suits(tenant: Tenant, knowledge: Knowledge, text: string, found: readonly Suggestion[]): boolean {
  const shownFrom = knowledge.engine.threshold(tenant.settings.targetPrecision.suggest);
  if (found.some(({ confidence }) => confidence >= shownFrom)) return true;
  const words = contentWords(text);
  return found.slice(0, LOOKED_AT).some(({ source }) => {
    const authored = source.kind === 'entry' || source.kind === 'passage';
    const entry = authored ? knowledge.entryById(source.id) : undefined;
    return entry !== undefined && support(entry, words) >= HALF;
  });
}
