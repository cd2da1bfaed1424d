import type { Span } from './types.ts';

const HAN = '\\p{Script=Han}';
const NUMBER = '(?:[\\dA-Za-z]{1,6}(?:-[\\dA-Za-z]{1,5}){0,3}|[一二三四五六七八九十百]{1,4})';
const UNIT = '(?:号楼|号院|号|弄|栋|幢|座|单元|室|座|楼|层|组|队|户|房|门)';
/** A street and a number on it, or an estate and a building in it. */
const DETAIL = new RegExp(
  `(?:路|街|大道|道|巷|胡同|里|村|屯|镇|乡|小区|社区|花园|公寓|大厦|大楼|广场|家园|新村|苑|园区|园|城|庄|府|学校|大学|学院|医院|工业区|开发区)(?:东段|西段|南段|北段|中段)?\\s?(?:${HAN}{0,8}?\\s?)${NUMBER}\\s?${UNIT}`,
  'gu',
);
/** More of it, to the right. */
const FURTHER = new RegExp(
  `^[\\s,，]?(?:${NUMBER}\\s?${UNIT}|${HAN}{2,8}?(?:小区|花园|公寓|大厦|广场|苑|园|城|超市|驿站|驻地|中心|国际|门卫|保安室|前台)(?:${NUMBER}\\s?${UNIT})?|\\d{3,4}(?![\\d]|元|块|件))`,
  'u',
);
const MAX_FURTHER = 6;
const LONGEST_BEFORE = 40;
/** Words of the sentence around an address; an address begins after the last of them. */
const SENTENCE =
  /.*(?:地址(?:是|为|改成|改为|改到|换成|[:：])*|写成|填成|填的|写的|寄往|寄到|寄去|寄|送到|送往|发到|发往|发|配送到|改成|改为|改到|要改|改|换成|换到|住在|住|位于|家在|我在|人在|到|在|是|给|为|从|[\s,，。;；:：!！?？()（）"“”])/su;
const PLACES_ALONE = new RegExp(
  `(?:${HAN}{2,7}(?:省|自治区)\\s?)?${HAN}{2,7}?(?:市|州)\\s?${HAN}{1,7}?(?:区|县|旗)\\s?(?:${HAN}{1,7}?(?:镇|乡|街道)\\s?)?${HAN}{1,10}?(?:路|街|大道|巷|村|小区|花园|公寓|大厦|广场|苑)`,
  'gu',
);

function leftEdge(text: string, at: number): number {
  const before = text.slice(Math.max(0, at - LONGEST_BEFORE), at);
  const sentence = SENTENCE.exec(before)?.[0].length ?? 0;
  const spaced = regionsBefore(before.slice(0, sentence).trimEnd());
  return at - before.length + (spaced ?? sentence);
}

/** Addresses are often written with spaces: regions before a space belong to it. */
function regionsBefore(before: string): number | undefined {
  const match = new RegExp(`(?:${HAN}{2,9}(?:省|自治区|市|州|区|县|镇|乡|街道)\\s?){1,4}$`, 'u').exec(before);
  if (match === null) return undefined;
  return match.index + (SENTENCE.exec(match[0].replaceAll(' ', ''))?.[0].length ?? 0);
}

function rightEdge(text: string, at: number): number {
  let end = at;
  for (let count = 0; count < MAX_FURTHER; count += 1) {
    const more = FURTHER.exec(text.slice(end, end + 30))?.[0].length ?? 0;
    if (more === 0) break;
    end += more;
  }
  return end;
}

const SHOPPING = /(?:几|哪|多少)(?:号|栋|楼)?$/;

function hanAddresses(text: string): Span[] {
  const detailed = [...text.matchAll(DETAIL)].flatMap((match) => {
    const start = leftEdge(text, match.index);
    const end = rightEdge(text, match.index + match[0].length);
    return match.index - start < 1 || SHOPPING.test(text.slice(start, match.index)) ? [] : [address(text, start, end)];
  });
  const alone = [...text.matchAll(PLACES_ALONE)].map((match) => {
    const skipped = SENTENCE.exec(match[0])?.[0].length ?? 0;
    return address(text, match.index + skipped, match.index + match[0].length);
  });
  return [...detailed, ...alone];
}

const MARKED = new RegExp(
  `(?:(?:收货|收件|寄件|家庭|联系|新|寄送|详细|配送)地址|住址|\\baddress(?=\\s(?:is|to)\\b|\\s?:))\\s?(?:is|to|是|为|改成|改为|换成)?\\s?[:：]?\\s?(?<value>(?![\\[\\s:：])(?=[^\\n,，。;；!！?？]{0,40}(?:\\d|${HAN}(?:路|街|村|区|市|县|镇)))[^\\n,，。;；!！?？]{5,60})`,
  'dgiu',
);

function markedAddresses(text: string): Span[] {
  return [...text.matchAll(MARKED)].flatMap((match) => {
    const [start, end] = match.indices?.groups?.['value'] ?? [0, 0];
    return /^(?:错|不对|怎么|能|可以|是不是|有|在哪)/.test(text.slice(start, end)) ? [] : [address(text, start, end)];
  });
}

const STREET =
  '(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|court|ct|way|place|pl|terrace|crescent|close|square|parkway|pkwy|highway|hwy|gardens|grove|row|mews|loop|plaza|quay)';
const CLEAR_STREET = '(?:street|road|avenue|lane|drive|boulevard|blvd|terrace|crescent|parkway|ave|rd)';
const REST =
  '(?:[.]?,?\\s(?:[Aa]pt|[Aa]partment|[Ss]uite|[Ss]te|[Uu]nit|[Ff]lat|[Ff]loor|#)\\.?\\s?#?[\\dA-Za-z-]{1,6}\\b)?(?:[.]?,\\s?[A-Z][A-Za-z]{1,20}(?:\\s[A-Z][A-Za-z]{1,20}){0,2})?(?:,?\\s[A-Z]{2}\\b)?(?:,?\\s(?:\\d{5}(?:-\\d{4})?|[A-Z]{1,2}\\d[A-Z\\d]?\\s?\\d[A-Z]{2})\\b)?';
const ENGLISH: readonly RegExp[] = [
  new RegExp(
    `(?<![\\d.$£€#-])(?:(?:[Aa]pt|[Ff]lat|[Uu]nit|[Ss]uite)\\.?\\s[\\dA-Z]{1,5},?\\s)?\\d{1,5}[A-Za-z]?\\s(?:[NSEW]\\.?\\s)?(?:(?:[A-Z][A-Za-z'’.]{1,20}|\\d{1,3}(?:st|nd|rd|th))\\s){1,3}(?:${STREET}|${STREET.replaceAll(/(?<=[|(:])[a-z]/g, (c) => c.toUpperCase())}|${STREET.toUpperCase()})\\b${REST}`,
    'gu',
  ),
  new RegExp(
    `(?<![\\d.$£€#-])\\d{1,5}[a-z]?\\s(?!(?:days?|weeks?|hours?|years?|items?|minutes?|of|on|in|at|to|for|and|the|a|star|stars|inch|way|month|months|orders?|pairs?)\\s)(?:[a-z'’]{2,20}\\s){1,2}${CLEAR_STREET}\\b(?!\\s(?:bike|race|trip|test|map|show|wear|style|shoes))(?:,?\\s(?:apt|apartment|suite|unit|flat|#)\\.?\\s?[\\da-z-]{1,5}\\b)?`,
    'gu',
  ),
  /\bP\.?\s?O\.?\sBox\s\d{1,7}\b/giu,
];

function address(text: string, start: number, end: number): Span {
  const shown = text.slice(start, end);
  const lead = shown.length - shown.trimStart().length;
  return {
    type: 'address',
    start: start + lead,
    end: start + shown.trimEnd().length,
    value: shown.trim().replaceAll(/\s+/g, ' '),
  };
}

/** Postal addresses, Chinese and English, of a legible text; they may overlap. */
export function addressSpans(text: string): Span[] {
  const english = ENGLISH.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => address(text, match.index, match.index + match[0].length)),
  );
  return [...hanAddresses(text), ...english, ...markedAddresses(text)].filter(({ start, end }) => end - start >= 5);
}
