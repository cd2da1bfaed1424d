import { isCardNumber, isCitizenNumber } from './checks.ts';
import type { Range } from './spans.ts';
import type { PersonalDataType, Span } from './types.ts';

const LINK =
  /(?:[a-z][a-z\d+.-]{1,10}:\/\/|(?<![\w:/])\/\/(?=[a-z\d-]{1,60}\.[a-z])|www\.)[^\s\p{Script=Han}，。]{1,500}/giu;

/** Web addresses: what stands in them is mostly the shop's. */
export const linksIn = (text: string): Range[] =>
  [...text.matchAll(LINK)].map((match) => ({ start: match.index, end: match.index + match[0].length }));

/** `?phone=138…`, `/u/138…`, with what is encoded in a link. */
const NAMED =
  /(?:(?<![\w.-])|(?<=%(?:2F|3F|26)))(?<name>[a-z][\w.-]{0,40})(?:[=/:]|%3D|%3A|%2F)(?<value>(?:\+|%2B)?\(?\d(?:(?:[ ._()-]|%20|%2D){0,2}[\dX]){5,20})(?![\dA-Z])/dgi;
const EMAIL =
  /(?:(?<!\/)[=/:]|%3D|%3A|%2F)(?<value>[A-Z0-9][A-Z0-9._+-]{0,63}(?:@|%40)(?:[A-Z0-9-]{1,63}\.){1,4}[A-Z]{2,24})(?![A-Z0-9@:-])/dgi;

const PHONE_NAME = /phone|mobile|whatsapp|wa\.me$|(?:^|[_.-])(?:mob|tel|cell|sms|call)$/i;
/** They hold a number that the shop made as often as a phone. */
const PERSON_NAME =
  /(?:^|[_.-])(?:u|uid|users?|account|login|members?|profile|customers?|buyer|contact)(?:_?(?:id|no|name))?$/i;
const ID_NAME = /id_?(?:card|no$|num)|identity|passport/i;
const CARD_NAME = /card|bank|account/i;
const SHOP_NAME = /item|order|sku|goods|prod|track|waybill|trade|invoice|spu|detail|(?:^|_)pid$/i;

const MOBILE = /^(?:86)?1[3-9]\d{9}$/;

/** What a number under this name in a link is of a person, if anything. */
function typeOf(name: string, digits: string, isAbroad: boolean): PersonalDataType | undefined {
  if (SHOP_NAME.test(name)) return undefined;
  if (ID_NAME.test(name) ? digits.length >= 8 : isCitizenNumber(digits)) return 'id_card';
  if (CARD_NAME.test(name) && isCardNumber(digits)) return 'bank_card';
  return isPhone(name, digits, isAbroad) ? 'phone' : undefined;
}

function isPhone(name: string, digits: string, isAbroad: boolean): boolean {
  const size = digits.length;
  if (size > 15) return false;
  if (PHONE_NAME.test(name) ? size >= 7 : isAbroad && size >= 9) return true;
  return MOBILE.test(digits) && (PERSON_NAME.test(name) || digits.startsWith('86'));
}

function* namedIn(text: string, offset: number): Iterable<Span> {
  for (const { groups, indices } of text.matchAll(NAMED)) {
    const [start, end] = indices?.groups?.['value'] ?? [0, 0];
    const value = text.slice(start, end).replaceAll(/%2[0D]/gi, '');
    const isAbroad = /^(?:\+|%2B)/i.test(value);
    const digits = value
      .replace(/^%2B/i, '')
      .replaceAll(/[^\dX]/gi, '')
      .toUpperCase();
    const type = typeOf(groups?.['name'] ?? '', digits, isAbroad);
    if (type !== undefined)
      yield { type, start: offset + start, end: offset + end, value: isAbroad ? `+${digits}` : digits };
  }
}

function* emailsIn(text: string, offset: number): Iterable<Span> {
  for (const { indices } of text.matchAll(EMAIL)) {
    const [start, end] = indices?.groups?.['value'] ?? [0, 0];
    const value = text.slice(start, end).replace(/%40/, '@').toLowerCase();
    yield { type: 'email', start: offset + start, end: offset + end, value };
  }
}

/** What links tell of people, by the names that stand before it in them: `?phone=`, `/u/`, `mailto=`. */
export const linkSpans = (text: string, links: readonly Range[]): Span[] =>
  links.flatMap(({ start, end }) => {
    const link = text.slice(start, end);
    return [...namedIn(link, start), ...emailsIn(link, start)];
  });
