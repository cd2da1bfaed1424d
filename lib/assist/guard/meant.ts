/**
 * Whose price or stock a claim is that names no product in full: "这双跑鞋299", "the trail shoe is 299". What stands
 * before the claim in its clause must say the product meant and nothing else: other goods, fees and orders are let pass.
 */
import type { Product } from '../../domain/product.ts';
import { normalize } from '../../engine/normalize.ts';
import { stem } from '../../engine/products/stem.ts';
import { contentWords } from '../context/content-words.ts';
import type { GuardContext } from './types.ts';

/** `called`: by a word of its own or "this one"; else only "it", or nothing at all. */
export type Meant = { products: readonly Product[]; called: boolean };

/** Words around a price or a stock that name nothing. */
const FILLER =
  /价格|价钱|售价|现价|标价|单价|价位|价|卖|售|只要|只需|仅需|仅|需要|需|目前|当前|今日|促销|特价|活动|帮您|帮你|这边|那边|查到|查询|查|核实|确认|显示|页面|店里|店铺|本店|仓库|暂时|正好|刚好|看中|喜欢|发来?|链接|亲爱的|放心|直接|随时|库存|一(?=[双件个台条款])|[款双件台条种把只套张瓶支部顶]|起/g;
const FILLERS: ReadonlySet<string> = new Set(
  'price prices priced cost costs sell sells selling sold goes going currently right moment listed retails page shows show checked check website sure dear available stock comes item product regular sale offer asking buy nice great lovely'.split(
    ' ',
  ),
);
const THIS =
  /[这那该此本](?:一)?[款个件双条台种把只套张瓶支部顶]|它|\b(?:this|that|these|those)\b(?: one)?|\bit(?:'s)?\b/u;
/** What "this" may stand before and is no product. */
const NO_PRODUCT =
  /单|券|优惠|红包|运费|邮费|退|差|快递|包裹|金额|押金|定金|积分|月|次|周|批|重|量|码|寸|长|宽|高|功率|续航|号|^(?:orders?|coupons?|vouchers?|codes?|refunds?|fees?|parcels?|packages?|shipping|delivery|deposits?|amounts?|totals?|weeks?|months?|times?|plans?|payments?|credits?|gifts?|weights?|sizes?|capacity|invoices?)$/u;
/** A reply that speaks of something beside the product: "it" may be that. */
const SOMETHING_ELSE =
  /另外|另一|别的|其他|其它|同款|同类|类似|搭配|配套|赠|换成|\b(?:also|another|other|others|alternative|similar|instead|else|matching|as well)\b/u;

const HAN = /^\p{Script=Han}+$/u;
const RUN = /\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv;
/** The one garment that is written with a letter, which by itself says nothing. */
const T_SHIRT = /t[-\s]?恤/gi;

type Own = ReadonlySet<string>;

/** Characters of Chinese, stems of others. */
function pieces(text: string): Own {
  const runs = normalize(text).match(RUN) ?? [];
  return new Set(runs.flatMap((run) => (HAN.test(run) ? [...run] : [stem(run)])));
}

const wordsOf = ({ title, aliases, category = '', attributes }: Product): Own =>
  pieces([title, ...aliases, category, ...Object.values(attributes)].join(' '));

const isOf = (word: string, own: Own): boolean =>
  HAN.test(word) ? [...word].every((character) => own.has(character)) : own.has(stem(word));

const touches = (word: string, own: Own): boolean =>
  HAN.test(word) ? [...word].some((character) => own.has(character)) : own.has(stem(word));

const sayingWords = (text: string): string[] =>
  contentWords(text.replace(T_SHIRT, '恤恤').replace(FILLER, ' ')).filter(
    (word) => /\p{L}/u.test(word) && !FILLERS.has(word),
  );

/** Two Chinese characters, or a word of two letters, are enough to call something by. */
const isTelling = (words: readonly string[]): boolean => words.join('').length >= 2;

const NOTHING: Meant = { products: [], called: false };

/** The one product that "it" can be, and its words. */
function theOne({ named, spokenOf, calls = '' }: GuardContext): { product: Product; own: Own } | undefined {
  const [product, ...others] = named.length > 0 ? new Set(named.map((one) => one.product)) : spokenOf;
  if (product === undefined || others.length > 0) return undefined;
  return { product, own: new Set([...wordsOf(product), ...pieces(calls)]) };
}

/**
 * The products that the words before a claim mean; none where they speak of anything else. `strict`: a number without a
 * currency, for which "this" must stand before a word of the product.
 */
export function meantBy(lead: string, context: GuardContext, strict: boolean): Meant {
  const one = theOne(context);
  const found = THIS.exec(lead);
  if (found !== null && one !== undefined) {
    return isThis(lead, found, one.own, strict) ? { products: [one.product], called: true } : NOTHING;
  }
  const words = sayingWords(lead);
  if (words.length > 0) return isTelling(words) ? { products: calledSo(words, one, context), called: true } : NOTHING;
  const isIt = one !== undefined && !SOMETHING_ELSE.test(context.reply ?? '');
  return isIt ? { products: [one.product], called: false } : NOTHING;
}

/** The products that all these words are of: the one spoken of, else whichever stand beside the conversation. */
function calledSo(words: readonly string[], one: ReturnType<typeof theOne>, context: GuardContext): Product[] {
  const isAll = (own: Own): boolean => words.every((word) => isOf(word, own));
  if (one !== undefined && isAll(one.own)) return [one.product];
  const { named, spokenOf, around = [] } = context;
  const all = [...named.map(({ product }) => product), ...spokenOf, ...around];
  return [...new Set(all)].filter((product) => isAll(wordsOf(product)));
}

/** Whether "this", with its noun and what else is said before the claim, can be the one product spoken of. */
function isThis(lead: string, found: RegExpExecArray, own: Own, strict: boolean): boolean {
  const after = lead.slice(found.index + found[0].length).trimStart();
  const [first] = sayingWords(after);
  const noun = first !== undefined && normalize(after).startsWith(first) ? first : undefined;
  if (noun !== undefined && (NO_PRODUCT.test(noun) || (strict && !touches(noun, own)))) return false;
  const rest = noun === undefined ? after : after.slice(noun.length);
  return sayingWords(`${lead.slice(0, found.index)} ${rest}`).every((word) => isOf(word, own));
}
