import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ConversationDetail } from '../lib/domain/contract/desk.ts';
import type { Summary } from '../lib/domain/contract/drafts.ts';
import type { Api } from './api.ts';

/** How long the messages of a point stay marked. */
const FLASH_MS = 2_400;

export type Summarised =
  | { state: 'loading' | 'failed' }
  /** `last`: the newest message that the summary knows. */
  | { state: 'there'; summary: Summary; last: string | undefined };

/** The messages to mark; `at` tells one click from the next on the same point. */
type Flash = { ids: readonly string[]; at: number };

export type Summaries = {
  /** By conversation. */
  summaries: Signal<Record<string, Summarised>>;
  flash: Signal<Flash | undefined>;
  summarise(id: string): Promise<void>;
  /** Scrolls to the first of these messages and marks them all for a moment. */
  showMessages(ids: readonly string[]): void;
};

type Dependencies = {
  api: Pick<Api, 'summary'>;
  open: ReadonlySignal<ConversationDetail | undefined>;
  later: (run: () => void, ms: number) => void;
  /** The server has no language model. */
  onNoModel: () => void;
};

/** Whether a hand-off stands above the conversation. */
export function isHandedOff({ owner, handoff }: ConversationDetail['head']): boolean {
  return handoff !== undefined && owner !== 'bot' && owner !== 'closed';
}

/** Whether more was said since. */
export function isOld(summarised: Summarised, { messages }: ConversationDetail): boolean {
  return summarised.state === 'there' && summarised.last !== messages.at(-1)?.id;
}

/** Where there is no model, a summary costs nothing, and follows the conversation by itself. */
function isFreeAndOld(summarised: Summarised | undefined, open: ConversationDetail | undefined): boolean {
  if (summarised?.state !== 'there' || open === undefined) return false;
  return summarised.summary.reason === 'not_configured' && isOld(summarised, open);
}

/** A handed-off conversation is summed up once when it is opened, and again when the agent asks. */
export function createSummaries({ api, open, later, onNoModel }: Dependencies): Summaries {
  const summaries = signal<Record<string, Summarised>>({});
  const flash = signal<Flash | undefined>(undefined);
  const begun = new Set<string>();
  let shown = 0;

  const keep = (id: string, next: Summarised) => {
    summaries.value = { ...summaries.peek(), [id]: next };
  };
  const summarise = async (id: string): Promise<void> => {
    const last = open.peek()?.messages.at(-1)?.id;
    const before = summaries.peek()[id];
    keep(id, before?.state === 'there' ? { ...before, last } : { state: 'loading' });
    const summary = await api.summary(id).catch(() => undefined);
    if (summary?.reason === 'not_configured') onNoModel();
    keep(id, summary === undefined ? { state: 'failed' } : { state: 'there', summary, last });
    if (open.peek()?.head.id === id && isFreeAndOld(summaries.peek()[id], open.peek())) await summarise(id);
  };
  effect(() => {
    const head = open.value?.head;
    if (head === undefined || !isHandedOff(head)) return;
    const handoff = `${head.id}@${head.handoff?.at}`;
    if (begun.has(handoff) && !isFreeAndOld(summaries.peek()[head.id], open.value)) return;
    begun.add(handoff);
    void summarise(head.id);
  });
  return {
    summaries,
    flash,
    summarise,
    showMessages(ids) {
      shown += 1;
      const mine = { ids, at: shown };
      flash.value = mine;
      later(() => {
        if (flash.value === mine) flash.value = undefined;
      }, FLASH_MS);
    },
  };
}
