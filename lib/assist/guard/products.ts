/** A price or a stock that the catalogue does not have. */
import type { ReplyWarning } from '../../domain/contract/desk-tools.ts';
import type { Product, ProductVariant } from '../../domain/product.ts';
import { type Amount, amountsIn, bareAmountsIn } from './amounts.ts';
import { meantBy } from './meant.ts';
import { type Check, CLAUSES, folded, type GuardContext, type Piece, piecesOf, SENTENCES } from './types.ts';

/** An amount that is no price: a threshold, a discount, a fee, a refund, an instalment, what somebody paid. */
const OTHER_AMOUNT_BEFORE =
  /(?:满|减|省|优惠|立减|券|抵|返|补|差|赔|预付|首付|原价|之前|以前|当时|昨天|低至|预算|便宜|贵|涨|降|折|到手|拼团|秒杀|会员|另付|另加|over|above|off|save|saved|credit|was|from|under|below|budget|instead of|cheaper by|extra|another)[^，,。]{0,8}$/;
/** Said anywhere before in the clause, it is what the amount is. */
const OTHER_AMOUNT_CLAUSE =
  /(?:退|运费|邮费|押金|定金|尾款|价保|保价|实付|付了|支付|付款|买的|花了|合计|总共|一共|共计|总计|总价|总额|订单|这单|余额|积分|\b(?:fee|shipping|delivery|deposit|refund(?:ed|s)?|coupon|voucher|gift card|paid|pay|charged|total|altogether|order|balance|points|invoice|ordered|bought|discount)\b)[^，,。]*$/;
const OTHER_AMOUNT_AFTER =
  /^\s?(?:以上|以内|以下|左右|的?(?:券|优惠|红包|运费|差价|定金|尾款|补贴)|减|便宜|是?的?价保|退|的(?!价|[哦呢哈呀啊了吧]|\s|$)|off\b|discount|coupon|voucher|shipping|delivery|fee|deposit|refund|in total|altogether|(?:a|per|each) (?:month|week)|\/?\s?(?:月|期)|x\s?\d+\s?期|[-~至到])/;
const PRICE_WORDS =
  /价(?!保)|卖|售|只要|仅需|多少钱|一[双件个台条]|\bprice|\bcosts?\b|\bit(?:'s| is)\b|\bsells?\b|\bthis one\b|\bonly\b/;
const IN_STOCK = /有货|现货|有库存|库存充足|\bin stock\b|\bavailable\b/g;
const OUT_OF_STOCK =
  /缺货|没货|无货|断货|售罄|卖完|卖光|没有库存|没有现货|\bout of stock\b|\bsold out\b|\bunavailable\b/g;
const DENIED = /(?:没有?|不|无|是否|有没有|不再|暂无|if|not|isn't|n't|when|once|back|no longer|whether)[^，,。]{0,6}$/;
/** Said of what is not known yet, or of any product at all. */
const NOT_NOW =
  /补货|到货|预计|等|上架|如果|若|要是|的话|能选|选到|能拍|能加|可选|能正常|明天|后天|下周|下个?月|\bagain\b|\bnext (?:week|month)\b|\bback in stock\b|\bsoon\b|\brestock|\bif\b|\bwhat you can\b|\bwhen\b|\bonce\b/;
/** What goes on from there speaks of stock, not of having it: "现货商品", "有货之后". */
const STOCK_GOES_ON = /^(?![的了哦呢哈呀啊吧噢嘛可能随直放充您亲和都])\p{Script=Han}/u;
/** Of one variant: the product's stock says nothing of it, unless there is none of any. */
const VARIANT =
  /(?:\b(?:xxs|xs|s|m|l|xl|xxl|[2-6]xl)\b|\d{2}码|[大中小均]码|码|尺寸|颜色|[红黑白蓝绿黄紫灰粉橙棕]色|\bsizes?\b|\bcolou?rs?\b|\b(?:red|black|white|blue|green|yellow|grey|gray|pink|brown)\b)/;
const VARIANTS = new RegExp(VARIANT, 'g');
const MOST_PIECES = 20;

type Priced = { amount: string; currency: string };

/** The one variant that a clause names ("M码", "the red one"). */
function variantIn(clause: string, { variants = [] }: Product): ProductVariant | undefined {
  const named = variants.filter(({ name }) => {
    const plain = folded(name.trim());
    const at = clause.indexOf(plain);
    const isWord =
      /^[a-z0-9]/.test(plain) && /[a-z0-9]/.test(`${clause.charAt(at - 1)}${clause.charAt(at + plain.length)}`);
    return plain !== '' && at !== -1 && !isWord;
  });
  return named.length === 1 ? named[0] : undefined;
}

/** What a product may cost: as the variant that is named, else as any. */
function pricesOf(product: Product, clause: string): Priced[] {
  const own = variantIn(clause, product)?.price;
  if (own !== undefined) return [own];
  return [product.price, ...(product.variants ?? []).map(({ price }) => price)].flatMap((price) => price ?? []);
}

/** Two of it cost twice as much. */
function isPriceOf({ value, currency }: Amount, prices: readonly Priced[]): boolean {
  return prices.some((price) => {
    if (currency !== undefined && currency !== price.currency.toUpperCase()) return false;
    const single = Number(price.amount);
    const pieces = value / single;
    return value === single || (Number.isInteger(pieces) && pieces >= 2 && pieces <= MOST_PIECES);
  });
}

type Claim = { sentence: Piece; clause: Piece; text: string; context: GuardContext };

/** The products that a sentence names in full. */
const namedIn = ({ text, start }: Piece, { named }: GuardContext): Product[] => [
  ...new Set(
    named.filter((one) => one.start >= start && one.start < start + text.length).map(({ product }) => product),
  ),
];

const isOther = (text: string, { start, end }: Amount): boolean => {
  const before = text.slice(0, start);
  return (
    OTHER_AMOUNT_BEFORE.test(before) || OTHER_AMOUNT_CLAUSE.test(before) || OTHER_AMOUNT_AFTER.test(text.slice(end))
  );
};

/** A number without a currency is money only where it is about as large as the price. */
const TIMES_OFF = 3;

const isLikely = ({ value }: Amount, prices: readonly Priced[]): boolean =>
  prices.some(({ amount }) => value >= Number(amount) / TIMES_OFF && value <= Number(amount) * TIMES_OFF);

/** The products whose price an amount should be; none where it may be another's. */
function pricedBy({ sentence, clause, context }: Claim, amount: Amount, isBare: boolean): Product[] {
  const named = namedIn(sentence, context);
  if (named.length > 0 && !isBare) return named;
  const at = clause.start;
  const within = context.named.filter(({ start, end }) => start >= at && end <= at + amount.start);
  const inClause = within.at(-1);
  if (named.length > 0 && inClause === undefined) return [];
  const lead = clause.text.slice(inClause === undefined ? 0 : inClause.end - at, amount.start);
  const speaks = inClause === undefined ? context : { ...context, named: within };
  const { products, called } = meantBy(withoutVariant(lead), speaks, isBare);
  const isPriced = called || inClause !== undefined || PRICE_WORDS.test(clause.text);
  return products.filter((product) => isPriced || variantIn(clause.text, product) !== undefined);
}

function prices(claim: Claim): ReplyWarning[] {
  const { clause, text } = claim;
  const marked = amountsIn(clause.text);
  const bare = bareAmountsIn(clause.text).filter(({ start, end }) =>
    marked.every((one) => end <= one.start || one.end <= start),
  );
  return [...marked.map((amount) => ({ amount, isBare: false })), ...bare.map((amount) => ({ amount, isBare: true }))]
    .filter(({ amount }) => !isOther(clause.text, amount))
    .flatMap(({ amount, isBare }) => {
      const priced = pricedBy(claim, amount, isBare).filter(({ price }) => price !== undefined);
      const known = priced.flatMap((product) => pricesOf(product, clause.text));
      const isWrong = known.length > 0 && !isPriceOf(amount, known) && (!isBare || isLikely(amount, known));
      return isWrong ? [warning('price', clause, amount, text, PRICE_SAID, expectedOf(priced, clause.text))] : [];
    });
}

const PRICE_SAID = { zh: '与商品库里的价格不一致', en: 'The catalogue has another price' };
const OUT = { zh: '商品库显示缺货', en: 'The catalogue says it is out of stock' };
const IN = { zh: '商品库显示有货', en: 'The catalogue says it is in stock' };

const expectedOf = (products: readonly Product[], clause: string): string =>
  products
    .map((product) => {
      const price = variantIn(clause, product)?.price ?? product.price;
      return `${product.title}: ${price === undefined ? '' : `${price.amount} ${price.currency}`}`;
    })
    .join(' / ');

function warning(
  kind: 'price' | 'stock',
  clause: Piece,
  at: { start: number; end: number },
  text: string,
  message: ReplyWarning['message'],
  expected: string,
): ReplyWarning {
  const [start, end] = [clause.start + at.start, clause.start + at.end];
  return { kind, text: text.slice(start, end), start, end, message, expected };
}

function stocks(claim: Claim): ReplyWarning[] {
  const { sentence, clause } = claim;
  if (NOT_NOW.test(sentence.text)) return [];
  const found = [IN_STOCK, OUT_OF_STOCK].flatMap((words) => [...clause.text.matchAll(words)]);
  return found.flatMap((match) => stockAgainst(claim, match.index, match[0]) ?? []);
}

/** Held against the stock of the one product that is meant, or of its variant. */
function stockAgainst(
  { sentence, clause, text, context }: Claim,
  start: number,
  said: string,
): ReplyWarning | undefined {
  const end = start + said.length;
  const lead = clause.text.slice(0, start);
  if (DENIED.test(lead) || STOCK_GOES_ON.test(clause.text.slice(end))) return undefined;
  const named = namedIn(sentence, context);
  const [product, ...others] = named.length > 0 ? named : meantBy(withoutVariant(lead), context, false).products;
  if (product === undefined || others.length > 0) return undefined;
  const stock = stockOf(product, clause.text);
  const saysOut = said.search(OUT_OF_STOCK) === 0;
  if (stock === undefined || (stock === 0) === saysOut) return undefined;
  const message = stock === 0 ? OUT : IN;
  return warning('stock', clause, { start, end }, text, message, `${product.title}: ${String(stock)}`);
}

const withoutVariant = (lead: string): string => lead.replace(VARIANTS, ' ');

function stockOf(product: Product, clause: string): number | undefined {
  const own = variantIn(clause, product)?.stock;
  if (own !== undefined) return own;
  return product.stock !== undefined && product.stock > 0 && VARIANT.test(clause) ? undefined : product.stock;
}

export const checkProducts: Check = (text, given) => {
  const { named, spokenOf, around = [] } = given;
  if (named.length + spokenOf.length + around.length === 0) return [];
  const plain = folded(text);
  const context = { ...given, reply: plain };
  return piecesOf(plain, SENTENCES).flatMap((sentence) =>
    piecesOf(sentence.text, CLAUSES).flatMap((piece) => {
      const clause = { text: piece.text, start: sentence.start + piece.start };
      const claim: Claim = { sentence, clause, text, context };
      return [...prices(claim), ...stocks(claim)];
    }),
  );
};
