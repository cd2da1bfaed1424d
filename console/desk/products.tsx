import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ProductCard } from '../../lib/domain/product.ts';
import { money } from '../format.ts';
import { focusComposer } from '../keyboard.ts';
import { safeImage } from '../safe-url.ts';
import { fill, words } from '../words/words.ts';
import type { CueDesk } from './cue-desk.ts';
import { productInsertion } from './product-insertion.ts';
import { t } from './words.ts';

/** The catalogue is asked once typing pauses so long. */
const PAUSE_MS = 250;

/** Products that fit, each with why, and a search for any other. */
export function Products({ desk, cards }: { desk: CueDesk; cards: readonly ProductCard[] }) {
  const { ui } = words.value;
  return (
    <section class="card products" aria-label={ui.products}>
      {cards.length === 0 ? null : (
        <>
          <h3>{ui.products}</h3>
          <ProductList desk={desk} cards={cards} />
        </>
      )}
      <FindProduct desk={desk} />
    </section>
  );
}

function ProductList({ desk, cards }: { desk: CueDesk; cards: readonly ProductCard[] }) {
  return (
    <ul>
      {cards.map((card) => (
        <li key={card.productId}>
          <Product card={card} onInsert={() => insertProduct(desk, card)} />
        </li>
      ))}
    </ul>
  );
}

type Found = { query: string; cards: readonly ProductCard[]; failed: boolean };

function FindProduct({ desk }: { desk: CueDesk }) {
  const query = useSignal('');
  const found = useSignal<Found | undefined>(undefined);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(pause.current), []);
  const look = async (asked: string) => {
    const cards = await desk.cue.findProducts(asked).catch(() => undefined);
    // An answer to what is no longer asked is dropped.
    if (query.value.trim() === asked) found.value = { query: asked, cards: cards ?? [], failed: cards === undefined };
  };
  const ask = (text: string) => {
    query.value = text;
    clearTimeout(pause.current);
    const asked = text.trim();
    if (asked === '') found.value = undefined;
    else pause.current = setTimeout(() => void look(asked), PAUSE_MS);
  };
  const { productFind, productNone, offline } = t.value;
  const shown = found.value;
  return (
    <>
      <input
        type="search"
        class="find-product"
        aria-label={productFind}
        placeholder={productFind}
        data-testid="find-product"
        value={query.value}
        onInput={(event) => ask(event.currentTarget.value)}
      />
      <p class="small muted" role="status">
        {shown?.failed === true ? offline : shown?.cards.length === 0 ? productNone : ''}
      </p>
      {shown === undefined ? null : <ProductList desk={desk} cards={shown.cards} />}
    </>
  );
}

function insertProduct(desk: CueDesk, card: ProductCard): void {
  desk.insert(productInsertion(card));
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
