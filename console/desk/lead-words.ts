import { t } from './words.ts';

/** A part of a lead score by its name in the page's language; `tag:VIP` and what nobody has worded stay as they are. */
export function leadPartWords(name: string): string {
  const [kind = '', detail] = name.split(':');
  const word = ({ ...t.value.leadPart } as Record<string, string>)[kind] ?? kind;
  return detail === undefined ? word : `${word}: ${detail}`;
}
