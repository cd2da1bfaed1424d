import * as z from 'zod';
import { CustomerId } from './ids.ts';
import { OpenRecord } from './open-record.ts';

export const OrderItem = z.object({
  productId: z.string().max(200).optional(),
  title: z.string().max(500),
  quantity: z.number().int().positive().max(1_000_000),
  price: z.union([z.string().max(40), z.number()]).optional(),
});
export type OrderItem = z.infer<typeof OrderItem>;

/** `status` is the platform's own word; `orderStatus()` in `order-status.ts` maps the common ones to ours. */
export const Order = z.object({
  number: z.string().min(1).max(100),
  status: z.string().min(1).max(60),
  paymentMethod: z.string().max(60).optional(),
  placedAt: z.string().max(40).optional(),
  paidAt: z.string().max(40).optional(),
  shippedAt: z.string().max(40).optional(),
  deliveredAt: z.string().max(40).optional(),
  items: z.array(OrderItem).max(100).optional(),
  shipment: z
    .object({
      carrier: z.string().max(100),
      trackingNumber: z.string().max(100),
      status: z.string().max(60),
      lastEvent: z.string().max(500).optional(),
      eta: z.string().max(60).optional(),
    })
    .optional(),
  invoice: OpenRecord.optional(),
});
export type Order = z.infer<typeof Order>;

/**
 * What the customer saw of a product that stands in `recentViews` or `cart`: without it nobody can know that it has become
 * cheaper or is back. `at` as the times of an order; `price` in the catalogue's currency, as it was shown; `variant` as
 * the catalogue names it ("M").
 */
export const Seen = z.object({
  productId: z.string().max(200),
  where: z.enum(['view', 'cart']),
  at: z.string().max(40).optional(),
  variant: z.string().max(100).optional(),
  price: z.union([z.string().max(40), z.number()]).optional(),
  inStock: z.boolean().optional(),
});
export type Seen = z.infer<typeof Seen>;

/** What a platform says of a customer; fields it leaves out keep what is known. */
export const CustomerPatch = z.object({
  id: CustomerId,
  name: z.string().max(200).optional(),
  tags: z.array(z.string().max(100)).max(100).optional(),
  attributes: OpenRecord.optional(),
  recentViews: z.array(z.string().max(200)).max(50).optional(),
  cart: z.array(z.string().max(200)).max(100).optional(),
  seen: z.array(Seen).max(150).optional(),
  orders: z.array(Order).max(50).optional(),
});
export type CustomerPatch = z.infer<typeof CustomerPatch>;

export const Customer = CustomerPatch.extend({ updatedAt: z.iso.datetime() });
export type Customer = z.infer<typeof Customer>;
