import { type Outward, type Theme, VERSION } from './messages.ts';

/**
 * The script tag: puts the card into a side window of any page and gives that page a small object to steer it by,
 * `window.cuecard`. It carries no token and reads nothing of the page.
 */
type Steering = {
  conversation(conversationId: string): void;
  theme(theme: Theme): void;
  language(language: 'zh' | 'en'): void;
  toggle(open?: boolean): void;
};
declare global {
  interface Window {
    cuecard?: Steering;
  }
}

const NARROWEST = 300;

const script = document.currentScript as HTMLScriptElement | null;
if (script !== null && window.cuecard === undefined) window.cuecard = attach(script);

function attach({ src, dataset }: HTMLScriptElement): Steering {
  const { origin } = new URL(src);
  const side = dataset['side'] === 'left' ? 'left' : 'right';
  const width = Math.max(NARROWEST, Number(dataset['width'] ?? 340) || NARROWEST);
  const frame = document.createElement('iframe');
  frame.src = `${origin}/console/embed/${encodeURIComponent(dataset['tenant'] ?? '')}`;
  frame.title = 'Cuecard';
  frame.allow = 'clipboard-write';
  frame.referrerPolicy = 'no-referrer';
  Object.assign(frame.style, {
    ...{ position: 'fixed', top: '0', bottom: '0', [side]: '0', width: `min(${width}px, 100vw)`, height: '100%' },
    ...{ border: '0', zIndex: '2147483000', boxShadow: '0 0 24px rgb(0 0 0 / 18%)', background: 'Canvas' },
  });
  /** What was said last of each kind: a frame that comes later, or again, is told it. */
  const said = new Map<string, Record<string, unknown>>();
  let isReady = false;
  const say = (message: Record<string, unknown> & { type: string }) => {
    const whole = { ...message, version: VERSION };
    said.set(message.type, whole);
    if (isReady) frame.contentWindow?.postMessage(whole, origin);
  };
  const onReady = () => {
    isReady = true;
    for (const message of said.values()) frame.contentWindow?.postMessage(message, origin);
  };
  addEventListener('message', (event: MessageEvent) => {
    if (event.source !== frame.contentWindow || event.origin !== origin) return;
    const { version, ...message } = (event.data ?? {}) as Partial<Outward> & { version?: number };
    if (version !== VERSION || message.type?.startsWith('cuecard:') !== true) return;
    if (message.type === 'cuecard:ready') onReady();
    // The page around listens to these: `cuecard:insert` has the words that go into its reply.
    dispatchEvent(new CustomEvent(message.type, { detail: message }));
  });
  document.body.append(frame);
  return {
    conversation: (conversationId) => say({ type: 'cuecard:conversation', conversationId }),
    theme: (theme) => say({ type: 'cuecard:theme', theme }),
    language: (language) => say({ type: 'cuecard:language', language }),
    toggle(open = frame.hidden !== false) {
      frame.hidden = !open;
      frame.style.display = open ? '' : 'none';
    },
  };
}
