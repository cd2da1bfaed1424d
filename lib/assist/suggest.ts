import type { Suggestion } from '../domain/assist.ts';
import type { Entry, Policy } from '../domain/entry.ts';
import type { ReleaseId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { AnswerContext } from './answer-options.ts';
import { type Offer, type Offers, offersOf, type Skip } from './answers.ts';
import type { Offered } from './decide-alone.ts';
import { suggestionId } from './ids.ts';
import { excerptOf } from './passage.ts';
import type { Ranked } from './retrieve.ts';

export type SuggestInput = {
  ranked: readonly Ranked[];
  /** The least probability that one of the replies shown is right. */
  threshold: number;
  /** What was asked: the part of a passage that answers it is shown. */
  query?: string;
  /** The probability that the turn wants an answer; 1 unless given. */
  asks?: number;
  language: Language;
  release: ReleaseId;
  context: AnswerContext;
};

export type Suggested = {
  /** At most three, best first. */
  offers: readonly Offered[];
  /** The policy of the best entry at or above the threshold, also when it has nothing to offer now. */
  bestPolicy: Policy | undefined;
  /** Products that go with the answers. */
  cards: readonly string[];
  /** Answers of the entries that fit which were passed over, and why. */
  skipped: readonly (Skip & { entryId: string })[];
};

const MAX_SUGGESTIONS = 3;

/** A turn that asks less probably than this gets no answer offered, however well one would fit. */
const ASKED = 0.7;
/** An entry this probable shows its variants before other entries. */
const SURE = 0.8;
/** Less probable than this, an entry is no companion to a better one either. */
const FEWEST = 0.05;

/** The entries that answers are taken from, and why there are none, where there are none. */
export type Fitting = { fitting: readonly Ranked[]; refused?: 'not_asked' | 'below_threshold' };

/** All that are probable enough to be shown together, or none unless one of them is probably right. */
export function fittingOf({
  ranked,
  threshold,
  asks = 1,
  language,
}: Omit<SuggestInput, 'release' | 'context' | 'query'>): Fitting {
  const worthy = inLanguage(
    ranked.filter((one) => one.confidence >= Math.min(threshold, FEWEST)),
    language,
  );
  if (asks < ASKED) return { fitting: [], refused: 'not_asked' };
  return asks * chanceOf(worthy) >= threshold ? { fitting: worthy } : { fitting: [], refused: 'below_threshold' };
}

/** Replies to a turn, each the answer of an entry with its source; none unless one of them is probably right. */
export function suggest(input: SuggestInput): Suggested {
  const { ranked, threshold, asks = 1, language, release, context, query = '' } = input;
  const { fitting } = fittingOf({ ranked, threshold, asks, language });
  const found = fitting.map((one) => ({ one, ...offersFor(one.entry, context, query) }));
  const shown = distinctTexts(inOrder(found)).slice(0, MAX_SUGGESTIONS);
  return {
    offers: shown.map(({ one, offer }) => offered(one, offer, language, release)),
    bestPolicy: policyOf(fitting.find((one) => one.confidence >= threshold)?.entry),
    cards: [...new Set(shown.flatMap(({ offer }) => offer.cards))],
    skipped: found.flatMap(({ one, skipped }) => skipped.map((skip) => ({ entryId: one.entry.id, ...skip }))),
  };
}

/** Of a passage only what answers the question is offered. */
function offersFor(entry: Entry, context: AnswerContext, query: string): Offers {
  const found = offersOf(entry, context);
  if (entry.passage === undefined) return found;
  return { ...found, offers: found.offers.map((offer) => ({ ...offer, text: excerptOf(offer.text, query) })) };
}

/** A page was not written as an answer: nobody but a person sends a piece of it, whatever its entry says. */
const policyOf = (entry: Entry | undefined): Policy | undefined =>
  entry?.passage !== undefined && entry.policy === 'auto' ? 'assist' : entry?.policy;

type Found = { one: Ranked; offers: readonly Offer[] };

/** An entry's answers follow each other where it is probably right; else every entry comes before any second answer. */
function inOrder(found: readonly Found[]): { one: Ranked; offer: Offer }[] {
  const all = found.flatMap(({ one, offers }) => offers.map((offer, place) => ({ one, offer, place })));
  const sure = (found[0]?.one.confidence ?? 0) >= SURE;
  return sure ? all : all.toSorted((a, b) => Math.min(a.place, 1) - Math.min(b.place, 1));
}

/** That one of the three best is right: confidences of one ranking exclude each other. */
function chanceOf(ranked: readonly Ranked[]): number {
  return ranked.slice(0, MAX_SUGGESTIONS).reduce((sum, one) => sum + one.confidence, 0);
}

/** Entries in the customer's language or in none; those of the other language only where there are no others. */
function inLanguage(ranked: readonly Ranked[], language: Language): readonly Ranked[] {
  const own = ranked.filter(({ entry }) => !isForeign(entry.language, language));
  return own.length > 0 ? own : ranked;
}

export function isForeign(written: Language | undefined, language: Language): boolean {
  return written !== undefined && written !== language;
}

function distinctTexts<Item extends { offer: Offer }>(items: readonly Item[]): Item[] {
  const first = new Map<string, Item>();
  for (const item of items) if (!first.has(item.offer.text)) first.set(item.offer.text, item);
  return [...first.values()];
}

function offered({ entry, confidence }: Ranked, offer: Offer, language: Language, release: ReleaseId): Offered {
  const { text, role, answer, condition, attachments } = offer;
  const suggestion: Suggestion = {
    id: suggestionId(entry.id, answer, release),
    text,
    confidence,
    source: {
      kind: entry.passage === undefined ? 'entry' : 'passage',
      id: entry.id,
      title: entry.question,
      release,
      ...(entry.passage?.url === undefined ? {} : { url: entry.passage.url }),
      ...(answer === undefined ? {} : { answer }),
    },
    role,
    ...(condition === undefined ? {} : { condition }),
    ...(attachments === undefined ? {} : { attachments }),
  };
  return {
    suggestion,
    entryId: entry.id,
    intent: entry.intent,
    question: entry.question,
    policy: automaticPolicy(policyOf(entry) ?? 'assist', isForeign(entry.language, language)),
  };
}

/** Nobody is answered automatically in a language they did not write in. */
function automaticPolicy(policy: Policy, foreign: boolean): Policy {
  return foreign && policy === 'auto' ? 'assist' : policy;
}
