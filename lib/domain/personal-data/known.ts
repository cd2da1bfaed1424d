import type { Customer } from '../customer.ts';
import type { KnownPerson, PersonalDataType } from './types.ts';

/** Field names of `attributes` and `invoice`, by what they hold; in any platform's spelling. */
const FIELDS: readonly (readonly [RegExp, PersonalDataType])[] = [
  [/mail|邮箱/i, 'email'],
  [/phone|mobile|tel|手机|电话/i, 'phone'],
  [/address|地址|street/i, 'address'],
  [/we_?chat|weixin|微信|whatsapp|(?:^|_)qq(?:$|_)/i, 'account'],
  [/id_?card|passport|身份证|护照|证件/i, 'id_card'],
  [/name|receiver|recipient|consignee|姓名|收[件货]人|联系人/i, 'name'],
];
/** Names that name nobody. */
const NOBODY =
  /^(?:顾客|买家|客户|用户|会员|游客|访客|匿名|customer|guest|user|buyer|visitor|member|anonymous|test)[\s\d_*-]*$/i;
const NOT_A_PERSON = /product|shop|store|company|file|user_?name|nick|event|商品|店铺|公司/i;

type Value = { type: PersonalDataType; value: string };

function* fieldValues(record: Readonly<Record<string, unknown>>): Iterable<Value> {
  for (const [field, value] of Object.entries(record)) {
    const type = NOT_A_PERSON.test(field) ? undefined : FIELDS.find(([pattern]) => pattern.test(field))?.[1];
    if (type !== undefined && typeof value === 'string' && isTelling(value)) yield { type, value };
  }
}

const isTelling = (value: string) => value.trim().length >= 2 && !NOBODY.test(value.trim());

/** A full English name, and each of its words: customers sign with the first. */
function* names(name: string): Iterable<Value> {
  if (!isTelling(name)) return;
  yield { type: 'name', value: name };
  const words = name.split(/\s+/);
  if (words.length < 2) return;
  for (const word of words) if (/^\p{Lu}\p{L}{2,}$/u.test(word)) yield { type: 'name', value: word };
}

/** What is known of the person behind a conversation, and the numbers of theirs that are the shop's. */
export function knownPerson(customer: Pick<Customer, 'name' | 'attributes' | 'orders'> | undefined): KnownPerson {
  if (customer === undefined) return {};
  const orders = customer.orders ?? [];
  const records = [customer.attributes ?? {}, ...orders.map(({ invoice }) => invoice ?? {})];
  return {
    values: [...names(customer.name ?? ''), ...records.flatMap((record) => [...fieldValues(record)])],
    keep: orders.flatMap(({ number, shipment }) => [
      number,
      ...(shipment === undefined ? [] : [shipment.trackingNumber]),
    ]),
  };
}
