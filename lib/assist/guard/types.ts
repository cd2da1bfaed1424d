import type { Assist } from '../../domain/assist.ts';
import type { ReplyWarning } from '../../domain/contract/desk-tools.ts';
import type { Customer } from '../../domain/customer.ts';
import type { Language } from '../../domain/language.ts';
import type { Message } from '../../domain/message.ts';
import type { Product } from '../../domain/product.ts';
import type { Localized } from '../../domain/tenant.ts';

/** A product that the reply names; offsets are UTF-16, `end` exclusive. */
export type NamedProduct = { product: Product; start: number; end: number };

/** The conversation as it stands; `now` in epoch ms. */
export type Standing = { messages: readonly Message[]; assists: readonly Assist[]; now: number };

/** What a reply is held against. */
export type GuardContext = {
  /** The customer's language, as far as it is known. */
  language: Language | undefined;
  shopFacts: Readonly<Record<string, Localized>>;
  named: readonly NamedProduct[];
  /** Products spoken of that the reply does not name: what "it" may be. */
  spokenOf: readonly Product[];
  /** Others that stand beside the conversation (cards, order, cart, views): meant where a word of theirs is said. */
  around?: readonly Product[];
  /** What the one spoken of was called in the lines that showed or named it. */
  calls?: string;
  /** The whole reply, folded. */
  reply?: string;
  customer: Customer | undefined;
  /** What was said in the conversation, by anybody. */
  said: readonly string[];
  /** Authored replies that are on offer: what they say is the shop's own word. */
  authored: readonly string[];
  /** What went before: whether the same reply has. */
  standing?: Standing;
};

export type Check = (text: string, context: GuardContext) => readonly ReplyWarning[];

/** A text in which every character stands where it stood: lower case, full-width forms folded. */
export const folded = (text: string): string =>
  text
    .split('')
    .map((unit) => {
      const plain = unit.normalize('NFKC').toLowerCase();
      return plain.length === 1 ? plain : unit;
    })
    .join('');

export type Piece = { text: string; start: number };

/** Pieces of a text between these marks, each with its place. */
export const piecesOf = (text: string, pattern: RegExp): Piece[] =>
  [...text.matchAll(pattern)].map((match) => ({ text: match[0], start: match.index }));

/** Clauses: a comma ends one, the comma of a number does not. */
export const CLAUSES = /(?:[^，,。；;！!？?\n～~.]|\.(?!\s|$)|,(?=\d{3}))+/g;
/** Sentences: what belongs together. */
export const SENTENCES = /(?:[^。！!？?\n～~；;.]|\.(?!\s|$))+/g;
