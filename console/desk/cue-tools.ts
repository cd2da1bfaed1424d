import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Assist, Suggestion } from '../../lib/domain/assist.ts';
import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import type { ExplainedCandidate } from '../../lib/domain/explanation.ts';
import type { Opening } from '../../lib/domain/opening.ts';
import type { ProductCard } from '../../lib/domain/product.ts';
import type { Api } from '../api.ts';
import type { ToolsApi } from './tools-api.ts';

/** So long a suggestion that was put aside can be taken back before anybody is told. */
const UNDO_MS = 4_000;

/** Something asked for: on its way, not to be had, or there. */
export type Asked<T> = { state: 'reading' | 'failed' } | { state: 'there'; value: T };
type Rating = 1 | -1;

/** What the agent can do with a card beside inserting from it. Everything told to the server is told once. */
export type CueTools = {
  /** A suggestion has really been in view. */
  seen(suggestionId: string): void;
  dismissed: Signal<ReadonlySet<string>>;
  dismiss(suggestionId: string): void;
  restore(suggestionId: string): void;
  ratings: Signal<Readonly<Record<string, Rating>>>;
  rate(suggestionId: string, rating: Rating): void;
  /** What matched in the message, by suggestion; asked for only when the agent wants to know. */
  matches: Signal<Readonly<Record<string, Asked<ExplainedCandidate | undefined>>>>;
  explain(suggestion: Suggestion): Promise<void>;
  /** Answers to a question that the customer has not asked yet, by question. */
  ahead: Signal<Readonly<Record<string, Asked<readonly Suggestion[]>>>>;
  askAhead(question: string, orderNumber?: string): Promise<void>;
  openings: Signal<Readonly<Record<string, Asked<Opening>>>>;
  /** Reads what to show before the first word, once for each version of the conversation. */
  readOpening(open: ConversationDetail): Promise<void>;
  findProducts(query: string): Promise<readonly ProductCard[]>;
  /** Epoch ms. */
  now: () => number;
};

type Dependencies = {
  api: Pick<Api, 'feedback'> & Pick<ToolsApi, 'preview' | 'rate' | 'opening' | 'products'>;
  open: ReadonlySignal<ConversationDetail | undefined>;
  card: ReadonlySignal<Assist | undefined>;
  now: () => number;
  later: (run: () => void, ms: number) => void;
};

const quietly = (work: Promise<unknown>) => void work.catch(() => undefined);
const wrap = <T>(work: Promise<T>): Promise<Asked<T>> =>
  work.then(
    (value) => ({ state: 'there', value }),
    () => ({ state: 'failed' }),
  );

/** The key under which an answer asked ahead is kept: the same question about another order is another one. */
export const aheadKey = (assist: Assist | undefined, question: string, order?: string): string =>
  `${assist?.id ?? ''} ${order ?? ''} ${question}`;

export function createCueTools({ api, open, card, now, later }: Dependencies): CueTools {
  const told = new Set<string>();
  const openingsRead = new Map<string, number>();
  const dismissed = signal<ReadonlySet<string>>(new Set());
  const ratings = signal<Readonly<Record<string, Rating>>>({});
  const matches = signal<Readonly<Record<string, Asked<ExplainedCandidate | undefined>>>>({});
  const ahead = signal<Readonly<Record<string, Asked<readonly Suggestion[]>>>>({});
  const openings = signal<Readonly<Record<string, Asked<Opening>>>>({});
  const tell = (assistId: string, suggestionId: string, event: 'shown' | 'dismissed') =>
    quietly(api.feedback(assistId, { suggestionId, event }));

  const matchOf = async (assist: Assist, { source }: Suggestion): Promise<ExplainedCandidate | undefined> => {
    const { explanation } = await api.preview({ replay: assist.replay, explain: true });
    const candidates = explanation?.asked.flatMap((asked) => asked.candidates) ?? [];
    return candidates.find(({ entryId }) => entryId === source.id);
  };
  const answersTo = async (question: string, orderNumber: string | undefined): Promise<readonly Suggestion[]> => {
    const { customer, head } = open.peek() ?? {};
    const order = orderNumber === undefined ? [] : [{ kind: 'order_card' as const, orderNumber }];
    const { suggestions } = await api.preview({
      parts: [...order, { kind: 'text', text: question }],
      owner: 'queue',
      ...(customer === undefined ? {} : { customer }),
      ...(head?.language === undefined ? {} : { language: head.language }),
    });
    return suggestions;
  };
  return {
    ...{ dismissed, ratings, matches, ahead, openings, now },
    seen(id) {
      const assist = card.peek();
      if (assist === undefined || told.has(id)) return;
      told.add(id);
      tell(assist.id, id, 'shown');
    },
    dismiss(id) {
      const assist = card.peek();
      if (assist === undefined) return;
      dismissed.value = new Set([...dismissed.value, id]);
      later(() => dismissed.peek().has(id) && tell(assist.id, id, 'dismissed'), UNDO_MS);
    },
    restore(id) {
      dismissed.value = new Set([...dismissed.value].filter((one) => one !== id));
    },
    rate(id, rating) {
      const assist = card.peek();
      if (assist === undefined || ratings.peek()[id] === rating) return;
      ratings.value = { ...ratings.peek(), [id]: rating };
      quietly(api.rate(assist.id, id, rating));
    },
    async explain(suggestion) {
      const assist = card.peek();
      const before = matches.peek()[suggestion.id];
      if (assist === undefined || (before !== undefined && before.state !== 'failed')) return;
      matches.value = { ...matches.peek(), [suggestion.id]: { state: 'reading' } };
      const found = await wrap(matchOf(assist, suggestion));
      matches.value = { ...matches.peek(), [suggestion.id]: found };
    },
    async askAhead(question, orderNumber) {
      const key = aheadKey(card.peek(), question, orderNumber);
      const before = ahead.peek()[key];
      if (before !== undefined && before.state !== 'failed') return;
      ahead.value = { ...ahead.peek(), [key]: { state: 'reading' } };
      const found = await wrap(answersTo(question, orderNumber));
      ahead.value = { ...ahead.peek(), [key]: found };
    },
    async readOpening({ head }) {
      if ((openingsRead.get(head.id) ?? -1) >= head.version) return;
      openingsRead.set(head.id, head.version);
      const found = await wrap(api.opening(head.id));
      const isOlder = openingsRead.get(head.id) !== head.version;
      if (!isOlder) openings.value = { ...openings.peek(), [head.id]: found };
    },
    findProducts: (query) => api.products(query),
  };
}
