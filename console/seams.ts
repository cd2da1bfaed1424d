import { type Signal, signal } from '@preact/signals';
import type { WarningKind } from '../lib/domain/contract/desk-tools.ts';

/** A reply about to leave. */
export type Leaving = { conversationId: string; text: string };
/** What a reply is sent in spite of: somebody read it and meant it. */
export type Consent = { warned: readonly WarningKind[] };
/** False holds the reply back: whoever does shows why, and calls `desk.send({ checked: true })` to let it go. */
export type BeforeSend = (reply: Leaving) => Promise<boolean | Consent>;
/** True when the key was meant for what is open above the reply, and neither sends nor inserts. */
export type ComposerKey = (event: KeyboardEvent) => boolean;

/** Where what stands around the reply hooks in. Each is empty until something is put there. */
export type Seams = {
  beforeSend: Signal<BeforeSend | undefined>;
  composerKey: Signal<ComposerKey | undefined>;
};

export const createSeams = (): Seams => ({
  beforeSend: signal<BeforeSend | undefined>(undefined),
  composerKey: signal<ComposerKey | undefined>(undefined),
});
