import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** Nearer to the end than this (pixels) counts as being there. */
const NEAR = 60;

/**
 * Keeps a scrolling list at its end as it grows or its room shrinks, unless the reader has scrolled up. `list` names
 * what is shown: another one starts at its end.
 */
export function useStickToEnd(list: string) {
  const element = useRef<HTMLDivElement>(null);
  const pinned = useRef({ list, atEnd: true });
  if (pinned.current.list !== list) pinned.current = { list, atEnd: true };
  const toEnd = () => {
    const box = element.current;
    if (box !== null && pinned.current.atEnd) box.scrollTop = box.scrollHeight;
  };
  useLayoutEffect(toEnd);
  useEffect(() => {
    const box = element.current;
    if (box === null) return undefined;
    const onScroll = () => {
      pinned.current.atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    };
    const resized = new ResizeObserver(toEnd);
    resized.observe(box);
    box.addEventListener('scroll', onScroll);
    // A picture grows when it has loaded; `load` does not bubble.
    box.addEventListener('load', toEnd, true);
    return () => {
      resized.disconnect();
      box.removeEventListener('scroll', onScroll);
      box.removeEventListener('load', toEnd, true);
    };
  }, []);
  return element;
}
