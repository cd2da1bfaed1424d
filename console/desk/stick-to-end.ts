import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** Nearer to the end than this (pixels) counts as being there. */
const NEAR = 60;

/**
 * Keeps a scrolling list at its end as it grows or its room shrinks, unless the reader has scrolled up. `list` names
 * what is shown: another one starts at its end. `unseen` counts what has come below since the reader left the end;
 * `length` is how much there is.
 */
export function useStickToEnd(list: string, length = 0) {
  const element = useRef<HTMLDivElement>(null);
  const pinned = useRef({ list, atEnd: true });
  const atEnd = useSignal(true);
  const left = useRef(length);
  if (pinned.current.list !== list) {
    pinned.current = { list, atEnd: true };
    left.current = length;
  }
  if (pinned.current.atEnd) left.current = length;
  const stick = () => {
    const box = element.current;
    if (box !== null && pinned.current.atEnd) box.scrollTop = box.scrollHeight;
  };
  useLayoutEffect(stick);
  useEffect(() => {
    atEnd.value = true;
  }, [list]);
  useEffect(() => {
    const box = element.current;
    if (box === null) return undefined;
    const onScroll = () => {
      pinned.current.atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
      atEnd.value = pinned.current.atEnd;
    };
    const resized = new ResizeObserver(stick);
    resized.observe(box);
    box.addEventListener('scroll', onScroll);
    // A picture grows when it has loaded; `load` does not bubble.
    box.addEventListener('load', stick, true);
    return () => {
      resized.disconnect();
      box.removeEventListener('scroll', onScroll);
      box.removeEventListener('load', stick, true);
    };
  }, []);
  const toEnd = () => {
    pinned.current.atEnd = true;
    atEnd.value = true;
    stick();
  };
  return { element, toEnd, isAway: !atEnd.value, unseen: atEnd.value ? 0 : Math.max(0, length - left.current) };
}
