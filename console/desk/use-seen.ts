import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** So much of it must be in view, and so long: what flies past in scrolling has not been shown. */
const SHARE = 0.5;
const STAY_MS = 400;

/** Calls back once the element has really been in view of somebody: on screen, in a page that is not hidden. */
export function useSeen(element: RefObject<Element | null>, key: string, onSeen: () => void): void {
  useEffect(() => {
    const shown = element.current;
    if (shown === null) return;
    let stay: ReturnType<typeof setTimeout> | undefined;
    let inView = false;
    const weigh = () => {
      clearTimeout(stay);
      if (inView && document.visibilityState === 'visible') stay = setTimeout(onSeen, STAY_MS);
    };
    const watcher = new IntersectionObserver(
      ([entry]) => {
        inView = entry?.isIntersecting === true;
        weigh();
      },
      { threshold: SHARE },
    );
    watcher.observe(shown);
    document.addEventListener('visibilitychange', weigh);
    return () => {
      clearTimeout(stay);
      watcher.disconnect();
      document.removeEventListener('visibilitychange', weigh);
    };
  }, [key]);
}
