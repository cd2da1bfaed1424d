import type { ReadonlySignal } from '@preact/signals';
import type { ConversationView } from '../../lib/domain/contract/desk.ts';
import type { Filter } from '../api.ts';
import type { Desk } from '../desk-store.ts';
import { duration } from '../format.ts';
import { fill, words } from '../words/words.ts';
import { ownerWords } from './owner.ts';

type QueueProps = { desk: Desk; now: ReadonlySignal<number>; onPick: () => void };

export function Queue({ desk, now, onPick }: QueueProps) {
  const { ui } = words.value;
  const items = desk.queue.value;
  return (
    <nav class="column queue" aria-label={ui.filter}>
      <Filters desk={desk} />
      {items.length === 0 ? (
        <p class="empty">
          {ui.queueEmpty}
          <span class="small muted">{ui.queueEmptyHint}</span>
        </p>
      ) : (
        <ul class="items">
          {items.map((head) => (
            <li key={head.id}>
              <Item
                head={head}
                desk={desk}
                now={now}
                onPick={() => {
                  onPick();
                  void desk.select(head.id);
                }}
              />
            </li>
          ))}
        </ul>
      )}
      {desk.cursor.value === undefined ? null : (
        <button type="button" class="quiet more" onClick={() => void desk.showMore()}>
          {ui.more}
        </button>
      )}
    </nav>
  );
}

function Filters({ desk }: { desk: Desk }) {
  const { ui } = words.value;
  const filters: [Filter, string][] = [
    ['all', ui.filterAll],
    ['queue', ui.filterQueue],
    ['me', ui.filterMine],
    ['bot', ui.filterBot],
  ];
  return (
    <fieldset class="segments filters" aria-label={ui.filter}>
      {filters.map(([filter, label]) => (
        <button
          key={filter}
          type="button"
          data-testid={`filter-${filter}`}
          aria-pressed={desk.filter.value === filter}
          onClick={() => desk.setFilter(filter)}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}

/** Since when somebody waits for us: since the hand-off, else since the customer's unanswered turn. */
function waitingSince(head: ConversationView): number | undefined {
  if (head.owner === 'closed') return undefined;
  if (head.owner === 'queue' && head.handoff !== undefined) return Date.parse(head.handoff.at);
  return head.lastAuthor === 'customer' ? (head.turn?.lastAt ?? Date.parse(head.updatedAt)) : undefined;
}

type ItemProps = { head: ConversationView; desk: Desk; now: ReadonlySignal<number>; onPick: () => void };

function Item({ head, desk, now, onPick }: ItemProps) {
  const { ui, reason } = words.value;
  const since = waitingSince(head);
  const kind = head.owner.split(':')[0];
  return (
    <button
      type="button"
      class={`item owner-${kind}`}
      data-testid="queue-item"
      data-conversation={head.id}
      aria-current={desk.openId.value === head.id ? 'true' : undefined}
      onClick={onPick}
    >
      <span class="item-top">
        <strong class="item-name">{head.customerName ?? ui.visitor}</strong>
        {since === undefined ? null : (
          <span class="small wait">{fill(ui.waiting, { time: duration(now.value - since) })}</span>
        )}
      </span>
      <span class="item-text">{head.lastText ?? ''}</span>
      <span class="small item-owner">
        {head.owner === 'queue' && head.handoff !== undefined
          ? reason[head.handoff.reason]
          : ownerWords(head, desk.me.value)}
      </span>
    </button>
  );
}
