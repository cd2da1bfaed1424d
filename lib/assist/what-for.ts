/** What somebody who asks for a person wants the person for: what they ask beside it, or asked before. */
import type { Language } from '../domain/language.ts';
import { contentWords } from './context/content-words.ts';
import { PERSON_CHOICE, type Ranked, type Retrieved } from './retrieve.ts';
import type { Knowledge, Situation } from './situation.ts';
import { asksForPerson } from './understand/asks-person.ts';
import { clausesOf } from './understand/clauses.ts';
import { plainWords } from './understand/turn-text.ts';
import type { Reading } from './understand.ts';

const MAX_QUESTION = 400;
const MAX_TURNS = 3;

/**
 * The entries of that question, where one is at least this probable. They decide who is asked, what is still needed of
 * the customer and what the person sees first; "a person, please" is itself an entry in many knowledge bases and says
 * nothing of that. So does a turn that only says that the bot was no use. Undefined where the turn is neither.
 */
export function whatFor(
  { history, knowledge }: Situation,
  { understanding: { act, language, flags }, words, media, inVain }: Reading,
  threshold: number,
): Retrieved | undefined {
  const asks = act === 'ask_human' || flags.includes('ask_human') || media.tapped.includes(PERSON_CHOICE);
  if (knowledge === undefined || !(asks || inVain)) return undefined;
  for (const turn of [...(inVain ? [] : [words]), ...turnsBefore(history)]) {
    const found = entriesOf(knowledge, besideAsking(turn), language, threshold);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A text without the clauses that ask for a person. */
function besideAsking(text: string): string {
  const clauses = clausesOf(plainWords(text)).filter((clause) => !asksForPerson(clause.text));
  return clauses
    .map((clause) => clause.text)
    .join('\n')
    .slice(-MAX_QUESTION);
}

/** The entries of a question, where one is at least this probable; a wish for a person is none. */
export function entriesOf(
  knowledge: Knowledge,
  text: string,
  language: Language,
  threshold: number,
): Retrieved | undefined {
  if (contentWords(text).length === 0) return undefined;
  const { candidates, exact } = knowledge.engine.classify(text, { language });
  const ranked: Ranked[] = candidates.map(({ index, confidence }) => ({ entry: knowledge.entry(index), confidence }));
  const [best] = ranked;
  if (best === undefined || best.confidence < threshold || asksForPerson(best.entry.question)) return undefined;
  return { ranked, exact, asked: [] };
}

/** The customer's last turns, newest first, each as one text. */
export function turnsBefore(history: Situation['history']): string[] {
  const turns: string[] = [];
  let newer: string | undefined;
  for (const { author, text } of history.toReversed()) {
    if (author === 'customer') turns.push(newer === 'customer' ? `${text}\n${turns.pop() ?? ''}` : text);
    newer = author;
  }
  return turns.slice(0, MAX_TURNS);
}
