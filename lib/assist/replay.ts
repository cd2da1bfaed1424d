import * as z from 'zod';
import type { Assist } from '../domain/assist.ts';
import { Owner } from '../domain/conversation.ts';
import { Customer } from '../domain/customer.ts';
import { CuecardError } from '../domain/error.ts';
import { ConversationId, MessageId } from '../domain/ids.ts';
import { Language } from '../domain/language.ts';
import { AuthorType, Part } from '../domain/message.ts';
import { Product } from '../domain/product.ts';
import { Settings } from '../domain/tenant.ts';
import type { ReplayInputs } from './situate.ts';
import type { ReadProducts } from './situation.ts';

/** What is kept beside an assist, as it comes back from the store. */
const Stored = z.object({
  settings: Settings,
  customer: Customer.optional(),
  conversationId: ConversationId,
  turn: z.object({
    id: z.string(),
    revision: z.number().int(),
    messageIds: z.array(MessageId),
    parts: z.array(Part),
  }),
  customerSeq: z.number().int(),
  history: z.array(z.object({ author: AuthorType, text: z.string(), products: z.array(z.string()).optional() })),
  owner: Owner,
  firstContact: z.boolean(),
  sent: z.array(z.string()),
  language: Language.optional(),
  shop: z.string().optional(),
  channel: z.string().optional(),
  at: z.number(),
  degraded: z.array(z.string()),
  dense: z
    .array(
      z.object({
        text: z.string(),
        vector: z.string().optional(),
        hits: z.array(z.object({ key: z.string(), similarity: z.number() })).optional(),
      }),
    )
    .optional(),
  peak: z.array(z.string()).optional(),
  full: z.boolean().optional(),
  selfServed: z.boolean().optional(),
  catalogKey: z.string().optional(),
  products: z.array(Product).nullable().optional(),
});

/** What an assist was computed from, less what is looked up again: the release that it names, and the catalogue. */
export function readReplayInputs(stored: unknown): ReplayInputs {
  const { customer, language, shop, channel, ...rest } = Stored.parse(stored);
  return { ...rest, customer, language, shop, channel };
}

/** Longer ones are pictures in themselves; the assist's own cards have them. */
const MAX_IMAGE_URL = 2_000;

/** Reads products and keeps what an assist may use of them; `null` where any could not be read. */
export function keepingProducts(read: ReadProducts): { read: ReadProducts; kept(): Product[] | null } {
  const kept = new Map<string, Product>();
  let failed = false;
  return {
    kept: () => (failed ? null : [...kept.values()]),
    async read(ids) {
      try {
        const found = await read(ids);
        for (const product of found) kept.set(product.id, bare(product));
        return found;
      } catch (error) {
        failed = true;
        throw error;
      }
    },
  };
}

const bare = ({ description: _, imageUrl = '', ...product }: Product): Product => ({
  ...product,
  attributes: {},
  ...(imageUrl === '' || imageUrl.length > MAX_IMAGE_URL ? {} : { imageUrl }),
});

/** The products as an assist read them; undefined for an assist of a time when that was not kept. */
export function productsOfThen({ products }: ReplayInputs, { cards }: Assist): ReadProducts | undefined {
  if (products === undefined) return undefined;
  const images = new Map(cards.map(({ productId, imageUrl }) => [productId, imageUrl]));
  return async (ids) => {
    if (products === null) throw new CuecardError('unavailable', 'the products could not be read then');
    const wanted = new Set(ids);
    return products
      .filter(({ id }) => wanted.has(id))
      .map((product) => {
        const imageUrl = product.imageUrl ?? images.get(product.id);
        return imageUrl === undefined ? product : { ...product, imageUrl };
      });
  };
}
