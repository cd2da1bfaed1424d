import type { CardToSend } from '../../lib/domain/contract/desk-actions.ts';
import type { ProductCard } from '../../lib/domain/product.ts';
import type { Insertion } from '../draft.ts';
import { money } from '../format.ts';
import { safeLink } from '../safe-url.ts';

/** A product as it goes into a reply: its words to read and change, its facts to be read again when it is sent. */
export function productInsertion({
  productId,
  title,
  price,
  url,
  inStock,
}: ProductCard): Insertion & { card: CardToSend } {
  const words = [title, price === undefined ? undefined : money(price), safeLink(url)];
  return {
    kind: 'card',
    text: words.filter((word) => word !== undefined).join(' '),
    card: {
      productId,
      ...(price === undefined ? {} : { price }),
      ...(inStock === undefined ? {} : { inStock }),
    },
  };
}
