import type { Part } from '../../lib/domain/message.ts';
import { orderState } from '../format.ts';
import { words } from '../words/words.ts';
import type { Player } from './player.ts';
import { productTitle } from './samples.ts';
import type { PlayedCustomer } from './webhook.ts';

type Option = { value: string; label: string; part: Part };

function orderOptions({ orders = [] }: PlayedCustomer): Option[] {
  return orders.map(({ number, status: state, items }) => ({
    value: number,
    label: [number, orderState(state), items?.[0]?.title].filter((word) => word !== undefined).join(' · '),
    part: { kind: 'order_card', orderNumber: number },
  }));
}

function productOptions({ recentViews = [], cart = [], orders = [] }: PlayedCustomer): Option[] {
  const bought = orders.flatMap(({ items = [] }) => items.flatMap(({ productId }) => productId ?? []));
  const ids = [...new Set([...recentViews, ...cart, ...bought])];
  return ids.map((id) => ({
    value: id,
    label: productTitle(id),
    part: { kind: 'product_card', productId: id, text: productTitle(id) },
  }));
}

/** Sends what customers send besides words: an order card, a product card, a picture nobody has described. */
export function Attach({ player }: { player: Player }) {
  const { ui } = words.value;
  const customer = player.customer.value;
  return (
    <div class="attach">
      <Picker label={ui.sendOrder} none={ui.noOrders} options={orderOptions(customer)} player={player} name="order" />
      <Picker
        label={ui.sendProduct}
        none={ui.noProducts}
        options={productOptions(customer)}
        player={player}
        name="product"
      />
      <button type="button" data-testid="customer-image" onClick={() => void player.send({ part: { kind: 'image' } })}>
        {ui.sendImage}
      </button>
    </div>
  );
}

type PickerProps = { label: string; none: string; options: Option[]; player: Player; name: string };

function Picker({ label, none, options, player, name }: PickerProps) {
  return (
    <select
      aria-label={label}
      data-testid={`customer-${name}`}
      title={options.length === 0 ? none : label}
      disabled={options.length === 0}
      value=""
      onChange={(event) => {
        const chosen = options.find(({ value }) => value === event.currentTarget.value);
        event.currentTarget.value = '';
        if (chosen !== undefined) void player.send({ part: chosen.part });
      }}
    >
      <option value="">{label}</option>
      {options.map(({ value, label: text }) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  );
}
