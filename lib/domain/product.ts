import * as z from 'zod';
import { ProductId } from './ids.ts';
import { Language } from './language.ts';

/** An amount in the currency's main unit as a decimal string, and an ISO 4217 code. */
export const Money = z.object({ amount: z.string().regex(/^\d+(\.\d{1,4})?$/), currency: z.string().length(3) });
export type Money = z.infer<typeof Money>;

/** A size, colour or other kind that is sold on its own: pieces of it, and its price where that is not the product's. */
export const ProductVariant = z.object({
  name: z.string().min(1).max(100),
  stock: z.number().int().nonnegative().optional(),
  price: Money.optional(),
});
export type ProductVariant = z.infer<typeof ProductVariant>;

/** What imports have changed, so that it can be told what happened since somebody looked. */
export const ProductPast = z.object({
  /** Newest first: what it cost before, each from when until when, as far as imports tell. */
  prices: z
    .array(z.object({ price: Money, from: z.iso.datetime(), until: z.iso.datetime() }))
    .max(5)
    .optional(),
  /** Since when the present price holds. */
  priceSince: z.iso.datetime().optional(),
  /** Since when there is some again, after there was none: of the product as a whole, and of its variants by name. */
  backAt: z.iso.datetime().optional(),
  variantsBackAt: z.record(z.string(), z.iso.datetime()).optional(),
});
export type ProductPast = z.infer<typeof ProductPast>;

export const Product = z.object({
  id: ProductId,
  sku: z.string().max(100).optional(),
  title: z.string().min(1).max(500),
  aliases: z.array(z.string().max(200)).max(50).default([]),
  language: Language.optional(),
  category: z.string().max(100).optional(),
  description: z.string().max(5_000).optional(),
  price: Money.optional(),
  stock: z.number().int().nonnegative().optional(),
  variants: z.array(ProductVariant).max(200).optional(),
  imageUrl: z.string().max(20_000).optional(),
  url: z.string().max(2_000).optional(),
  attributes: z.record(z.string(), z.string()).default({}),
  updatedAt: z.iso.datetime(),
  past: ProductPast.optional(),
});
export type Product = z.infer<typeof Product>;

export const ProductCard = z.object({
  productId: ProductId,
  title: z.string(),
  price: Money.optional(),
  imageUrl: z.string().optional(),
  url: z.string().optional(),
  inStock: z.boolean().optional(),
  /** Why this card: "viewed", "in the cart", "mentioned" in the agent's words. */
  reason: z.string(),
  score: z.number().min(0).max(1),
  /** When price and stock were read. */
  factsAt: z.iso.datetime(),
});
export type ProductCard = z.infer<typeof ProductCard>;
