import type { Customer } from '../domain/customer.ts';
import { ProductId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { Product, ProductCard } from '../domain/product.ts';
import { productCard } from '../domain/product-card.ts';
import type { Understanding } from '../domain/understanding.ts';
import { isWithin } from '../engine/products/price.ts';
import type { PriceRange, Words } from '../engine/products/types.ts';

type Why = 'mentioned' | 'with_answer' | 'cart' | 'viewed' | 'found';
/**
 * A product to show, and how sure we are that it is the one meant (0-1). One that was searched for says what it meets,
 * and the price it must still have when its facts are read.
 */
export type Wanted = {
  id: ProductId;
  why: Why;
  score: number;
  met?: readonly Words[];
  price?: PriceRange | undefined;
};

const MAX_CARDS = 3;
/** How telling each reason is; within one, earlier products count a little more. */
const SCORES: Readonly<Record<Exclude<Why, 'found'>, number>> = {
  mentioned: 0.95,
  with_answer: 0.7,
  cart: 0.6,
  viewed: 0.55,
};
const STEP = 0.05;

const REASONS: Readonly<Record<Why, Readonly<Record<Language, string>>>> = {
  mentioned: { zh: '客户提到', en: 'mentioned' },
  with_answer: { zh: '随答案推荐', en: 'goes with the answer' },
  cart: { zh: '在购物车', en: 'in the cart' },
  viewed: { zh: '看过', en: 'viewed' },
  found: { zh: '与所问相符', en: 'fits what was asked' },
};

const ABOUT_PRODUCT =
  /这[款个件条双台种]|那[款个件条双台种]|哪[款个件]|尺[码寸]|多大|大小|颜色|色号|现货|有货|库存|材质|面料|成分|推荐|合适|怎么样|\b(?:(?:this|that|these|which) (?:item|product|one|model|size|colou?r)|sizes?|fit|fits|colou?rs?|in stock|material|fabric|recommend)\b/i;
const PRODUCT_INTENT = /^(?:product|pre_?sale|catalog)(?:[._]|$)/i;
/** What happens after the choice is made: "what size is the parcel" is not about goods. */
const ORDER_INTENT =
  /^(?:order|delivery|return|refund|exchange|aftersale|invoice|payment|account|complaint|service)(?:[._]|$)/i;

export const isAboutOrder = (intent: string): boolean => ORDER_INTENT.test(intent);

/** Whether a question is about goods rather than an order: then what the customer looked at is worth showing. */
export function isAboutProduct(words: string, { intent, entities }: Understanding): boolean {
  if (PRODUCT_INTENT.test(intent.name)) return true;
  if (ORDER_INTENT.test(intent.name)) return false;
  return entities.some(({ type }) => type === 'size' || type === 'color') || ABOUT_PRODUCT.test(words);
}

/** Ids that are products' at all, each with its reason, best first. */
export function wantedProducts(input: {
  mentioned: readonly string[];
  withAnswer: readonly string[];
  customer: Customer | undefined;
  /** Show what the customer viewed and put into the cart. */
  context: boolean;
  /** By searching the catalogue for what the customer describes. */
  found?: readonly Wanted[];
}): Wanted[] {
  const all = [
    ...wanted('mentioned', input.mentioned),
    ...(input.found ?? []),
    ...wanted('with_answer', input.withAnswer),
    ...(input.context ? wanted('cart', input.customer?.cart ?? []) : []),
    ...(input.context ? wanted('viewed', input.customer?.recentViews ?? []) : []),
  ];
  const first = new Map<string, Wanted>();
  for (const one of all) if (!first.has(one.id)) first.set(one.id, one);
  return [...first.values()].sort((a, b) => b.score - a.score);
}

function wanted(why: Exclude<Why, 'found'>, ids: readonly string[]): Wanted[] {
  return ids.slice(0, MAX_CARDS).flatMap((id, place) => {
    const parsed = ProductId.safeParse(id);
    return parsed.success ? [{ id: parsed.data, why, score: Number((SCORES[why] - STEP * place).toFixed(2)) }] : [];
  });
}

/** Cards with the facts just read; a product that the shop no longer has gets none. */
export function productCards(
  wantedOnes: readonly Wanted[],
  products: readonly Product[],
  language: Language,
  at: number,
): ProductCard[] {
  const byId = new Map(products.map((product) => [product.id, product]));
  const cards = wantedOnes.flatMap((one) => {
    const product = byId.get(one.id);
    if (product === undefined || !stillPriced(one, product)) return [];
    return [productCard(product, reasonOf(one, product, language), one.score, at)];
  });
  return cards.slice(0, MAX_CARDS);
}

/** What was found under a price is not shown above it. */
function stillPriced({ price }: Wanted, product: Product): boolean {
  if (price === undefined) return true;
  const own = product.price;
  return own !== undefined && isWithin(price, Number(own.amount), own.currency);
}

/** "符合：100 元以内、防水" and, of a product that was searched for and is sold out, that it is. */
function reasonOf({ why, met = [] }: Wanted, { stock }: Product, language: Language): string {
  const named = met.map((words) => words[language]);
  const matches = language === 'zh' ? `符合：${named.join('、')}` : `Matches: ${named.join(', ')}`;
  const reason = named.length > 0 ? matches : REASONS[why][language];
  if (why !== 'found' || stock !== 0) return reason;
  return language === 'zh' ? `${reason}（暂时缺货）` : `${reason} (out of stock)`;
}
