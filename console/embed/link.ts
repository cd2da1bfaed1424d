import { FETCH_INFO, type Inward, type Outward, readChatwoot, readInward, VERSION } from './messages.ts';

export type Host = 'chatwoot' | 'workbench';
export type Link = {
  /** Told to the page around, once it has shown that it is one of those allowed; before that only what is no secret. */
  say(message: Outward): void;
  stop(): void;
};

type LinkOptions = {
  page: Pick<Window, 'addEventListener' | 'parent'>;
  /** The tenant's pages that may frame the card. */
  origins: readonly string[];
  onMessage: (message: Inward, host: Host) => void;
};

/** The only way in and out of the frame: the parent alone, and only while its origin is one of those allowed. */
export function createLink({ page, origins, onMessage }: LinkOptions): Link {
  const stop = new AbortController();
  const parent = page.parent as Window;
  /** The origin that has spoken; everything is said to it alone from then on. */
  let heard: string | undefined;
  const post = (message: unknown) => {
    for (const origin of heard === undefined ? origins : [heard]) parent.postMessage(message, origin);
  };
  page.addEventListener(
    'message',
    (event: MessageEvent) => {
      if (event.source !== parent || !origins.includes(event.origin)) return;
      const chatwoot = readChatwoot(event.data);
      const message = chatwoot ?? readInward(event.data);
      if (message === undefined) return;
      heard = event.origin;
      onMessage(message, chatwoot === undefined ? 'workbench' : 'chatwoot');
    },
    { signal: stop.signal },
  );
  const say = (message: Outward) => {
    // Words of a reply go to a page that has told its conversation, never to whichever of several it may be.
    if (message.type === 'cuecard:insert' && heard === undefined) return;
    post({ ...message, version: VERSION });
  };
  say({ type: 'cuecard:ready' });
  post(FETCH_INFO);
  return { say, stop: () => stop.abort() };
}
