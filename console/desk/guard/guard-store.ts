import { type Signal, signal } from '@preact/signals';
import type { ReplyWarning } from '../../../lib/domain/contract/desk-tools.ts';
import type { Consent } from '../../seams.ts';
import type { ToolsApi } from '../tools-api.ts';

/** A look at the reply that comes later than this no longer holds it up. */
const CHECK_MS = 400;

/** What was found wrong with a reply, for exactly that text in that conversation. */
type Checked = {
  conversationId: string;
  text: string;
  warnings: readonly ReplyWarning[];
  /** It is a digit alone, whose key would have inserted this. */
  meant?: string;
};

export type Guard = {
  warned: Signal<Checked | undefined>;
  /**
   * Looks at a reply before it goes. False shows what was found and keeps the reply back, once: the same text asked for
   * again goes, with what it was warned of. A check that fails or is late never holds a reply up.
   */
  checkBeforeSend(conversationId: string, text: string): Promise<boolean | Consent>;
  /** The reply went, or another text stands there. */
  clear(): void;
};

type Dependencies = {
  api: Pick<ToolsApi, 'check'>;
  later: (run: () => void, ms: number) => void;
  keyedBy: (text: string) => string | undefined;
};

export function createGuard({ api, later, keyedBy }: Dependencies): Guard {
  const warned = signal<Checked | undefined>(undefined);
  const nothing: readonly ReplyWarning[] = [];
  const look = (id: string, text: string) =>
    Promise.race([
      api.check(id, text).catch(() => nothing),
      new Promise<readonly ReplyWarning[]>((resolve) => later(() => resolve(nothing), CHECK_MS)),
    ]);
  return {
    warned,
    async checkBeforeSend(conversationId, text) {
      const before = warned.value;
      if (before?.conversationId === conversationId && before.text === text)
        return { warned: [...new Set(before.warnings.map(({ kind }) => kind))] };
      const meant = keyedBy(text);
      if (meant !== undefined) {
        warned.value = { conversationId, text, warnings: nothing, meant };
        return false;
      }
      const warnings = text.trim() === '' ? nothing : await look(conversationId, text);
      warned.value = warnings.length === 0 ? undefined : { conversationId, text, warnings };
      return warnings.length === 0;
    },
    clear() {
      warned.value = undefined;
    },
  };
}
