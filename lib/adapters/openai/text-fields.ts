/** The texts of a JSON object that is still being written, for showing them as they grow. */

/** A string's inside up to its end or to where the text breaks off; a half-written escape is left out. */
const INSIDE = /(?:[^"\\]|\\u[0-9a-fA-F]{4}|\\[^u])*/y;

function insideAt(text: string, start: number): string {
  INSIDE.lastIndex = start;
  return INSIDE.exec(text)?.[0] ?? '';
}

/** What the inside of a JSON string says. A half-written pair of surrogates is left out. */
function decoded(inside: string): string {
  try {
    return String(JSON.parse(`"${inside}"`)).replace(/[\uD800-\uDBFF]$/, '');
  } catch {
    return '';
  }
}

const skipBlanks = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && /\s/.test(text[at] ?? '')) at += 1;
  return at;
};

const DEPTH: Record<string, number> = { '{': 1, '[': 1, '}': -1, ']': -1 };

/** The place after a value that is no string; the text's end where it breaks off. */
function afterValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (depth === 0 && (char === ',' || char === '}')) return at;
    depth += DEPTH[char] ?? 0;
    if (char === '"') at += insideAt(text, at + 1).length + 1;
  }
  return text.length;
}

/** Each field of the object that is a text, and as much of it as is there. */
export function textFields(json: string): Map<string, string> {
  const fields = new Map<string, string>();
  let at = skipBlanks(json, json.indexOf('{') + 1);
  while (json[at] === '"') {
    const name = insideAt(json, at + 1);
    const colon = skipBlanks(json, at + name.length + 2);
    if (json[colon] !== ':') break;
    const value = skipBlanks(json, colon + 1);
    if (json[value] === '"') {
      const inside = insideAt(json, value + 1);
      fields.set(decoded(name), decoded(inside));
      at = skipBlanks(json, value + inside.length + 2);
    } else at = afterValue(json, value);
    if (json[at] !== ',') break;
    at = skipBlanks(json, at + 1);
  }
  return fields;
}

/** Tells each text as it grows. `shown` maps it before; what may still change at its end must be left out there. */
export function growing(
  shown: (text: string) => string,
  onText: (field: string, soFar: string) => void,
): (json: string) => void {
  const told = new Map<string, string>();
  return (json) => {
    for (const [field, text] of textFields(json)) {
      const next = shown(text);
      if (next === told.get(field) || next === '') continue;
      told.set(field, next);
      onText(field, next);
    }
  };
}
