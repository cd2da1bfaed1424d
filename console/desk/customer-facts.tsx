import type { Customer } from '../../lib/domain/customer.ts';
import type { ProductCard } from '../../lib/domain/product.ts';
import { productTitle } from '../customer/samples.ts';
import { words } from '../words/words.ts';

/** `named`: products whose titles are known, by id. */
type CustomerFactsProps = {
  customer: Customer | undefined;
  named: readonly Pick<ProductCard, 'productId' | 'title'>[];
};

/** What the platform says of the customer beside their orders: tags, cart, what they looked at. */
export function CustomerFacts({ customer, named }: CustomerFactsProps) {
  const { ui } = words.value;
  const titles = new Map(named.map(({ productId, title }) => [String(productId), title]));
  const titleOf = (id: string) => titles.get(id) ?? productTitle(id);
  const { tags = [], cart = [], recentViews = [] } = customer ?? {};
  const rows: [string, readonly string[]][] = [
    [ui.inCart, cart],
    [ui.viewed, recentViews],
  ];
  if (tags.length + cart.length + recentViews.length === 0) return null;
  return (
    <section class="card customer-facts" aria-label={ui.customerFacts} data-testid="customer-facts">
      <h3>
        {customer?.name ?? ui.customerFacts}
        {tags.map((tag) => (
          <span key={tag} class="chip">
            {tag}
          </span>
        ))}
      </h3>
      <dl class="fact-lines small">
        {rows.map(([name, ids]) =>
          ids.length === 0 ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{counted(ids.map(titleOf)).join(' · ')}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  );
}

/** What stands there several times, once and with how often. */
const counted = (titles: readonly string[]): string[] =>
  [...new Set(titles)].map((title) => {
    const times = titles.filter((other) => other === title).length;
    return times === 1 ? title : `${title} ×${times}`;
  });
