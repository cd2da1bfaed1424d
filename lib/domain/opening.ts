/** What the desk shows before the customer's first word, from views, cart, tags and orders. */
import * as z from 'zod';
import { Suggestion } from './assist.ts';
import { ProductCard } from './product.ts';

const Weight = z.number().min(-100).max(100);

/** What a lead score is made of, and from what an order's state is taken for the reason of coming. */
export const OpeningRule = z.object({
  enabled: z.boolean(),
  /** Points of a lead, summed and kept within 0 and 100. */
  lead: z.object({
    perView: Weight,
    viewedAgain: Weight,
    inCart: Weight,
    perTag: z.record(z.string().min(1).max(100), Weight),
    returning: Weight,
    /** Something viewed or in the cart has become cheaper, or is back in stock, since. */
    priceFell: Weight.optional(),
    backInStock: Weight.optional(),
    cartValue: z.array(z.object({ atLeast: z.number().min(0), points: Weight })).max(10),
  }),
});
export type OpeningRule = z.infer<typeof OpeningRule>;

/** One part of a lead score: what was seen, how often or how much, and what it adds. */
export const LeadPart = z.object({ name: z.string(), value: z.union([z.number(), z.string()]), points: z.number() });

export const Opening = z.object({
  /** Likely questions, most likely first, each with the answer and why it is likely. */
  likely: z.array(z.object({ question: z.string(), reason: z.string(), suggestion: Suggestion.optional() })).max(3),
  cards: z.array(ProductCard).max(6),
  lead: z.object({ score: z.number().min(0).max(100), parts: z.array(LeadPart) }),
});
export type Opening = z.infer<typeof Opening>;

/** What holds where a tenant has said nothing; `perTag` knows the words that shops and platforms use for good customers. */
export const DEFAULT_OPENING: OpeningRule = {
  enabled: true,
  lead: {
    perView: 4,
    viewedAgain: 12,
    inCart: 18,
    perTag: { VIP: 15, vip: 15, 老客: 10, 会员: 8, member: 8, 新客: 4 },
    returning: 10,
    priceFell: 8,
    backInStock: 10,
    cartValue: [
      { atLeast: 200, points: 6 },
      { atLeast: 1_000, points: 14 },
    ],
  },
};
