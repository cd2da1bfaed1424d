import { parseCondition } from '../domain/condition.ts';
import { slotsIn } from '../domain/slots.ts';

/** What an answer may name; the message way fills exactly these. Groups with no list take any name. */
const SLOT_FIELDS: Readonly<Record<string, readonly string[] | undefined>> = {
  shop: undefined,
  order: ['number', 'status', 'payment', 'placed_at', 'paid_at', 'shipped_at', 'delivered_at', 'items'],
  shipment: ['carrier', 'tracking_number', 'status', 'last_event', 'eta'],
  invoice: undefined,
  customer: ['name'],
  product: ['title', 'price'],
};

const FIELD = /^[a-z][a-z0-9_]*$/;
const SHOP_FACT = /^shop\.([a-z][a-z0-9_]*)$/;

/** The slots that can be written out, for suggestions. */
export const KNOWN_SLOTS: readonly string[] = [
  'address',
  ...Object.entries(SLOT_FIELDS).flatMap(([group, fields]) => (fields ?? []).map((field) => `${group}.${field}`)),
];

/** Whether the message way can fill a slot of this name, if the facts are there. */
export function isKnownSlot(name: string): boolean {
  if (name === 'address') return true;
  const [group = '', field = '', ...more] = name.split('.');
  if (more.length > 0 || !Object.hasOwn(SLOT_FIELDS, group) || !FIELD.test(field)) return false;
  return SLOT_FIELDS[group]?.includes(field) ?? true;
}

/** The shop facts that a text rests on. */
export const shopFactsIn = (text: string): string[] =>
  slotsIn(text).flatMap((name) => {
    const fact = SHOP_FACT.exec(name)?.[1];
    return fact === undefined ? [] : [fact];
  });

/** What is wrong with the slots of a text, in words for the person who wrote it. */
export function slotProblem(text: string): string | undefined {
  const unknown = slotsIn(text).find((name) => !isKnownSlot(name));
  if (unknown !== undefined) {
    const known = Object.entries(SLOT_FIELDS).map(([group, fields]) => `${group}.${fields?.join('|') ?? '<name>'}`);
    return `unknown slot {{${unknown}}}; known are address, ${known.join(', ')}`;
  }
  const left = text.replace(/\{\{[^{}]*\}\}/g, '');
  return /\{\{|\}\}/.test(left) ? 'a slot is not closed: write {{shop.dispatch_time}}' : undefined;
}

/** What is wrong with a condition, and where. */
export function conditionProblem(when: string): string | undefined {
  const parsed = parseCondition(when);
  return parsed.ok ? undefined : `${parsed.message} (character ${parsed.column})`;
}

/** What is wrong with a text whatever it says: it cannot be read, or nothing of it can be seen. */
export function unreadable(text: string): string | undefined {
  if (!text.isWellFormed()) return 'half of a character is missing: write it anew';
  if (text.includes('\u0000')) return 'holds a character that no text has (NUL): write it anew';
  return /[^\s\p{Cc}\p{Cf}]/u.test(text) ? undefined : 'is empty: nothing of it can be seen';
}
