/**
 * What `{{name}}` stands for: `shop.dispatch_time`, `order.status`, `address`, … A value may be empty (English has no
 * word for 亲): the slot then disappears together with the comma or space that went with it.
 */
export type SlotValues = Readonly<Record<string, string | undefined>>;

export type FilledText = { ok: true; text: string } | { ok: false; missing: string[] };

/** Longer values are not facts. */
const MAX_VALUE = 500;
const SLOT = /\{\{([^{}]*)\}\}/g;

/**
 * Fills every slot of an authored text, once: what a value says is never read as a slot. A text with a slot that has no
 * value, or with a broken slot, is not filled at all, so that no customer ever reads `{{…}}` of ours.
 */
export function fillSlots(text: string, values: SlotValues): FilledText {
  const missing = new Set(slotsIn(text).filter((name) => !Object.hasOwn(values, name) || values[name] === undefined));
  if (/\{\{|\}\}/.test(text.replace(SLOT, ''))) missing.add('{{');
  if (missing.size > 0) return { ok: false, missing: [...missing] };
  return { ok: true, text: insert(text, values).trim() };
}

/** The names of the slots in a text, in order, each once. */
export function slotsIn(text: string): string[] {
  return [...new Set([...text.matchAll(SLOT)].map((slot) => nameOf(slot[1])))];
}

const nameOf = (written: string | undefined): string => (written ?? '').trim().toLowerCase();

function insert(text: string, values: SlotValues): string {
  let filled = '';
  let rest = text;
  for (let slot = /\{\{([^{}]*)\}\}/.exec(rest); slot !== null; slot = /\{\{([^{}]*)\}\}/.exec(rest)) {
    const value = clean(values[nameOf(slot[1])] ?? '');
    filled += rest.slice(0, slot.index) + value;
    rest = rest.slice(slot.index + slot[0].length);
    if (value === '') [filled, rest] = closeGap(filled, rest);
  }
  return filled + rest;
}

const STARTS_SENTENCE = /(?:^|[.!?。！？～~\n])\s*$/;

/** What is left of `Hello {{address}}, your …` and `{{address}}，您好` when the slot is empty. */
function closeGap(before: string, after: string): [string, string] {
  if (!STARTS_SENTENCE.test(before)) return [before.trimEnd(), after];
  const rest = after.replace(/^[\s,，、~～!！]+/, '');
  return [before, rest.charAt(0).toUpperCase() + rest.slice(1)];
}

/** Values come from platforms and customers: no control characters, no invisible marks that reorder the text. */
function clean(value: string): string {
  return value
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
    .slice(0, MAX_VALUE);
}
