import { normalize } from '../normalize.ts';
import { sizeKey } from './fields.ts';
import type { Need } from './needs.ts';
import { readNeeds } from './needs.ts';
import { readPrice } from './price.ts';
import type { PriceRange } from './types.ts';

/** What a customer's sentence asks of products, apart from the words that name them. */
export type Wish = {
  /** The query without courtesy, price, size and need words. */
  words: string;
  price: PriceRange | undefined;
  /** Places in the need table. */
  needs: readonly number[];
  sizes: readonly string[];
  inStock: boolean;
  cheaper: boolean;
};

const CHEAPER =
  /便宜(?:一?点儿?|一?些)?的?|更便宜的?|最便宜的?|平价的?|实惠点?的?|\b(?:cheaper|cheapest|less expensive|lower priced?|more affordable)(?: (?:one|ones|option|options))?\b/gu;
const IN_STOCK = /有现货的?|有货的?|现货|\b(?:in stock|available now)\b/gu;
const SIZE =
  /(?<![a-z\d])(?:size\s?(\d{1,3}(?:\.5)?|x{0,5}[sl]|m)(?![\p{L}\d])|(\d{2}(?:\.5)?)\s?[码号]|(x{1,5}[sl]|[2-6]xl|[sml](?=[码号]))[码号]?(?![a-z\d]))/gu;
/** Courtesy, asking and filler: said to the agent, not of the product. */
const ASIDE_ZH =
  /请问|你好|您好|麻烦|帮我|给我|想要|想买|我要买|我想|我要|要买|有没有|有木有|有吗|有啥|有什么|什么样|哪一?[款个种]|推荐|介绍|看看|找找?|求|一下|一[款个件双]|这[款个]|那[款个]|比较|适合|好一?点|的话|可以|能不能|亲|吗|呢|吧|呀|啊|么|什么|好用|好的|商品|产品|东西/gu;
const ASIDE_EN =
  /\b(?:hi|hello|please|do you (?:have|sell|carry|stock)|have you got|are there|is there|(?:can|could|would) you|show me|find me|recommend|suggest|i(?:'m| am)? (?:need|want|looking for|look for|searching for|would like|after)|i'd like|looking for|something|anything|someone|somebody|something's|that (?:is|are)|which (?:is|are)|what|any|some|my|your|me|us|i|you|is|are|that|this|it|who|ones?(?=\s*(?:$|[,.?!;]|for|that|with|in|under)))\b/gu;

/** 一百 and 两千五 as digits, where money follows. */
const HAN_DIGITS: Readonly<Record<string, number>> = {
  一: 1,
  两: 2,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const HAN_AMOUNT = /([一两二三四五六七八九])([百千])([一二三四五六七八九])?(?=[元块以之左上不内])/gu;

function withDigits(text: string): string {
  return text.replace(HAN_AMOUNT, (_, digit: string, unit: string, next: string | undefined) => {
    const scale = unit === '百' ? 100 : 1_000;
    return String((HAN_DIGITS[digit] ?? 0) * scale + ((HAN_DIGITS[next ?? ''] ?? 0) * scale) / 10);
  });
}

function readSizes(text: string, given: readonly string[], known: (size: string) => boolean) {
  const found = new Set(given.map(sizeKey).filter(known));
  const rest = text.replace(SIZE, (all, ...groups) => {
    const size = sizeKey(String(groups.slice(0, 3).find((group) => group !== undefined) ?? ''));
    if (!known(size)) return all;
    found.add(size);
    return ' \n ';
  });
  return { sizes: [...found], rest };
}

function take(text: string, pattern: RegExp): { had: boolean; rest: string } {
  const rest = text.replace(pattern, ' \n ');
  return { had: rest !== text, rest };
}

/** Reads a sentence in either language; `knownSize` says whether any product comes in a size. */
export function readWish(
  text: string,
  {
    needs,
    sizes: given = [],
    knownSize,
  }: { needs: readonly Need[]; sizes?: readonly string[]; knownSize: (size: string) => boolean },
): Wish {
  const priced = readPrice(withDigits(normalize(text)));
  const cheap = take(priced.rest, CHEAPER);
  const needed = readNeeds(cheap.rest, needs);
  const stocked = take(needed.rest, IN_STOCK);
  const sized = readSizes(stocked.rest, given, knownSize);
  return {
    words: sized.rest
      .replace(ASIDE_ZH, ' \n ')
      .replace(ASIDE_EN, ' ')
      .replace(/[的给送]/gu, ' '),
    price: priced.range,
    needs: needed.found,
    sizes: sized.sizes,
    inStock: stocked.had,
    cheaper: cheap.had,
  };
}
