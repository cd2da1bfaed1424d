import { useLayoutEffect, useRef } from 'preact/hooks';

/** Keeps a scrolling list at its end as it grows, unless the reader has scrolled up. */
export function useStickToEnd(size: number, list: string | undefined = '') {
  const element = useRef<HTMLDivElement>(null);
  const before = useRef<{ list: string | undefined; height: number }>({ list: undefined, height: 0 });
  useLayoutEffect(() => {
    const box = element.current;
    if (box === null) return;
    const { height } = before.current;
    const wasAtEnd = height - box.scrollTop - box.clientHeight < 80;
    if (wasAtEnd || before.current.list !== list || size === 0) box.scrollTop = box.scrollHeight;
    before.current = { list, height: box.scrollHeight };
  }, [size, list]);
  return element;
}
