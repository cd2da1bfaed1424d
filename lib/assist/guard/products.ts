/** A price or a stock that the catalogue does not have. */
import type { ReplyWarning } from '../../domain/contract/desk-tools.ts';
import type { Product } from '../../domain/product.ts';
import { type Amount, amountsIn } from './amounts.ts';
import { type Check, folded, type GuardContext, type Piece, piecesOf, SENTENCES } from './types.ts';

/** An amount that is no price: a threshold, a discount, a fee, a refund, an instalment. */
const OTHER_AMOUNT_BEFORE =
  /(?:满|减|省|优惠|立减|券|抵|返|退|补|差|赔|运费|邮费|押金|定金|尾款|预付|首付|原价|之前|以前|低至|预算|over|above|off|save|fee|shipping|delivery|deposit|refund(?:ed)?|credit|coupon|voucher|was|from|under|below|budget|instead of)[^，,。]{0,8}$/;
const OTHER_AMOUNT_AFTER =
  /^\s?(?:以上|以内|以下|左右|的?(?:券|优惠|红包|运费|差价|定金|尾款|补贴)|减|off\b|discount|coupon|voucher|shipping|delivery|fee|deposit|(?:a|per|each) (?:month|week)|\/?\s?(?:月|期)|x\s?\d+\s?期)/;
const PRICE_WORDS =
  /价|卖|售|只要|仅需|多少钱|一[双件个台条]|这[款个件双]|它|\bprice|\bcosts?\b|\bit(?:'s| is)\b|\bsells?\b|\bthis one\b|\bonly\b/;
const IN_STOCK = /有货|现货|有库存|库存充足|\bin stock\b|\bavailable\b/g;
const OUT_OF_STOCK =
  /缺货|没货|无货|断货|售罄|卖完|卖光|没有库存|没有现货|\bout of stock\b|\bsold out\b|\bunavailable\b/g;
const DENIED = /(?:没有?|不|无|是否|有没有|不再|暂无|if|not|isn't|n't|when|once|back|no longer|whether)[^，,。]{0,6}$/;
const LATER = /补货|到货|预计|等|上架|\bback in stock\b|\bsoon\b|\brestock/;
/** Of one variant: the product's stock says nothing of it. */
const VARIANT =
  /(?:\b(?:xxs|xs|s|m|l|xl|xxl|[2-6]xl)\b|\d{2}码|[大中小均]码|码|尺寸|颜色|[红黑白蓝绿黄紫灰粉橙棕]色|\bsizes?\b|\bcolou?rs?\b|\b(?:red|black|white|blue|green|yellow|grey|gray|pink|brown)\b)/;
/** Two of it cost twice as much. */
const MOST_PIECES = 20;

const isPriceOf = ({ value, currency }: Amount, { price }: Product): boolean => {
  if (price === undefined) return true;
  if (currency !== undefined && currency !== price.currency.toUpperCase()) return false;
  const single = Number(price.amount);
  const pieces = value / single;
  return value === single || (Number.isInteger(pieces) && pieces >= 2 && pieces <= MOST_PIECES);
};

/** The products that a sentence is about: those it names, else the one spoken of. */
function subjectsOf(piece: Piece, { named, spokenOf }: GuardContext): { products: Product[]; isNamed: boolean } {
  const here = named.filter(({ start }) => start >= piece.start && start < piece.start + piece.text.length);
  if (here.length > 0) return { products: [...new Set(here.map(({ product }) => product))], isNamed: true };
  return { products: spokenOf.length === 1 && named.length === 0 ? [...spokenOf] : [], isNamed: false };
}

const isOther = (text: string, { start, end }: Amount): boolean =>
  OTHER_AMOUNT_BEFORE.test(text.slice(0, start)) || OTHER_AMOUNT_AFTER.test(text.slice(end));

const priceWords = ({ price }: Product): string => (price === undefined ? '' : `${price.amount} ${price.currency}`);

function prices(piece: Piece, products: readonly Product[], isNamed: boolean, text: string): ReplyWarning[] {
  const priced = products.filter(({ price }) => price !== undefined);
  if (priced.length === 0 || (!isNamed && !PRICE_WORDS.test(piece.text))) return [];
  return amountsIn(piece.text)
    .filter((amount) => !isOther(piece.text, amount) && !priced.some((product) => isPriceOf(amount, product)))
    .map((amount) => ({
      kind: 'price',
      text: text.slice(piece.start + amount.start, piece.start + amount.end),
      start: piece.start + amount.start,
      end: piece.start + amount.end,
      message: { zh: '与商品库里的价格不一致', en: 'The catalogue has another price' },
      expected: priced.map((product) => `${product.title}: ${priceWords(product)}`).join(' / '),
    }));
}

function stocks(piece: Piece, products: readonly Product[], text: string): ReplyWarning[] {
  const known = products.filter(({ stock }) => stock !== undefined);
  const [product] = known;
  if (product === undefined || known.length > 1 || LATER.test(piece.text)) return [];
  const isOut = product.stock === 0;
  if (!isOut && VARIANT.test(piece.text)) return [];
  const claims = [...piece.text.matchAll(isOut ? IN_STOCK : OUT_OF_STOCK)];
  return claims
    .filter((claim) => !DENIED.test(piece.text.slice(0, claim.index)))
    .map((claim) => {
      const start = piece.start + claim.index;
      const end = start + claim[0].length;
      return {
        kind: 'stock',
        text: text.slice(start, end),
        start,
        end,
        message: isOut
          ? { zh: '商品库显示缺货', en: 'The catalogue says it is out of stock' }
          : { zh: '商品库显示有货', en: 'The catalogue says it is in stock' },
        expected: `${product.title}: ${String(product.stock)}`,
      };
    });
}

export const checkProducts: Check = (text, context) => {
  if (context.named.length === 0 && context.spokenOf.length === 0) return [];
  return piecesOf(folded(text), SENTENCES).flatMap((piece) => {
    const { products, isNamed } = subjectsOf(piece, context);
    return [...prices(piece, products, isNamed, text), ...stocks(piece, products, text)];
  });
};
