/** Names under which an hour's counts stand. Those of one intent or one skill are anybody's words, and bounded in number. */

const MAX_LABEL = 80;

/** In place of the names for which an hour's item has no room. */
export const OTHER = 'other';

/** Of an intent: `i#order.cancel`. */
export const intentName = (intent: string): string => `i#${intent.slice(0, MAX_LABEL)}`;
/** Of a skill: `first@returns`. */
export const skillName = (name: string, skill: string): string => `${name}@${skill.slice(0, MAX_LABEL)}`;

export type Bounded = { group: 'intent' | 'skill'; base: string; label: string };

/** What an intent's or a skill's name is made of; undefined for every other name. */
export function boundedName(name: string): Bounded | undefined {
  if (name.startsWith('i#')) return { group: 'intent', base: 'i', label: name.slice(2) };
  const at = name.indexOf('@');
  return at === -1 ? undefined : { group: 'skill', base: name.slice(0, at), label: name.slice(at + 1) };
}

/** The same count under `other`. */
export const otherName = ({ group, base }: Bounded): string =>
  group === 'intent' ? intentName(OTHER) : skillName(base, OTHER);
