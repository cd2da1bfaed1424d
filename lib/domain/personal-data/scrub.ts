/** Texts of customers and agents as they may be kept and shown to managers: nothing that points at a person or an order. */
import { redact } from './mask.ts';
import type { KnownPerson } from './types.ts';

const LINK = /(?:https?:\/\/|www\.)[^\s\p{Script=Han}，。]{1,500}/giu;
/** Order, parcel, serial and card numbers: codes with five digits or more. */
const CODE =
  /(?<![A-Za-z0-9])(?=[A-Za-z0-9-]{0,60}?\d[A-Za-z0-9-]{0,60})[A-Za-z]{0,6}-?(?:\d[\d-]{3,40}\d|\d{2,}[A-Za-z0-9-]{3,40})(?![A-Za-z0-9])/g;

/** `[phone]`, `[name]`, `[link]`, `[number]`… in place of what points at somebody. At most `length` characters. */
export function scrub(text: string, length: number, known: KnownPerson = {}): string {
  // Cut first with room to spare: a mask must not be cut through, nor a long text be searched to its end.
  const plain = redact(text.slice(0, 2 * length).trim(), known)
    .replace(LINK, '[link]')
    .replace(CODE, '[number]');
  return plain.length <= length ? plain : plain.slice(0, length).replace(/\[[a-z_]*$/, '');
}

/** `[phone]`, `[订单x]`: somebody's value stood here, by our mask or by one that the export came with. */
const PLACEHOLDER = /[[【<{][^\]】>}\n]{1,20}[\]】>}]|\*{3,}|\bx{4,}\b/i;

/** Whether a text still says that something of one customer stood in it: good for reading, not for the next customer. */
export const hasMasked = (text: string): boolean => PLACEHOLDER.test(text);
