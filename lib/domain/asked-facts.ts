/** Which facts a line asks a customer for, and which are known already: nothing is asked twice. */
import type { Customer } from './customer.ts';
import type { Language } from './language.ts';
import type { AuthorType, Part } from './message.ts';
import type { Entity, EntityType } from './understanding.ts';

export type AskedFact =
  | 'order_number'
  | 'tracking_number'
  | 'product'
  | 'size'
  | 'color'
  | 'photo'
  | 'phone'
  | 'address'
  | 'name'
  | 'email'
  | 'details';

/** The nouns by which each fact is asked for. `details` is whatever only the customer can tell: it is never known. */
const NOUNS: readonly (readonly [AskedFact, RegExp])[] = [
  ['tracking_number', /(?:物流|快递|运单|面单|退货)单?号|tracking (?:number|no\b|id)/i],
  [
    'order_number',
    /(?<![几两多]个)订单编?号|(?<![流递货运后款单])单号|哪[一]?[笔个]订单|\border (?:number|no\b|id)|\bwhich order\b/i,
  ],
  ['photo', /照片|图片|拍[张个一照下]|\b(?:photo|picture|image|video)s?\b/i],
  ['size', /尺码|尺寸|码数|多大码|鞋码|哪个码|什么码|\bsizes?\b/i],
  ['color', /颜色|色号|哪个色|什么色|\bcolou?rs?\b/i],
  ['phone', /手机号|电话|联系方式|\b(?:phone|mobile|contact) ?(?:number)?\b/i],
  ['email', /邮箱|邮件地址|\be-?mail\b/i],
  ['address', /(?<!邮件)地址|(?<!e-?mail )\baddress\b/i],
  ['name', /姓名|称呼您|收件人|\b(?:your|full|right|recipient'?s?) name\b/i],
  [
    'product',
    /哪[一]?[款个件双台](?!码|色|尺|颜|订单|地址)|商品链接|什么(?:商品|产品)|\bwhich (?:product|item|model|one)\b|\bproduct link\b/i,
  ],
  [
    'details',
    /(?:什么|哪些|哪里)(?:问题|情况|原因|症状)|具体(?:情况|问题|原因)|怎么回事|描述|\bwhat (?:happened|exactly|is wrong|went wrong|is missing)\b|\bdescribe\b/i,
  ],
];
/** Words by which a sentence asks to be given something. */
const GIVE =
  /提供|发(?:一下|下|我|给|来|过来|送|张|几张)|(?:告诉|告知|报|留|补充|回复|说)(?:一下|下|我|给|个)|方便.{0,4}(?:发|说|给|报|提供)|是多少|是什么|是哪|哪[一]?[笔个款件双单]|(?:什么|哪)[码色]|[要穿选拍](?:什么|多大)(?:的)?(?:尺码|码|颜色)|\b(?:could|can|would|will|may) (?:you|i|we)\b[^.?!]{0,20}\b(?:share|send|give|tell|provide|have|let|attach|confirm|know)|\bplease (?:share|send|give|tell|provide|reply with|attach|confirm|let)|\b(?:send|share|give|tell) (?:me|us)\b|\bwhat(?:'s| is| are) (?:your|the)\b|\bwhich\b|\blet (?:me|us) (?:know|have)\b|\bi(?:'ll)? need (?:your|the)\b/i;
/** A sentence that names a number does not ask for it: it says which one. */
const NAMES_NUMBER = /\d{4,}/;
const SENTENCE = /[^。！？!?\n～~；;]+?(?:[。！？!?\n～~；;]+|\.(?=\s|$)|$)/g;
const CLAUSE = /[^，,：:（(]+/g;

/** The sentences of a text that ask for facts, with the facts that each asks for. Offsets are UTF-16. */
export function asksOf(text: string): { text: string; start: number; facts: AskedFact[] }[] {
  return [...text.matchAll(SENTENCE)].flatMap((match) => {
    const [sentence] = match;
    if (NAMES_NUMBER.test(sentence)) return [];
    // An English question asks for whatever stands in it; a Chinese clause has its own verb.
    const clauses = /\p{Script=Han}/u.test(sentence) ? (sentence.match(CLAUSE) ?? []) : [sentence];
    const asking = clauses.filter((clause) => GIVE.test(clause));
    const facts = [...new Set(asking.flatMap(factsIn))];
    return facts.length === 0 ? [] : [{ text: sentence, start: match.index, facts }];
  });
}

/** A new address, the right size: another one than what is known. */
const ANOTHER = /新的?|正确|想[换改]|换成|改成|\b(?:new|right|correct|instead|other)\b/i;
const REPLACED: ReadonlySet<AskedFact> = new Set<AskedFact>([
  'name',
  'phone',
  'address',
  'email',
  'size',
  'color',
  'product',
]);

function factsIn(clause: string): AskedFact[] {
  const another = ANOTHER.test(clause);
  const facts = NOUNS.filter(([, noun]) => noun.test(clause)).map(([fact]) => fact);
  return facts.map((fact) => (another && REPLACED.has(fact) ? 'details' : fact));
}

export const factsAskedFor = (text: string): AskedFact[] => [...new Set(asksOf(text).flatMap(({ facts }) => facts))];

const OF_ENTITY: Partial<Record<EntityType, AskedFact>> = {
  order_number: 'order_number',
  tracking_number: 'tracking_number',
  product: 'product',
  sku: 'product',
  size: 'size',
  color: 'color',
  phone: 'phone',
  email: 'email',
  address: 'address',
  name: 'name',
};

export type Told = {
  customer: Customer | undefined;
  entities: readonly Pick<Entity, 'type'>[];
  parts: readonly Part[];
};

/** What the conversation, its cards and what the platform said of the customer hold already. */
export function knownFacts({ customer, entities, parts }: Told): Set<AskedFact> {
  const orders = customer?.orders ?? [];
  const said = entities.flatMap(({ type }) => OF_ENTITY[type] ?? []);
  const shown = factsShown(parts);
  return new Set([
    ...said,
    ...shown,
    ...(orders.length > 0 ? (['order_number'] as const) : []),
    ...(orders.some(({ shipment }) => shipment !== undefined) ? (['tracking_number'] as const) : []),
    ...(['phone', 'email', 'address'] as const).filter((fact) => isText(customer?.attributes?.[fact])),
  ]);
}

const isText = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');

/** What cards and pictures hold. */
export const factsShown = (parts: readonly Part[]): AskedFact[] => [...new Set(parts.flatMap(partFacts))];

function partFacts({ kind, orderNumber, productId }: Part): AskedFact[] {
  return [
    ...(kind === 'image' || kind === 'video' ? (['photo'] as const) : []),
    ...(orderNumber === undefined ? [] : (['order_number'] as const)),
    ...(productId === undefined ? [] : (['product'] as const)),
  ];
}

/** A size that is nothing but a number is one only as the answer to a question: "42", "42的". */
const BARE_SIZE = /^\D{0,3}\d{2,3}(?:\.5)?\D{0,3}$/;

/** The facts told bare, as answers to the line that asked for them. Lines oldest first. */
export function toldBare(lines: readonly { author: AuthorType; text: string }[]): AskedFact[] {
  const isAnswered = lines.some(({ author, text }, at) => {
    const asked = lines[at - 1];
    if (author !== 'customer' || asked === undefined || asked.author === 'customer') return false;
    return BARE_SIZE.test(text.trim()) && factsAskedFor(asked.text).includes('size');
  });
  return isAnswered ? ['size'] : [];
}

const ASKS: Readonly<Record<AskedFact, Readonly<Record<Language, string>>>> = {
  order_number: { zh: '订单号', en: 'your order number' },
  tracking_number: { zh: '物流单号', en: 'the tracking number' },
  product: { zh: '是哪一款商品', en: 'which product it is' },
  size: { zh: '需要的尺码', en: 'the size' },
  color: { zh: '需要的颜色', en: 'the colour' },
  photo: { zh: '商品的照片', en: 'a photo of it' },
  phone: { zh: '联系电话', en: 'a phone number' },
  address: { zh: '收货地址', en: 'the address' },
  name: { zh: '收件人姓名', en: 'the name' },
  email: { zh: '邮箱', en: 'your e-mail address' },
  details: { zh: '具体的情况', en: 'what exactly happened' },
};

/** One question for these facts, in words of our own. */
export function askFor(facts: readonly AskedFact[], language: Language): string {
  const names = facts.map((fact) => ASKS[fact][language]);
  if (language === 'zh') return `麻烦您提供一下${names.join('和')}，我马上为您处理。`;
  return `Could you share ${names.join(' and ')}, please?`;
}

/** "把订单号发我", "send me your order number": said to who gave it already, it is turned into what is true. */
const SEND_NUMBER_ZH =
  /(?:麻烦|请|烦请)?(?:您|你)?(?:也可以|可以|方便)?(?:把|将|提供(?:一下|下)?|(?:告诉|告知)(?:我|我们)?(?:一下|下)?|发(?:一下|下|给)?)(?:我|我们)?(?:您的)?订单(?:编)?号(?:发(?:给)?(?:我|我们)|告诉我|提供(?:一下|下)?|给我|发一下|发过来)?(?=[，,。～~！!]|$)/g;
const NUMBER_AND_ZH = /订单(?:编)?号(?:、|和|以及|及)(?=[^，。]{1,20})/g;
const SEND_NUMBER_EN =
  /\b(?:or )?(?:please )?(?:send|give|share|tell)(?: (?:me|us))? (?:your|the) order number(?=[.!]|,? and (?:I|we|a colleague|our)\b)/gi;
const NUMBER_AND_EN = /\b(?:your|the) order number,? and (?:what is your |tell me )?(?!(?:I|we|a colleague|our)\b)/gi;

const withoutNumber = (text: string): string => text.replace(NUMBER_AND_ZH, '').replace(NUMBER_AND_EN, '');
const withNumber = (text: string): string =>
  withoutNumber(text).replace(SEND_NUMBER_ZH, '订单号我这边有了').replace(SEND_NUMBER_EN, 'I have your order number');

const asksForAny = (text: string, known: ReadonlySet<AskedFact>): boolean =>
  factsAskedFor(text).some((fact) => known.has(fact));

/**
 * A question without what is known: itself when it asks for nothing known, a shorter one when something is left to ask,
 * undefined when nothing is.
 */
export function askUnknown(text: string, known: ReadonlySet<AskedFact>, language: Language): string | undefined {
  if (!asksForAny(text, known)) return text;
  const left = factsAskedFor(text).filter((fact) => !known.has(fact));
  if (left.length === 0) return undefined;
  const shorter = known.has('order_number') ? withoutNumber(text) : text;
  return asksForAny(shorter, known) ? askFor(left, language) : shorter;
}

/** What a sentence may hold beside its request without saying anything by itself. */
const FILLER = /^(?:亲(?:亲|爱的)?|您好|你好|好的|麻烦您?|我.{0,12})$/u;
const saysNothingElse = (sentence: string): boolean =>
  !/\p{Script=Han}/u.test(sentence) ||
  (sentence.match(CLAUSE) ?? [])
    .map((clause) => clause.replace(/[。！？!?\s～~；;]/g, ''))
    .every((clause) => clause === '' || FILLER.test(clause) || GIVE.test(clause));

/**
 * An answer that does not ask for what is known: where it asks for the order's number it says that we have it, and a
 * sentence that is nothing but a request for known facts is left out, or asks for what is unknown of it. Undefined when nothing is left to say.
 */
export function sayUnasked(text: string, known: ReadonlySet<AskedFact>): string | undefined {
  if (!asksForAny(text, known)) return text;
  const having = known.has('order_number') ? withNumber(text) : text;
  const kept = asksOf(having)
    .filter(({ text: sentence, facts }) => facts.some((fact) => known.has(fact)) && saysNothingElse(sentence))
    .reduceRight((left, { start, text: ask, facts }) => {
      const open = facts.filter((fact) => !known.has(fact));
      return left.slice(0, start) + instead(ask, open) + left.slice(start + ask.length);
    }, having)
    .trim();
  return /[\p{L}\p{N}]{2}/u.test(kept) ? kept : undefined;
}

/** A sentence that asks for known facts among others asks for the others. */
function instead(sentence: string, open: readonly AskedFact[]): string {
  if (open.length === 0) return '';
  if (/\p{Script=Han}/u.test(sentence)) return askFor(open, 'zh');
  return `${sentence.startsWith(' ') ? ' ' : ''}${askFor(open, 'en')}`;
}
