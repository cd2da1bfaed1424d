/** Phrases at the desk: what they ask the agent for when they are inserted, and codes that mean one phrase each. */
import type { DeskPhrase } from './contract/desk-session.ts';

/** `{{ask.name}}`: the name is what the agent is asked for, in any language. */
const PARAMETER = /\{\{\s*ask\.([^{}]*?)\s*\}\}/g;
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}_ -]{0,49}$/u;

/** The names in a text's `{{ask.<name>}}`, in order, each once. */
export function parametersIn(text: string): string[] {
  return [...new Set([...text.matchAll(PARAMETER)].map(([, name = '']) => name))];
}

/** What is wrong with the parameters of a text; undefined when nothing is. */
export function badParameter(text: string): string | undefined {
  const bad = parametersIn(text).find((name) => !NAME.test(name));
  if (bad !== undefined) return `{{ask.${bad}}} has no name that can be asked for`;
  const rest = text.replace(/\{\{[^{}]*\}\}/g, '');
  return /\{\{|\}\}/.test(rest) ? 'a pair of braces {{…}} is not closed' : undefined;
}

export function withParameters(phrase: DeskPhrase): DeskPhrase {
  const { parameters: _, ...rest } = phrase;
  const parameters = parametersIn(phrase.text);
  return parameters.length === 0 ? rest : { ...rest, parameters };
}

/** One spelling of a code: case does not count. */
export const codeOf = (shortcut: string): string => shortcut.normalize('NFKC').trim().toLowerCase();

/** The first code that two phrases of a list share. */
export function sharedShortcut(
  phrases: readonly DeskPhrase[],
): { shortcut: string; first: string; at: number } | undefined {
  const taken = new Map<string, string>();
  for (const [at, { shortcut = '', title, text }] of phrases.entries()) {
    const code = codeOf(shortcut);
    if (code === '') continue;
    const first = taken.get(code);
    if (first !== undefined) return { shortcut, first, at };
    taken.set(code, title ?? text.slice(0, 40));
  }
  return undefined;
}
