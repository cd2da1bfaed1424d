import { findPersonalData } from '../../domain/personal-data/find.ts';
import type { Flag } from '../../domain/understanding.ts';
import { asksForPerson } from './asks-person.ts';
import { hostility } from './feeling/hostility.ts';
import { FLAG_RULES } from './flag-rules.ts';

/** Hostile words that sum up to this are abuse nine times in ten (see `bench/understanding.ts`). */
const HOSTILE = 4;

/** What a person must know of, or what must be guarded. Each flag once, in the order of the schema. */
export function readFlags(text: string): Flag[] {
  const flags = new Set<Flag>(FLAG_RULES.filter((rule) => rule.pattern.test(text)).map((rule) => rule.flag));
  if (hostility(text) >= HOSTILE) flags.add('abuse');
  if (asksForPerson(text)) flags.add('ask_human');
  if (findPersonalData(text).length > 0) flags.add('personal_data');
  const order: readonly Flag[] = ['ask_human', 'threat', 'abuse', 'legal', 'safety', 'injection', 'personal_data'];
  return order.filter((flag) => flags.has(flag));
}
