import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Choice } from '../../lib/domain/assist.ts';
import type { Language } from '../../lib/domain/language.ts';
import type { Message, Part } from '../../lib/domain/message.ts';
import type { Desk } from '../desk-store.ts';
import type { Session } from '../session.ts';
import { offeredChoices } from './choices.ts';
import { pieces } from './pieces.ts';
import { sampleCustomers } from './samples.ts';
import { type PlayedCustomer, type PlayedMessage, postWebhook } from './webhook.ts';

export type Sent = {
  id: string;
  text: string;
  parts: Part[];
  state: 'sending' | 'failed' | 'sent';
  message: PlayedMessage;
};

const PIECE_GAP_MS = 600;

export type Player = {
  customers: readonly PlayedCustomer[];
  chosen: Signal<string>;
  customer: ReadonlySignal<PlayedCustomer>;
  conversationId: Signal<string>;
  messages: ReadonlySignal<Message[]>;
  /** Sent here and not yet read back. */
  unread: ReadonlySignal<Sent[]>;
  choices: ReadonlySignal<Choice[]>;
  canPlay: boolean;
  choose(id: string): void;
  restart(): void;
  send(what: { text: string } | { part: Part }): Promise<void>;
  sendPieces(text: string): Promise<void>;
  retry(sent: Sent): Promise<void>;
};

type Dependencies = {
  desk: Desk;
  /** The page's language at the start: the first customer to play speaks it. */
  language: Language;
  session: Session;
  fetch: typeof globalThis.fetch;
  now: () => number;
  newId: () => string;
  wait: (ms: number) => Promise<void>;
};

function firstCustomer(language: Language) {
  const speaks = ({ name = '' }: PlayedCustomer) => /\p{Script=Han}/u.test(name) === (language === 'zh');
  return sampleCustomers.find(speaks) ?? sampleCustomers[0];
}

/** The customer's side: what they send goes through the tenant's signed webhook like any platform's message. */
export function createPlayer({ desk, language, session, fetch, now, newId, wait }: Dependencies): Player {
  const { secret } = session;
  const chosen = signal(firstCustomer(language)?.id ?? '');
  const anonymous = signal(`visitor-${newId()}`);
  const conversationId = signal(`play-${newId()}`);
  const sent = signal<Sent[]>([]);
  const customer = computed<PlayedCustomer>(
    () => sampleCustomers.find(({ id }) => id === chosen.value) ?? { id: anonymous.value },
  );
  const conversation = computed(() => desk.known.value[conversationId.value]);
  const messages = computed(() => conversation.value?.messages ?? []);

  const mark = (id: string, state: Sent['state']) => {
    sent.value = sent.value.map((one) => (one.id === id ? { ...one, state } : one));
  };

  async function post(message: PlayedMessage): Promise<void> {
    if (secret === undefined) return;
    mark(message.messageId, 'sending');
    try {
      await postWebhook({ tenant: session.tenant, secret }, message, new Date(now()), fetch);
      mark(message.messageId, 'sent');
      if (conversation.value !== undefined) await desk.reread(message.conversationId).catch(() => undefined);
    } catch {
      mark(message.messageId, 'failed');
    }
  }

  const player: Player = {
    customers: sampleCustomers,
    chosen,
    customer,
    conversationId,
    messages,
    unread: computed(() => sent.value.filter(({ id }) => !messages.value.some((message) => message.id === id))),
    choices: computed(() => offeredChoices(messages.value, conversation.value?.assists ?? [])),
    canPlay: secret !== undefined,
    choose(id) {
      chosen.value = id;
      player.restart();
    },
    restart() {
      anonymous.value = `visitor-${newId()}`;
      conversationId.value = `play-${newId()}`;
      sent.value = [];
    },
    async send(what) {
      const part: Part = 'text' in what ? { kind: 'text', text: what.text } : what.part;
      const message: PlayedMessage = {
        conversationId: conversationId.value,
        messageId: `msg-${newId()}`,
        customer: customer.value,
        ...('text' in what ? { text: what.text } : { parts: [what.part] }),
      };
      if (sent.value.length === 0) desk.follow(message.conversationId);
      sent.value = [
        ...sent.value,
        { id: message.messageId, text: part.text ?? '', parts: [part], state: 'sending', message },
      ];
      await post(message);
    },
    async sendPieces(text) {
      for (const [index, piece] of pieces(text).entries()) {
        if (index > 0) await wait(PIECE_GAP_MS);
        await player.send({ text: piece });
      }
    },
    retry: ({ message }) => post(message),
  };
  return player;
}
