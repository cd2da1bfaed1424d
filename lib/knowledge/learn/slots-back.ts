/** From what was sent back to what was authored: slots where their values stand. */

const SLOT = /\{\{([^{}]*)\}\}/g;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * What each slot of an authored text was filled with; undefined where `filled` was not made of it. A slot whose value is
 * empty may have taken the comma or space beside it along.
 */
export function slotValuesIn(authored: string, filled: string): Map<string, string> | undefined {
  const names: string[] = [];
  let pattern = '';
  let end = 0;
  for (const slot of authored.matchAll(SLOT)) {
    pattern += literal(authored.slice(end, slot.index));
    pattern += '([^\\n]{0,500}?)';
    names.push((slot[1] ?? '').trim().toLowerCase());
    end = slot.index + slot[0].length;
  }
  pattern += literal(authored.slice(end));
  const match = new RegExp(`^\\s*${pattern}\\s*$`, 'iu').exec(filled);
  if (match === null) return undefined;
  return new Map(names.map((name, at) => [name, (match[at + 1] ?? '').trim()]));
}

/** Spaces and the commas beside a slot may differ. */
const literal = (text: string): string =>
  text
    .split(/(^[\s,，、~～!！]+|\s+)/u)
    .map((piece) => (/^[\s,，、~～!！]+$/u.test(piece) ? `[\\s,，、~～!！]{0,${piece.length + 2}}` : escaped(piece)))
    .join('');

/** Shorter values ("3") may stand in a text by chance. */
const SHORTEST = 2;

/** A text with each slot in place of its value, the longest values first; what a slot already stands for is left alone. */
export function withSlots(text: string, values: ReadonlyMap<string, string>): string {
  const known = [...values].filter(([, value]) => value.length >= SHORTEST).sort((a, b) => b[1].length - a[1].length);
  return known.reduce(
    (restored, [name, value]) =>
      restored
        .split(/(\{\{[^{}]*\}\})/)
        .map((piece) => (piece.startsWith('{{') ? piece : piece.replaceAll(value, `{{${name}}}`)))
        .join(''),
    text,
  );
}
