import type { ConversationView } from '../lib/domain/contract/desk.ts';
import type { WrapUp } from '../lib/domain/wrap-up.ts';
import type { Api, Target, Verb } from './api.ts';
import type { Attempt } from './attempt.ts';
import type { QueueStore } from './queue-store.ts';
import { fill, words } from './words/words.ts';

/** What changes whose a conversation is. */
export type Moves = {
  /** Takes the open conversation; accepts it where it is offered. */
  take(): Promise<void>;
  release(): Promise<void>;
  /** Without an id: the open conversation if it is offered, else the offer that runs out first. */
  answerOffer(verb: 'accept' | 'decline', id?: string): Promise<void>;
  /** A supervisor takes it from whoever has it. */
  takeOver(): Promise<void>;
  transfer(to: Target, note?: string): Promise<void>;
  close(wrapUp: WrapUp | undefined): Promise<void>;
};

type Dependencies = {
  api: Pick<Api, 'change' | 'transfer' | 'close'>;
  openId: { readonly value: string | undefined };
  headOf: (id: string | undefined) => ConversationView | undefined;
  show: (id: string) => void;
  list: Pick<QueueStore, 'section'>;
  changed: (id: string, head: ConversationView | undefined, mine: boolean) => Promise<void>;
  say: Attempt['say'];
  now: () => number;
  /** An agent as the team calls them. */
  nameOf: (agentId: string) => string;
};

/** Why it is not for `me` to pass on or close: whose it is, where it is anybody's else. */
function whoseElse(
  head: ConversationView,
  me: string | undefined,
  { now, nameOf }: Pick<Dependencies, 'now' | 'nameOf'>,
): string | undefined {
  const { owner, offer } = head;
  if (owner.startsWith('agent:') && owner !== `agent:${me}`)
    return fill(words.value.desk.withOther, { name: nameOf(owner.slice('agent:'.length)) });
  const isAsked = owner === 'queue' && offer !== undefined && offer.until > now();
  if (!isAsked || offer.agentId === me) return undefined;
  return fill(words.value.desk.offeredTo, { name: nameOf(offer.agentId) });
}

export function createMoves({ api, openId, headOf, show, list, changed, say, now, nameOf }: Dependencies) {
  const withOpen = async (work: (id: string) => Promise<void>) => {
    if (openId.value !== undefined) await work(openId.value);
  };
  const change = async (id: string, verb: Verb, told: string) => {
    const answer = await api.change(id, verb);
    say('good', told);
    await changed(id, answer?.head, verb !== 'release' && verb !== 'decline');
  };
  const offered = (id: string | undefined) => list.section('offered').find((head) => head.id === id);
  const accept = async (id: string) => {
    show(id);
    await change(id, 'accept', words.value.ui.claimed);
  };
  const moves: Moves = {
    take: () =>
      withOpen((id) => (offered(id) === undefined ? change(id, 'claim', words.value.ui.claimed) : accept(id))),
    release: () => withOpen((id) => change(id, 'release', words.value.ui.released)),
    takeOver: () => withOpen((id) => change(id, 'take-over', words.value.ui.claimed)),
    async answerOffer(verb, wanted) {
      const id = wanted ?? offered(openId.value)?.id ?? list.section('offered')[0]?.id;
      if (id === undefined) return;
      await (verb === 'accept' ? accept(id) : change(id, 'decline', words.value.desk.declined));
    },
    transfer: (to, note) =>
      withOpen(async (id) => {
        const answer = await api.transfer(id, to, note);
        say('good', words.value.ui.transferred);
        await changed(id, answer?.head, false);
      }),
    close: (wrapUp) =>
      withOpen(async (id) => {
        const answer = await api.close(id, wrapUp);
        say('good', words.value.ui.closed);
        await changed(id, answer?.head, false);
      }),
  };
  return {
    ...moves,
    /** A dialog opens only for what can be done; else it is said whose the conversation is. */
    mayAsk(what: 'transfer' | 'close', me: string | undefined): 'transfer' | 'close' | undefined {
      const head = headOf(openId.value);
      if (head === undefined || head.owner === 'closed') return undefined;
      const whose = whoseElse(head, me, { now, nameOf });
      if (whose !== undefined) say('bad', whose);
      return whose === undefined ? what : undefined;
    },
  };
}
