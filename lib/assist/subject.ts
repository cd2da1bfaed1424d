import type { Facts } from '../domain/condition-truth.ts';
import type { Customer, Order } from '../domain/customer.ts';
import type { Entry } from '../domain/entry.ts';
import { ProductId } from '../domain/ids.ts';
import type { Product } from '../domain/product.ts';
import { isAboutProduct, type Wanted, wantedProducts } from './cards.ts';
import { productsSpokenOf } from './context/product.ts';
import {
  factAlternatives,
  type Named,
  type OrderCandidates,
  only,
  orderCandidates,
  ordersIn,
  type ProductCandidates,
} from './facts.ts';
import { findProducts } from './find-products.ts';
import { asksPrice } from './product-price.ts';
import type { ReadProducts, Situation } from './situation.ts';
import { isTrouble, wantsInstead } from './trouble.ts';
import type { Reading } from './understand.ts';

/** What a turn is about: which order, which product, and the products worth showing, with their facts as they are now. */
export type Subject = {
  /** What the turn itself names. */
  named: Named;
  orders: OrderCandidates;
  order: Order | undefined;
  product: Product | undefined;
  productKnown: boolean;
  facts: readonly Facts[];
  wanted: readonly Wanted[];
  products: readonly Product[];
  /** Products could not be read: the turn goes on without them. */
  degraded: boolean;
  /** It is about goods that fail whoever has them: their order is shown, not the goods. */
  trouble: boolean;
};

const MAX_READ = 12;
const MAX_SUBJECTS = 5;

/** Order numbers and tracking numbers that the turn names: by card, in words, or as the customer's own order's. */
export function namedOrders({ media, understanding, text }: Reading, customer: Customer | undefined): string[] {
  const own = ordersIn(customer, text).map((order) => order.number);
  const written = understanding.entities.filter(({ type }) => type === 'order_number' || type === 'tracking_number');
  return [...new Set([...media.orders, ...own, ...written.map((entity) => entity.value)])];
}

function namedProducts({ media, understanding }: Reading): string[] {
  const written = understanding.entities.filter(({ type }) => type === 'product');
  return [...new Set([...media.products, ...written.map((entity) => entity.value)])];
}

/** The products that the turn names; those spoken of last where it asks about one without naming it. */
function meantProducts({ history, catalog }: Situation, reading: Reading, asks: boolean): string[] {
  const named = namedProducts(reading);
  const { words, understanding } = reading;
  const leans = asks && (asksPrice(words) || isAboutProduct(words, understanding));
  return named.length > 0 || !leans ? named : productsSpokenOf(history, catalog);
}

/** Finds out what a turn is about. Products are read once, and only when something depends on them. */
export async function readSubject(
  situation: Situation,
  reading: Reading,
  fitting: readonly Entry[],
  asks: boolean,
  readProducts: ReadProducts,
): Promise<Subject> {
  const mentioned = meantProducts(situation, reading, asks);
  const named = { orders: namedOrders(reading, situation.customer), products: mentioned };
  const trouble = isTrouble(reading);
  const orders = orderCandidates(situation.customer, named, situation.history, situation.catalog);
  const order = only<Order>(orders);
  const wanted = wantedProducts({
    mentioned: trouble ? [] : mentioned,
    withAnswer: fitting
      .flatMap((entry) => entry.answers.flatMap((answer) => answer.cards ?? []))
      .filter((id) => !trouble || !mentioned.includes(id)),
    customer: situation.customer,
    context: !trouble && showsContext(situation, reading, fitting, asks),
    found:
      asks && named.orders.length === 0 && (!trouble || wantsInstead(reading))
        ? findProducts(situation, reading, mentioned)
        : [],
  });
  const subjects =
    mentioned.length > 0 || !(fitting.some(needsProduct) || asksPrice(reading.words))
      ? mentioned
      : impliedProducts(situation, order);
  const { products, degraded } = await readOrDegrade(readProducts, [...wanted.map(({ id }) => id), ...subjects]);
  const candidates = candidatesAmong(subjects.slice(0, MAX_SUBJECTS), products);
  return {
    named,
    orders,
    order,
    product: only<Product>(candidates),
    productKnown: only<Product>(candidates) !== undefined,
    facts: factAlternatives(situation, orders, candidates),
    wanted,
    products,
    degraded,
    trouble,
  };
}

/** Cart and views are worth showing to a question about goods, to one that nothing fits, and to a first hello. */
function showsContext(situation: Situation, reading: Reading, fitting: readonly Entry[], asks: boolean): boolean {
  const { understanding, words } = reading;
  if (!asks) return situation.firstContact && understanding.act === 'greet';
  if (namedOrders(reading, situation.customer).length > 0) return false;
  return isAboutProduct(words, understanding) || (fitting.length === 0 && understanding.act === 'question');
}

/** Whether an answer's condition or text speaks of a product. */
function needsProduct(entry: Entry): boolean {
  return entry.answers.some(({ when, text }) => /product\.|商品|类目/.test(when ?? '') || text.includes('{{product.'));
}

/** Unnamed, the product is what the order contains, or the one thing the customer looked at. */
function impliedProducts({ customer }: Situation, order: Order | undefined): string[] {
  const ordered = order?.items?.flatMap((item) => (item.productId === undefined ? [] : [item.productId])) ?? [];
  if (ordered.length > 0) return ordered;
  const viewed = customer?.recentViews ?? [];
  return viewed.length === 1 ? viewed : [];
}

/** Products as they are now; none, and `degraded`, where they cannot be read. */
export async function readOrDegrade(
  readProducts: ReadProducts,
  ids: readonly string[],
): Promise<{ products: readonly Product[]; degraded: boolean }> {
  const valid = [...new Set(ids)].flatMap((id) => {
    const parsed = ProductId.safeParse(id);
    return parsed.success ? [parsed.data] : [];
  });
  if (valid.length === 0) return { products: [], degraded: false };
  try {
    return { products: await readProducts(valid.slice(0, MAX_READ)), degraded: false };
  } catch {
    // An answer without product cards is better than none; the assist says what was missing.
    return { products: [], degraded: true };
  }
}

function candidatesAmong(ids: readonly string[], products: readonly Product[]): ProductCandidates {
  const byId = new Map<string, Product>(products.map((product) => [product.id, product]));
  return ids.length === 0 ? ['unknown'] : ids.map((id) => byId.get(id) ?? 'unknown');
}
