import * as z from 'zod';
import { ProductId } from './ids.ts';
import { Language } from './language.ts';

/** An amount in the currency's main unit as a decimal string, and an ISO 4217 code. */
export const Money = z.object({ amount: z.string().regex(/^\d+(\.\d{1,4})?$/), currency: z.string().length(3) });
export type Money = z.infer<typeof Money>;

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
  imageUrl: z.string().max(20_000).optional(),
  url: z.string().max(2_000).optional(),
  attributes: z.record(z.string(), z.string()).default({}),
  updatedAt: z.iso.datetime(),
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
