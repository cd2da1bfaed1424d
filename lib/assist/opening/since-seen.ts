/**
 * What has happened to a product since the customer saw it: cheaper, or back in stock. Each is said only as far as it is
 * known: "since you viewed it" needs the price of then, told by the platform or kept by the catalogue for the time of the
 * view; without the time of the view what is left is what the catalogue did, with its day.
 */
import type { Customer, Seen } from '../../domain/customer.ts';
import { instantOf } from '../../domain/local-time.ts';
import type { Money, Product, ProductVariant } from '../../domain/product.ts';

export type Moment = { now: number; timeZone: string };

/** `since`: where it was seen; else `on`: the instant it happened, whenever it was seen. */
type When = { since: Seen['where'] } | { on: number };
export type PriceFall = { was: Money; now: Money } & When;
/** `variants`: which ones, where they are known; none: the product as a whole. */
export type Back = { variants: readonly string[] } & When;
export type Changes = { fall?: PriceFall; back?: Back };

/** What the catalogue did longer ago is no news to who may have seen it since. */
const NEWS_MS = 14 * 86_400_000;
const MOST_NAMED = 3;

/** What a line says of price or stock: `undefined` where nothing can be known by it, `null` where nothing changed. */
type Told<T> = T | null | undefined;

/** Lines in the cart first, then the latest. */
function linesOf({ seen = [] }: Customer, product: Product, { timeZone }: Moment): Seen[] {
  const at = (line: Seen): number => (line.at === undefined ? 0 : (instantOf(line.at, timeZone) ?? 0));
  return seen
    .filter(({ productId }) => productId === product.id)
    .sort((a, b) => (a.where === b.where ? at(b) - at(a) : a.where === 'cart' ? -1 : 1));
}

export function changesOf(customer: Customer, product: Product, moment: Moment): Changes {
  const lines = linesOf(customer, product, moment);
  const fall = first(lines.map((line) => fallOf(line, product, moment))) ?? newsOfPrice(lines, product, moment);
  const back = first(lines.map((line) => backOf(line, product, moment))) ?? newsOfStock(lines, product, moment);
  return { ...(fall ? { fall } : {}), ...(back ? { back } : {}) };
}

/** The first that something happened by; else that nothing did; else nothing is known. */
function first<T>(told: readonly Told<T>[]): Told<T> {
  return told.find((one) => one !== null && one !== undefined) ?? told.find((one) => one === null);
}

const folded = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s码号]/g, '');

const variantOf = ({ variants = [] }: Product, name: string): ProductVariant | undefined =>
  variants.find((variant) => folded(variant.name) === folded(name));

/** When a line was seen. A time to come is no time. */
function seenAt({ at }: Seen, { now, timeZone }: Moment): number | undefined {
  const instant = at === undefined ? undefined : instantOf(at, timeZone);
  return instant === undefined || instant > now ? undefined : instant;
}

const amount = ({ amount: digits }: Money): number => Number(digits);

const costsTheSame = ({ variants = [] }: Product): boolean => variants.every(({ price }) => price === undefined);

/** The catalogue's price of what a line saw; undefined where kinds cost differently and the line names none. */
function priceNow({ variant }: Seen, product: Product): Money | undefined {
  const own = variant === undefined ? undefined : variantOf(product, variant);
  if (own !== undefined) return own.price ?? product.price;
  return costsTheSame(product) ? product.price : undefined;
}

const SIGNS: Readonly<Record<string, readonly string[]>> = {
  CNY: ['¥', '￥', '元', 'CNY', 'RMB'],
  JPY: ['¥', '￥', 'JPY'],
  USD: ['$', 'USD', 'US$'],
  EUR: ['€', 'EUR'],
  GBP: ['£', 'GBP'],
};

/** The price a line was shown at, if it is surely in the catalogue's currency. */
function priceThen({ price }: Seen, currency: string): Money | undefined {
  if (typeof price === 'number') return price > 0 ? { amount: String(price), currency } : undefined;
  const match = /^([^\d\s.,-]{0,3})\s?(\d{1,3}(?:,\d{3})+|\d{1,9})(\.\d{1,4})?\s?([^\d\s.,-]{0,3})$/.exec(
    price?.trim() ?? '',
  );
  if (match === null) return undefined;
  const [, before = '', whole = '', cents = '', after = ''] = match;
  const signs = [before, after].filter((sign) => sign !== '');
  const known = SIGNS[currency] ?? [currency];
  if (!signs.every((sign) => known.includes(sign.toUpperCase()))) return undefined;
  return { amount: `${whole.replaceAll(',', '')}${cents}`, currency };
}

/** The product's price at an instant, as its imports tell; undefined before the first of them. */
function priceAt({ price, past = {}, updatedAt }: Product, at: number): Money | undefined {
  if (at >= Date.parse(past.priceSince ?? updatedAt)) return price;
  return past.prices?.find(({ from, until }) => Date.parse(from) <= at && at < Date.parse(until))?.price;
}

function fallOf(line: Seen, product: Product, moment: Moment): Told<PriceFall> {
  const now = priceNow(line, product);
  if (now === undefined) return undefined;
  const at = costsTheSame(product) ? seenAt(line, moment) : undefined;
  const was = priceThen(line, now.currency) ?? (at === undefined ? undefined : priceAt(product, at));
  if (was === undefined || was.currency !== now.currency) return undefined;
  return amount(now) < amount(was) ? { was, now, since: line.where } : null;
}

/** The last import that changed the price made it cheaper, lately. */
function newsOfPrice(lines: readonly Seen[], product: Product, moment: Moment): Told<PriceFall> {
  const now = costsTheSame(product) ? product.price : undefined;
  const last = product.past?.prices?.[0];
  const on = Date.parse(product.past?.priceSince ?? '');
  if (now === undefined || last === undefined || !isNews(on, lines, fallOf, product, moment)) return undefined;
  const fell = last.price.currency === now.currency && amount(now) < amount(last.price);
  return fell && last.until === product.past?.priceSince ? { was: last.price, now, on } : undefined;
}

/** Recent, and no line is known to have seen it already. */
function isNews(
  on: number,
  lines: readonly Seen[],
  tell: (line: Seen, product: Product, moment: Moment) => Told<object>,
  product: Product,
  moment: Moment,
): boolean {
  const age = moment.now - on;
  return age >= 0 && age <= NEWS_MS && lines.every((line) => tell(line, product, moment) === undefined);
}

const isThere = (stock: number | undefined): boolean => stock !== undefined && stock > 0;
const after = (iso: string | undefined, at: number | undefined): boolean =>
  iso !== undefined && at !== undefined && Date.parse(iso) > at;

function backOf(line: Seen, product: Product, moment: Moment): Told<Back> {
  const at = seenAt(line, moment);
  if (line.inStock === true && at === undefined) return null;
  if (line.inStock === undefined && at === undefined) return undefined;
  const returned = (iso: string | undefined) => line.inStock === false || after(iso, at);
  if (line.variant !== undefined) return variantBack(line, line.variant, product, returned);
  if (isThere(product.stock) && returned(product.past?.backAt)) return { ...whole(line), variants: thereOf(product) };
  const names = (product.variants ?? []).flatMap(({ name, stock }) =>
    isThere(stock) && after(product.past?.variantsBackAt?.[name], at) ? [name] : [],
  );
  return names.length > 0 ? { variants: names.slice(0, MOST_NAMED), since: line.where } : null;
}

/** Of a kind that the catalogue does not count nothing is known. */
function variantBack(
  { where }: Seen,
  name: string,
  product: Product,
  returned: (iso: string | undefined) => boolean,
): Told<Back> {
  const own = variantOf(product, name);
  if (own?.stock === undefined) return undefined;
  const isBack = isThere(own.stock) && returned(product.past?.variantsBackAt?.[own.name]);
  return isBack ? { variants: [own.name], since: where } : null;
}

const whole = ({ where }: Seen): Back => ({ variants: [], since: where });

/** Which kinds there are, where not all of them are there. */
function thereOf({ variants = [] }: Product): string[] {
  const there = variants.filter(({ stock }) => isThere(stock)).map(({ name }) => name);
  return there.length === variants.length ? [] : there.slice(0, MOST_NAMED);
}

/** What came back last, lately. */
function newsOfStock(lines: readonly Seen[], product: Product, moment: Moment): Told<Back> {
  const { backAt, variantsBackAt = {} } = product.past ?? {};
  const news = (iso: string) => isNews(Date.parse(iso), lines, backOf, product, moment);
  if (backAt !== undefined && news(backAt) && isThere(product.stock)) {
    return { variants: thereOf(product), on: Date.parse(backAt) };
  }
  const dated = Object.entries(variantsBackAt).filter(
    ([name, iso]) => news(iso) && isThere(variantOf(product, name)?.stock),
  );
  const on = Math.max(...dated.map(([, iso]) => Date.parse(iso)));
  const names = dated.flatMap(([name, iso]) => (Date.parse(iso) === on ? [name] : []));
  return names.length > 0 ? { variants: names.slice(0, MOST_NAMED), on } : undefined;
}
