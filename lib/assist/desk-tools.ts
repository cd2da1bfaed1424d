/** What stands beside an agent at work, each in one call: a look at a reply, the opening, products as cards. */
import { everySuggestion } from '../domain/assist.ts';
import type { ReplyWarning } from '../domain/contract/desk-tools.ts';
import { CuecardError } from '../domain/error.ts';
import { MessageId, ProductId, type TenantId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import { DEFAULT_OPENING, type Opening, type OpeningRule } from '../domain/opening.ts';
import type { Product, ProductCard } from '../domain/product.ts';
import { productCard } from '../domain/product-card.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { ProductIndex } from '../engine/products/types.ts';
import { packageProducts } from '../handoff/package.ts';
import { type ConversationRead, readConversation } from './desk-read.ts';
import type { FlowDeps, Opened, Place } from './flow.ts';
import { checkOutgoing } from './guard/check-outgoing.ts';
import { productsInPlay } from './guard/in-play.ts';
import { openingOf } from './opening/opening-of.ts';
import type { Situation } from './situation.ts';
import { readLanguage } from './understand/language.ts';

export type DeskToolsDeps = Pick<FlowDeps, 'conversations' | 'customers' | 'readTenant' | 'readProducts' | 'now'> & {
  catalog(tenant: TenantId): Promise<Opened['catalog']>;
  library(tenant: TenantId): Promise<Opened>;
};

const productIds = (ids: readonly string[]): ProductId[] => ids.flatMap((id) => ProductId.safeParse(id).data ?? []);

async function tenantOf({ readTenant }: DeskToolsDeps, id: TenantId): Promise<Tenant> {
  const tenant = await readTenant(id);
  if (tenant === undefined) throw new CuecardError('not_found', `no tenant ${id}`);
  return tenant;
}

/** The warnings for a reply. Without the catalogue everything else is still looked at. */
export async function checkReply(
  deps: DeskToolsDeps,
  place: Place,
  { text, language }: { text: string; language?: Language | undefined },
): Promise<ReplyWarning[]> {
  const [tenant, read, catalog] = await Promise.all([
    tenantOf(deps, place.tenant),
    readConversation(deps, place),
    deps.catalog(place.tenant).catch(() => undefined),
  ]);
  const mentions = catalog?.mentions(text) ?? [];
  const play = productsInPlay(read, catalog);
  const ids = productIds([...new Set([...mentions.map(({ id }) => id), ...play.spokenOf, ...play.around])]);
  const products =
    ids.length === 0
      ? []
      : await deps
          .readProducts(place.tenant)(ids)
          .catch(() => []);
  const byId = new Map<string, Product>(products.map((product) => [product.id, product]));
  const known = (some: readonly string[]): Product[] => some.flatMap((id) => byId.get(id) ?? []);
  const newest = read.assists.at(-1);
  return checkOutgoing(text, {
    language: language ?? newest?.understanding.language ?? read.head.language,
    shopFacts: tenant.settings.shopFacts,
    named: mentions.flatMap(({ id, start, end }) => {
      const product = byId.get(id);
      return product === undefined ? [] : [{ product, start, end }];
    }),
    spokenOf: known(play.spokenOf),
    around: known(play.around),
    calls: play.calls,
    customer: read.customer,
    said: read.messages.map((message) => message.text),
    authored: newest === undefined ? [] : everySuggestion(newest).map((suggestion) => suggestion.text),
    standing: { messages: read.messages, assists: read.assists, now: deps.now() },
  });
}

/** The tenant's rule over the default; a part that is left out is the default's. */
export const openingRule = ({ settings }: Tenant): OpeningRule => ({
  enabled: settings.opening?.enabled ?? DEFAULT_OPENING.enabled,
  lead: { ...DEFAULT_OPENING.lead, ...settings.opening?.lead },
});

/** What to show before the first word; empty in shadow mode and where nothing is known. */
export async function readOpening(deps: DeskToolsDeps, place: Place, isHidden: boolean): Promise<Opening> {
  const [tenant, read] = await Promise.all([tenantOf(deps, place.tenant), readConversation(deps, place)]);
  const { customer, head } = read;
  const opened = await deps.library(place.tenant).catch((): Opened => ({ knowledge: undefined, catalog: undefined }));
  const ids = productIds(packageProducts(customer));
  const products =
    ids.length === 0
      ? []
      : await deps
          .readProducts(place.tenant)(ids)
          .catch(() => []);
  const rule = openingRule(tenant);
  return openingOf({
    situation: emptySituation(tenant, read, opened, deps.now()),
    customer,
    products,
    knowledge: opened.knowledge,
    language: head.language ?? tenant.languages[0] ?? 'zh',
    rule: isHidden && tenant.settings.mode === 'shadow' ? { ...rule, enabled: false } : rule,
  });
}

const emptySituation = (
  tenant: Tenant,
  { head, customer }: ConversationRead,
  opened: Opened,
  at: number,
): Situation => ({
  tenant,
  ...opened,
  customer,
  conversationId: head.id,
  turn: { id: 'trn_opening', revision: 1, messageIds: [MessageId.parse('opening')], parts: [] },
  customerSeq: head.customerSeq,
  history: [],
  owner: head.owner,
  firstContact: head.customerSeq === 0,
  sent: head.sent,
  language: head.language,
  shop: head.shop,
  channel: head.channel,
  at,
  degraded: [],
});

const MAX_RANK = 20;

/** Products for an agent's words as cards, with the facts of now; `fallback` where there is no index yet. */
export async function searchCards(
  deps: DeskToolsDeps,
  tenant: TenantId,
  { q, limit }: { q: string; limit: number },
  fallback: () => Promise<Product[]>,
): Promise<{ items: ProductCard[] }> {
  const search: ProductIndex['search'] | undefined = (await deps.catalog(tenant))?.search;
  const language = readLanguage(q, undefined, []);
  const at = deps.now();
  if (search === undefined) {
    const found = await fallback();
    return { items: found.slice(0, limit).map((product) => productCard(product, '', 0.5, at)) };
  }
  const hits = search({ text: q, limit: Math.min(limit, MAX_RANK) }).hits;
  const products = await deps.readProducts(tenant)(hits.map(({ id }) => id));
  const byId = new Map(products.map((product) => [product.id, product]));
  return {
    items: hits.flatMap(({ id, met, coverage }) => {
      const product = byId.get(id);
      const reason = met.map((words) => words[language]).join(language === 'zh' ? '、' : ', ');
      return product === undefined ? [] : [productCard(product, reason, Number(coverage.toFixed(2)), at)];
    }),
  };
}
