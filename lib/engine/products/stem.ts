/** Sibilant endings whose plural adds "es": boxes, brushes, glasses. */
const SIBILANT_PLURAL = /(?:sses|shes|ches|xes|zes)$/;
const NO_PLURAL = /(?:ss|us|is)$/;
const SHORTEST = 4;

/**
 * Takes the plural and the possessive off an English word, nothing more: on product titles the deeper suffixes tell
 * products apart ("painter" and "painting"), and near forms are found by their letters anyway (see `lexicon.ts`).
 */
export function stem(word: string): string {
  const own = word.endsWith("'s") ? word.slice(0, -2) : word;
  if (own.length < SHORTEST || /\d/.test(own)) return own;
  if (own.endsWith('ies') && own.length > SHORTEST) return `${own.slice(0, -3)}y`;
  if (SIBILANT_PLURAL.test(own)) return own.slice(0, -2);
  return own.endsWith('s') && !NO_PLURAL.test(own) ? own.slice(0, -1) : own;
}
