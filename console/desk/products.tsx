import type { Assist } from '../../lib/domain/assist.ts';
import type { ProductCard } from '../../lib/domain/product.ts';
import type { Desk } from '../desk-store.ts';
import { money } from '../format.ts';
import { focusComposer } from '../keyboard.ts';
import { safeImage, safeLink } from '../safe-url.ts';
import { fill, words } from '../words/words.ts';

export function Products({ desk, assist }: { desk: Desk; assist: Assist }) {
  const { ui } = words.value;
  if (assist.cards.length === 0) return null;
  return (
    <section class="card products" aria-label={ui.products}>
      <h3>{ui.products}</h3>
      <ul>
        {assist.cards.map((card) => (
          <li key={card.productId}>
            <Product card={card} onInsert={() => insertProduct(desk, card)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function insertProduct(desk: Desk, card: ProductCard): void {
  const price = card.price === undefined ? undefined : money(card.price);
  const text = [card.title, price, safeLink(card.url)].filter((word) => word !== undefined).join(' ');
  desk.insert({ kind: 'card', text });
  requestAnimationFrame(focusComposer);
}

function Product({ card, onInsert }: { card: ProductCard; onInsert: () => void }) {
  const { ui } = words.value;
  const image = safeImage(card.imageUrl);
  return (
    <div class="product" data-testid="product-card">
      {image === undefined ? <span class="no-image" aria-hidden="true" /> : <img src={image} alt="" />}
      <div class="product-text">
        <span class="product-title">{card.title}</span>
        <span class="small">
          {card.price === undefined ? null : <strong>{money(card.price)}</strong>}{' '}
          {card.inStock === undefined ? null : (
            <span class={card.inStock ? 'in-stock' : 'bad'}>{card.inStock ? ui.inStock : ui.outOfStock}</span>
          )}{' '}
          <span class="muted card-reason">{cardReasonWords(card.reason)}</span>
        </span>
      </div>
      <button type="button" class="quiet" onClick={onInsert} aria-label={`${ui.insert}: ${card.title}`}>
        {ui.insert}
      </button>
    </div>
  );
}

/** Stock stands beside the reason already. */
const SOLD_OUT = /（暂时缺货）$| \(out of stock\)$/;
const MEETS = /^(?:符合：|Matches: )(.+)$/;

/** Why a product is shown, in the page's language; the needs that it meets stay in the customer's. */
export function cardReasonWords(reason: string): string {
  const { cardReason, meets } = words.value;
  const why = reason.replace(SOLD_OUT, '');
  const needs = MEETS.exec(why)?.[1];
  return needs === undefined ? (cardReason[why] ?? why) : fill(meets, { needs });
}
