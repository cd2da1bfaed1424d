import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

type VirtualListProps<T> = {
  items: readonly T[];
  /** Of every row, in CSS pixels: the list never measures. */
  rowHeight: number;
  label: string;
  keyOf: (item: T) => string;
  row: (item: T, index: number) => JSX.Element;
  /** Told of the last row in sight. */
  onReach?: (index: number) => void;
  /** Brought into sight when it changes. */
  current?: number;
};

/** Rows kept ready above and below what is in sight. */
const SPARE = 8;

/** A list that draws the rows in sight and no others: ten thousand cost what thirty do. */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { items, rowHeight, label, keyOf, row, onReach, current } = props;
  const frame = useRef<HTMLDivElement>(null);
  const seen = useSignal({ top: 0, height: 800 });
  const look = () => {
    const { scrollTop = 0, clientHeight = 0 } = frame.current ?? {};
    if (scrollTop !== seen.value.top || clientHeight !== seen.value.height) {
      seen.value = { top: scrollTop, height: clientHeight };
    }
  };
  useEffect(() => {
    look();
    if (frame.current === null) return;
    const observer = new ResizeObserver(look);
    observer.observe(frame.current);
    return () => observer.disconnect();
  });
  useEffect(() => {
    if (frame.current !== null && current !== undefined) bringIntoSight(frame.current, current * rowHeight, rowHeight);
  }, [current]);
  const { top, height } = seen.value;
  const first = Math.max(0, Math.floor(top / rowHeight) - SPARE);
  const last = Math.min(items.length, Math.ceil((top + height) / rowHeight) + SPARE);
  useEffect(() => onReach?.(last), [last, items]);
  return (
    <div ref={frame} class="virtual" onScroll={look}>
      <ul aria-label={label} style={{ height: `${items.length * rowHeight}px` }}>
        {items.slice(first, last).map((item, index) => (
          <li
            key={keyOf(item)}
            style={{ height: `${rowHeight}px`, transform: `translateY(${(first + index) * rowHeight}px)` }}
            aria-setsize={items.length}
            aria-posinset={first + index + 1}
          >
            {row(item, first + index)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function bringIntoSight(frame: HTMLElement, top: number, height: number): void {
  if (top < frame.scrollTop) frame.scrollTop = top;
  const below = top + height - frame.clientHeight;
  if (below > frame.scrollTop) frame.scrollTop = below;
}
