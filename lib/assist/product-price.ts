import type { ReleaseId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { Product } from '../domain/product.ts';
import type { Offered } from './decide-alone.ts';
import { suggestionId } from './ids.ts';
import { priceLabel } from './slot-values.ts';

/** Asks what the thing costs and nothing else. */
const PRICE =
  /^(?:那|这|这个|那个|它|现在|请问|亲|到底|一共|一个|单买|[,，\s])*(?:(?:要|卖|是|得)?多少(?:钱|元|块)|(?:什么|啥)(?:价|价格|价位)|(?:价格|价钱|售价)(?:是)?(?:多少|呢|怎么样)?|怎么卖|几块钱?)(?:一个|一件|一双|一套|呢|啊|呀|了|的|吗)*[\s?？。!！~～]*$|^\W*(?:(?:and |so |hi,? |ok,? )?how much (?:is|are|does|for|would)?\s?(?:it|this|that|these|those|this one|that one|the \w+)?(?: (?:cost|be))?|how much|(?:what(?:'|’)?s|what is) (?:the|its) price(?: of (?:it|this|that))?|(?:the )?price)\W*$/i;

export function asksPrice(words: string): boolean {
  return words.length <= 60 && PRICE.test(words.trim());
}

/**
 * How sure set wording for a price with one known product is: as sure as a text that equals an authored question. What
 * it says is the catalogue's price as just read.
 */
const CONFIDENCE = 0.98;

/** The reply to "how much is it": the product's price, citing the product. Undefined without a price. */
export function priceOffer(product: Product | undefined, language: Language, release: ReleaseId): Offered | undefined {
  if (product?.price === undefined) return undefined;
  const price = priceLabel(product.price, language);
  const text = language === 'zh' ? `${product.title}：${price}` : `${product.title}: ${price}`;
  return {
    suggestion: {
      id: suggestionId(`product:${product.id}`, undefined, release),
      text,
      confidence: CONFIDENCE,
      source: { kind: 'product', id: product.id, title: product.title, release },
      role: 'answer',
    },
    entryId: `product:${product.id}`,
    intent: 'product.price',
    question: text,
    policy: 'auto',
  };
}
