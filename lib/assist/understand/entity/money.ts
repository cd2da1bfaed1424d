import { type Find, find, L, R } from './find.ts';
import { DIGITS, ENGLISH_NUMBER, HAN_NUMBER, hanNumber, plainNumber } from './numerals.ts';

const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/hk\s?\$|hkd|港币|港元/i, 'HKD'],
  [/nt\$|台币/i, 'TWD'],
  [/au?\$|aud|澳元/i, 'AUD'],
  [/ca?\$|cad|加元/i, 'CAD'],
  [/s\$|sgd|新币/i, 'SGD'],
  [/jpy|日元|円/i, 'JPY'],
  [/krw|韩元|₩/i, 'KRW'],
  [/€|eur|欧元/i, 'EUR'],
  [/£|gbp|pound|quid|英镑/i, 'GBP'],
  [/[$]|usd|dollar|buck|cent|美元|美金|刀/i, 'USD'],
  [/[¥￥]|rmb|cny|yuan|元|块|圆|毛|角/i, 'CNY'],
];

const currencyOf = (text: string) => CURRENCIES.find(([sign]) => sign.test(text))?.[1];

const SIGN = '(?:(?:(?:HK|NT|AU|US|CA|[ASC])?\\$|[¥￥€£₩])|(?<![A-Z])(?:RMB|CNY|USD|EUR|GBP|AUD|CAD|HKD|JPY|SGD))';
const SIGNED = `${SIGN}\\s?(?:\\d{1,3}(?:\\.\\d{3}){1,2},\\d{2}|${DIGITS}k?)(?![\\d%])`;
const UNIT_EN = '(?:dollars?|bucks|usd|rmb|cny|eur|euros?|gbp|pounds|quid|yuan|aud|cad|cents|hkd)';
const NAMED_EN = `(?<![\\d.A-Z$-])(?:${DIGITS}\\s?|${ENGLISH_NUMBER} )${UNIT_EN}(?![A-Za-z])`;
const N_ZH = `(?<![\\d.第零一二两三四五六七八九十百千万几半])(?:${DIGITS}\\s?[百千万]?|${HAN_NUMBER})`;
/** 块 counts money unless a thing that comes in blocks follows. */
const PIECE =
  '块(?:钱|(?![五六七八九一二三四\\d])(?=$|[^\\p{Script=Han}]|[的太贵了吗呢吧啊呀以上下左右多不够退差还就都能包可行卖补是那这谁什怎有起优便算才到和或运红券也我你他您再]))';
const UNIT_ZH = `(?:元钱?(?!旦|素|宵|店|里|气|机)|圆|${PIECE}|美元|美金|欧元|英镑|日元|韩元|港币|港元|澳元|加元|台币|新币)`;
const NAMED_ZH = `(?!一块(?!钱))${N_ZH}${UNIT_ZH}`;

function amount(text: string): string | undefined {
  const number = plainNumber(bareNumber(text));
  if (number === undefined || Number(number) === 0) return undefined;
  const cents = /cent/i.test(text);
  return `${cents ? (Number(number) / 100).toFixed(2) : number} ${currencyOf(text) ?? 'CNY'}`;
}

/** The number with its unit's power (`12k`), without sign or currency; European separators turned. */
function bareNumber(text: string): string {
  const european = /\d{1,3}(?:\.\d{3}){1,2},\d{2}/.exec(text)?.[0];
  if (european !== undefined) return european.replaceAll('.', '').replace(',', '.');
  const match = new RegExp(
    `\\d[\\d,]*(?:\\.\\d+)?\\s?(?:k(?![a-z])|[百千万])?|${ENGLISH_NUMBER}|${HAN_NUMBER}`,
    'iu',
  ).exec(text);
  return match?.[0] ?? '';
}

const SMALL_CHANGE = /^(.+?)[块元](\d|[一二三四五六七八九])[角毛]?$/u;

/** 三块五 is 3.5, 五毛 is 0.5. */
function change(text: string): string | undefined {
  const mixed = SMALL_CHANGE.exec(text);
  if (mixed !== null) {
    const whole = plainNumber(mixed[1] ?? '');
    const tenth = plainNumber(mixed[2] ?? '');
    return whole === undefined || tenth === undefined ? undefined : `${whole}.${tenth} CNY`;
  }
  const tenths = hanNumber(text.replace(/[角毛]$/, '')) ?? Number(text.replace(/[角毛]$/, ''));
  return tenths > 0 && tenths < 10 ? `${tenths / 10} CNY` : undefined;
}

/** `..200 CNY`, `100..200 CNY`, `300.. CNY`, `~300 CNY`; without the currency when none is said. */
function range(from: string | undefined, to: string | undefined, text: string, about = false): string | undefined {
  const [least, most] = [from, to].map((part) => (part === undefined ? '' : plainNumber(bareNumber(part))));
  if (least === undefined || most === undefined || (least === '' && most === '')) return undefined;
  if (least !== '' && most !== '' && Number(least) >= Number(most)) return undefined;
  const currency = currencyOf(text);
  const numbers = about ? `~${least}` : `${least}..${most}`;
  return currency === undefined ? numbers : `${numbers} ${currency}`;
}

const both = (text: string) => {
  const [from, to] = text.replace(/^(?:between|from)\s/i, '').split(/\s?(?:-|~|到|至)\s?|\s(?:and|to)\s/i);
  return range(from, to, text);
};
const most = (text: string) => range(undefined, text, text);
const least = (text: string) => range(text, undefined, text);
const about = (text: string) => range(text, undefined, text, true);
/** A bare number of at least ten: "3 以内" is not a price. */
const bare = (read: (text: string) => string | undefined) => (text: string) =>
  Number(plainNumber(bareNumber(text))) >= 10 ? read(text) : undefined;

const TENS = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1_000],
  ['万', 10_000],
]);
/** 十几块 is 10..20, 几百块 is 100..1000, 两三百块 is 200..300, 三百多块 is ~300. */
function vague(text: string): string | undefined {
  const unit = TENS.get(/[十百千万]/.exec(text)?.[0] ?? '') ?? 1;
  if (/^几/.test(text)) return `${unit}..${unit * 10} CNY`;
  if (/几/.test(text)) return `${unit}..${unit * 2} CNY`;
  if (text.includes('多')) return about(`${text.split('多')[0]}元`);
  const [low = '', high = ''] = [...text];
  return `${(hanNumber(low) ?? 0) * unit}..${(hanNumber(high) ?? 0) * unit} CNY`;
}

const M_ZH = `(?:${NAMED_ZH}|${SIGNED}|${N_ZH})`;
const CURRENT_ZH = `(?:${NAMED_ZH}|${SIGNED})`;
const M_EN = `(?:${SIGNED}|${NAMED_EN})`;
const B_EN = `${DIGITS}(?=\\s?(?:$|[,.;!?)]|please|total|budget|each|or so|for (?:a|my|the)))`;
const UNDER = '(?:under|below|less than|cheaper than|up to|at most|no more than|not more than|within)';

const RANGES: readonly Find[] = [
  find('price_range', `${N_ZH}(?:元|块)?\\s?(?:-|~|到|至)\\s?(?:${DIGITS}|${HAN_NUMBER})(?:元|块钱?)`, both),
  find(
    'price_range',
    `${L}${N_ZH}\\s?(?:-|~|到|至)\\s?(?:${DIGITS}|${HAN_NUMBER})(?=的?(?:价位|预算|之间|价格))`,
    both,
  ),
  find('price_range', `${SIGNED}\\s?(?:-|~|到|至)\\s?[¥￥$€£]?${DIGITS}`, both),
  find('price_range', `${M_ZH}(?:以内|以下|之内|之下)`, bare(most)),
  find('price_range', `(?:不超过|低于|少于|小于|最多|不高于|不到)\\s?${CURRENT_ZH}`, most),
  find('price_range', `${M_ZH}以上`, bare(least)),
  find('price_range', `(?:高于|超过|大于|至少|起码)\\s?${CURRENT_ZH}`, least),
  find('price_range', `${M_ZH}(?:左右|上下)`, bare(about)),
  find(
    'price_range',
    `(?<![\\d零一二两三四五六七八九十百千第])(?:[一二三四五六七八九]?[十百千万]?几[十百千万]?|[一两二三四五六七八九][两三四五六七八九][十百千万]|[一两二三四五六七八九][十百千]多)(?:块(?:钱)?|元)`,
    vague,
  ),
  find('price_range', `${L}${UNDER} (?:${M_EN}|${B_EN})`, most),
  find('price_range', `${L}(?:over|above|more than|at least) ${M_EN}`, least),
  find(
    'price_range',
    `${L}(?:around|about|approximately|roughly) (?:${M_EN}|(?<=budget (?:around|about) )${DIGITS})`,
    about,
  ),
  find('price_range', `${L}(?:between|from) (?:${M_EN}|${DIGITS}) (?:and|to) ${M_EN}`, both),
  find(
    'price_range',
    `(?:${SIGNED}|(?<![\\d.])${DIGITS})\\s?(?:-|~| to )\\s?(?:${SIGNED}|${DIGITS}\\s?${UNIT_EN}${R})`,
    both,
  ),
];

export const MONEY: readonly Find[] = [
  ...RANGES,
  find('amount', SIGNED, amount),
  find('amount', NAMED_EN, amount),
  find('amount', `${NAMED_ZH}(?!以)`, amount),
  find(
    'amount',
    `${N_ZH}(?:块(?:\\d|[一二三四五六七八九])(?!\\d|[十百千个件])|元(?:\\d|[一二三四五六七八九])[角毛])`,
    change,
  ),
  find(
    'amount',
    `(?<![\\d零一二两三四五六七八九十])(?:\\d|[一二两三四五六七八九])[毛角](?:钱)?(?=$|[^\\p{Script=Han}]|[都也的了不钱])`,
    (text) => change(text.replace('钱', '')),
  ),
  find('amount', '(?<![\\d.第-])[1-9]\\d{1,4}(?=的(?:那|这)(?:台|款|个|件|双|种|套))', (text) => text),
  find('amount', `(?<=预算(?:是|大概|大约|约)?)\\d{2,6}(?=$|[^\\d\\p{Script=Han}%.])`, (text) => text),
  find(
    'percentage',
    `(?<![\\d.])\\d{1,3}(?:\\.\\d{1,2})?\\s?(?:%|percent${R}|per cent${R})`,
    (text) => `${Number.parseFloat(text)}%`,
  ),
  find('percentage', `百分之(?:${HAN_NUMBER}|\\d{1,3}(?:\\.\\d)?)`, (text) => `${plainNumber(text.slice(3))}%`),
  find(
    'percentage',
    `(?:(?<=双十[一二])|(?<![\\d.骨一二三四五六七八九十]))(?:[1-9](?:\\.\\d)?|[一二三四五六七八九]{1,2}|\\d\\d)折(?!叠|腾|磨|价|扣|断|了)`,
    discount,
  ),
];

/** 八折 and 8折 pay 80%, 七五折 and 75折 pay 75%. */
function discount(text: string): string {
  const number = [...text.slice(0, -1)].map((char) => hanNumber(char) ?? char).join('');
  return `${number.includes('.') ? Number(number) * 10 : Number(number.padEnd(2, '0'))}%`;
}
