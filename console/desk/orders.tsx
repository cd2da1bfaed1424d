import type { Assist, OrderPanel } from '../../lib/domain/assist.ts';
import type { Customer, Order } from '../../lib/domain/customer.ts';
import { day, orderState, parcelState, payment } from '../format.ts';
import { fill, words } from '../words/words.ts';

/** `leads`: the card is about the order, so that nothing of it is said twice. */
type OrdersProps = { assist: Assist | undefined; customer: Customer | undefined; leads: boolean };

/** The order the customer points at, open; the others folded away. */
export function Orders({ assist, customer, leads }: OrdersProps) {
  const { ui } = words.value;
  const orders = customer?.orders ?? [];
  const panel = assist?.order;
  const meant = orders.find(({ number }) => number === panel?.number);
  const others = orders.filter((order) => order !== meant);
  if (panel === undefined && orders.length === 0) return null;
  return (
    <section class="card orders" aria-label={ui.order} data-testid="orders">
      {panel === undefined ? null : <Meant panel={panel} order={meant} leads={leads} />}
      {others.map((order, index) => (
        <details key={order.number} open={panel === undefined && index === 0 && others.length === 1}>
          <summary>
            <OrderTitle order={order} />
          </summary>
          <OrderFacts order={order} />
        </details>
      ))}
    </section>
  );
}

type MeantProps = { panel: OrderPanel; order: Order | undefined; leads: boolean };

function Meant({ panel, order, leads }: MeantProps) {
  const { ui } = words.value;
  return (
    <div class="meant" data-testid="order-panel">
      {order === undefined ? (
        <>
          <p class="order-title">
            {ui.order} <strong>{panel.number}</strong>
            {panel.state === undefined ? null : <span class="chip good">{panel.state}</span>}
          </p>
          {panel.known ? <PanelFacts panel={panel} /> : <p class="muted small">{ui.orderUnknown}</p>}
        </>
      ) : (
        <>
          <p class="order-title">
            <OrderTitle order={order} />
          </p>
          <OrderFacts order={order} />
        </>
      )}
      <LikelyWords panel={panel} leads={leads} />
    </div>
  );
}

/** Where the order leads the card, its questions stand there with their answers. */
function LikelyWords({ panel, leads }: Omit<MeantProps, 'order'>) {
  if (leads || panel.likely.length === 0) return null;
  return (
    <p class="small">
      <span class="muted">{words.value.ui.likelyQuestions}</span>{' '}
      {panel.likely.map(({ question }) => question).join(' · ')}
    </p>
  );
}

/** What the card itself knows of an order that is not among the customer's. */
function PanelFacts({ panel: { shipment, items = [] } }: { panel: OrderPanel }) {
  return (
    <>
      {shipment === undefined ? null : <Shipment shipment={{ ...shipment, status: shipment.state }} />}
      <Items items={items} />
    </>
  );
}

function OrderTitle({ order }: { order: Order }) {
  return (
    <>
      <span class="order-number">{order.number}</span> <span class="chip good">{orderState(order.status)}</span>
    </>
  );
}

function OrderFacts({ order }: { order: Order }) {
  const { ui } = words.value;
  const { shipment, items = [] } = order;
  const rows: [string, string | undefined][] = [
    [ui.payment, order.paymentMethod === undefined ? undefined : payment(order.paymentMethod)],
    [ui.placedAt, date(order.placedAt)],
    [ui.paidAt, date(order.paidAt)],
    [ui.shippedAt, date(order.shippedAt)],
    [ui.deliveredAt, date(order.deliveredAt)],
  ];
  return (
    <>
      <dl class="facts">
        {rows.map(([name, value]) =>
          value === undefined ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {shipment === undefined ? null : <Shipment shipment={shipment} />}
      <Items items={items} />
    </>
  );
}

type Item = { title: string; quantity: number; price?: string | number | undefined };

function Items({ items }: { items: readonly Item[] }) {
  const { quantity: times } = words.value.ui;
  return (
    <ul class="order-items small">
      {items.map(({ title, quantity, price }) => (
        <li key={title}>
          <span>{title}</span>
          <span class="item-count">
            {fill(times, { n: quantity })}
            {price === undefined ? '' : ` · ${price}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

function date(text: string | undefined): string | undefined {
  return text === undefined ? undefined : day(text);
}

function Shipment({ shipment }: { shipment: NonNullable<Order['shipment']> }) {
  const { ui } = words.value;
  const { carrier, trackingNumber, status, lastEvent, eta } = shipment;
  return (
    <div class="shipment small">
      <p>
        <strong>{parcelState(status)}</strong> · {carrier} <span class="order-number">{trackingNumber}</span>
        {eta === undefined ? '' : ` · ${fill(ui.eta, { time: eta })}`}
      </p>
      {lastEvent === undefined ? null : <p class="muted">{lastEvent}</p>}
    </div>
  );
}
