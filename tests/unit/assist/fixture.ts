import { buildCatalog, openCatalog } from '../../../lib/assist/catalog.ts';
import { openKnowledge } from '../../../lib/assist/knowledge.ts';
import type { Knowledge, Situation } from '../../../lib/assist/situation.ts';
import { Customer } from '../../../lib/domain/customer.ts';
import { Entry } from '../../../lib/domain/entry.ts';
import { ConversationId, MessageId, ReleaseId, TenantId } from '../../../lib/domain/ids.ts';
import type { Part } from '../../../lib/domain/message.ts';
import { Product } from '../../../lib/domain/product.ts';
import { questionsOf } from '../../../lib/domain/questions.ts';
import { DEFAULT_SETTINGS, type Settings, type Tenant } from '../../../lib/domain/tenant.ts';
import { compile } from '../../../lib/engine/compile.ts';

export const AT = Date.parse('2026-11-21T12:00:00Z');
export const RELEASE = ReleaseId.parse('rel_test1');

export function entry(fields: Partial<typeof Entry._input> & { id: string }): Entry {
  return Entry.parse({
    intent: fields.id,
    question: `question of ${fields.id}`,
    answers: [{ text: 'answer' }],
    ...fields,
  });
}

/** Compiles entries into a snapshot and opens it, as a release does. */
export function knowledgeOf(entries: readonly Entry[], meta: object = {}): Knowledge {
  const encoder = new TextEncoder();
  const classes = entries.map((one) => ({
    key: one.id,
    ...(one.language === undefined ? {} : { language: one.language }),
    questions: questionsOf(one),
    answer: one.answers.map((answer) => answer.text).join('\n'),
    payload: encoder.encode(JSON.stringify(one)),
  }));
  const { bytes } = compile({ classes, meta: encoder.encode(JSON.stringify(meta)), outOfScopeShare: 0.3 });
  return openKnowledge(RELEASE, bytes);
}

export function tenantWith(settings: Partial<Settings> = {}): Tenant {
  return {
    id: TenantId.parse('shop'),
    name: 'Shop',
    languages: ['zh', 'en'],
    packs: [],
    settings: { ...DEFAULT_SETTINGS, ...settings },
    createdAt: '2026-11-01T00:00:00Z',
    version: 1,
  };
}

export function customerWith(fields: object): Customer {
  return Customer.parse({ id: 'c1', updatedAt: '2026-11-21T00:00:00Z', ...fields });
}

export function situationOf(said: string | readonly Part[], fields: Partial<Situation> = {}): Situation {
  const parts: readonly Part[] = typeof said === 'string' ? [{ kind: 'text', text: said }] : said;
  return {
    tenant: tenantWith(),
    knowledge: undefined,
    catalog: undefined,
    customer: undefined,
    conversationId: ConversationId.parse('conv-1'),
    turn: { id: 'trn_1', revision: 1, messageIds: [MessageId.parse('m1')], parts },
    customerSeq: 1,
    history: [],
    owner: 'bot',
    firstContact: false,
    sent: [],
    language: undefined,
    shop: undefined,
    channel: undefined,
    at: AT,
    degraded: [],
    ...fields,
  };
}

export const PRODUCTS: readonly Product[] = [
  { id: 'p1', title: 'Pourwell Electric Kettle', aliases: ['gooseneck kettle'], sku: 'PW-100', stock: 3 },
  { id: 'p2', title: '逐风跑步鞋', aliases: ['逐风', '跑鞋'], sku: 'ZF2026', stock: 0, category: '鞋靴' },
  { id: 'p3', title: '逐风跑步鞋 儿童款', aliases: [], price: { amount: '199.00', currency: 'CNY' } },
  { id: 'p4', title: 'Kettle', aliases: [], imageUrl: 'data:image/svg+xml,x', url: 'https://shop.example/p4' },
].map((fields) => Product.parse({ updatedAt: '2026-11-20T00:00:00Z', ...fields }));

export const catalog = openCatalog(buildCatalog(PRODUCTS));

export const readProducts = async (ids: readonly string[]): Promise<readonly Product[]> =>
  PRODUCTS.filter((product) => ids.includes(product.id));
