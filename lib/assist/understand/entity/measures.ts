import { type Find, find, L, R } from './find.ts';
import { HAN_NUMBER, plainNumber } from './numerals.ts';

/** Units by what customers call them. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(?:毫米|mm)/i, 'mm'],
  [/^(?:cm|厘米|公分)/i, 'cm'],
  [/^(?:ml|毫升)/i, 'ml'],
  [/^(?:kg|公斤|千克|kilos?)/i, 'kg'],
  [/^(?:gb)/i, 'GB'],
  [/^(?:tb?)$/i, 'TB'],
  [/^G$/, 'GB'],
  [/^(?:g|克|grams?)$/i, 'g'],
  [/^(?:斤)/, 'jin'],
  [/^(?:l|升|liters?|litres?)$/i, 'l'],
  [/^(?:英寸|寸|inch(?:es)?|")/i, 'inch'],
  [/^(?:ft|feet|foot)/i, 'ft'],
  [/^(?:oz|ounces?)/i, 'oz'],
  [/^(?:lbs?|pounds?)/i, 'lb'],
  [/^(?:m|米|meters?|metres?)$/i, 'm'],
];

const STORAGE = new Set(['32', '64', '128', '256', '512', '1024']);

function measure(text: string): string | undefined {
  const match = new RegExp(`^(\\d+(?:\\.\\d+)?|${HAN_NUMBER})\\s?-?(.+)$`, 'u').exec(text.trim());
  const number = plainNumber(match?.[1] ?? '');
  const unit = UNITS.find(([pattern]) => pattern.test(match?.[2] ?? ''))?.[1];
  if (number === undefined || unit === undefined) return undefined;
  return `${number}${unit === 'g' && STORAGE.has(number) ? 'GB' : unit}`;
}

/** `100cm*200cm`, `60 x 90 cm` */
const area = (text: string) =>
  text.toLowerCase().replaceAll(/\s/g, '').replaceAll(/[*×]/g, 'x').replaceAll('厘米', 'cm');

const LETTER = '(?:XXXXL|XXXL|XXL|XXS|XS|XL|[2-6]XL|S|M|L)';
const letters = (text: string) => text.toUpperCase().replace(/[码号]$/, '');
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^(?:加大|特大)|^(?:extra|x)[ -]?large/i, 'XL'],
  [/^加小|^(?:extra|x)[ -]?small/i, 'XS'],
  [/^大|^large/i, 'L'],
  [/^中|^medium/i, 'M'],
  [/^小|^small/i, 'S'],
  [/^均/, 'ONE SIZE'],
];
const worded = (text: string) => WORDS.find(([pattern]) => pattern.test(text))?.[1];

const LENGTH = '(?:cm|mm|厘米|毫米|公分|英寸|寸|inch(?:es)?)';
const MORE_UNITS = '(?:ml|毫升|kg|公斤|千克|kilos?|GB|TB|克|grams?|ft|feet|oz|ounces?|lbs?|lit(?:er|re)s?)';
const AROUND_WORD = '(?=$|[\\s]*[,.;!?)]|\\s(?:or|and|instead|please|for|but|size|is|one|in|too|fits?|me)\\b)';
const WANTING =
  '(?<=\\b(?:in|in an?|the|size|need|needs|got|wear|wears|want|wanted|ordered|or|for|for an|was|an?|too) )';

export const MEASURES: readonly Find[] = [
  find(
    'size',
    `(?<![A-Za-z0-9'-])${LETTER}(?:码|号(?!线|楼|店|门))?(?=$|的(?!士)|[\\s,，。?？!！/、)）]|${'还|有|和|能|太|偏|断|缺|都|码|跟|或|吗|换|可'})(?!\\s?[&+]|\\s\\d)`,
    letters,
    { exactCase: true },
  ),
  find('size', `${L}(?:XXS|XS|XXL|XXXL|XL|[2-6]XL)(?:码|号)?${R}|${L}[SML](?:码|号(?!线|楼|店|门))`, letters),
  find('size', `${L}size (?:XXS|XS|S|M|L|X{1,3}L|[2-6]XL|\\d{1,2}(?:\\.5)?)${R}(?!%| (?:matters|chart))`, (text) =>
    text.slice(5).toUpperCase(),
  ),
  find('size', `${L}sizes? (?:S|M|L|XL), (?<value>M|L|XL)${R}`, letters, { exactCase: true }),
  find('size', `${L}(?:US|EU|UK|EUR)\\s?\\d{1,2}(?:\\.5)?${R}(?! (?:dollars|states))`, (text) =>
    text
      .toUpperCase()
      .replace(/^([A-Z]+)\\s?/, '$1 ')
      .replace(/\s+/, ' '),
  ),
  find('size', `(?<=${L}(?:US|EU|UK) \\d{1,2}(?:\\.5)? (?:or|and) )\\d{1,2}(?:\\.5)?${R}`),
  find(
    'size',
    `${WANTING}(?:extra[ -]|x-)?(?:small|medium|large)(?: size)?${AROUND_WORD}(?! (?:number|problem|part))`,
    worded,
  ),
  find('size', `${L}(?:extra[ -]|x-)(?:small|large)${R}`, worded),
  find('size', `${L}(?:queen|king|twin) size${R}`, (text) => text.split(' ')[0]?.toUpperCase()),
  find(
    'size',
    `(?<=\\b(?:have|got) (?:this|it|these|them) in (?:a )?)\\d{1,2}(?:\\.5)?(?=$|[?.,!])|(?<=\\bwaist )\\d{2}${R}`,
  ),
  find(
    'size',
    `${L}\\d{2}x\\d{2}${R}(?=\\s(?:jeans|pants|trousers)|$|[,.?!])|${L}\\d{2}[A-DF]{1,2}${R}(?=\\s?(?:bra|罩|文胸|内衣|$|[，,。?？]))`,
    (text) => (text.includes('x') ? text : text.toUpperCase()),
  ),
  find(
    'size',
    `(?<![\\d.])\\d{2}(?:\\.5)?[码号](?=的|鞋|和|还|跟|有|断|差|偏|吗|太|或|[\\s,，。?？!！、]|$)`,
    (text) => (text.endsWith('号') && Number.parseFloat(text) <= 31 ? undefined : text.slice(0, -1)),
  ),
  find(
    'size',
    `(?<=(?:身高|尺码|码数|鞋码|鞋子|腰围|胸围|脚长|穿)(?:是|要|:)?\\s?)\\d{2,3}(?:\\.5)?(?=$|[的吗有呢么体，,。?？\\s])|(?<![\\d.])\\d{2,3}(?=的(?:童装|腰|鞋))|(?<=换成?)\\d{2}(?=的)|(?<!\\d)1[4-9]\\d(?=穿)|(?<![\\d.])(?:32|64|128|256|512|1024)(?=的?(?:内存|存储))`,
  ),
  find(
    'size',
    '(?<![大多中])(?:加大|特大|加小|大|中|小|均)[码号](?=$|的(?!号)|[和跟与或还有能吗呢太偏差、，,。?？\\s])',
    worded,
  ),
  find('size', '(?<![\\d/])1[4-9]\\d/\\d{2,3}[ABCY]?(?![\\d/])', (text) => text.toUpperCase()),
  find('size', '(?<![\\d+])(?:4|6|8|12|16|24)\\s?\\+\\s?(?:64|128|256|512|1024|1T)(?![\\d+])', (text) =>
    text.replaceAll(/\s/g, ''),
  ),
  find(
    'size',
    `(?<![\\d.])\\d{1,4}(?:\\.\\d{1,2})?\\s?(?:cm|厘米)?\\s?[x×*]\\s?\\d{1,4}(?:\\.\\d{1,2})?\\s?(?:cm|mm|厘米|m|米|inch(?:es)?)(?![A-Za-z])`,
    area,
  ),
  find(
    'size',
    `(?<![\\d.$£€¥-])\\d{1,4}(?:\\.\\d{1,2})?[\\s-]?(?:${LENGTH}|${MORE_UNITS})(?![A-Za-z]|照片|人生|土)`,
    measure,
  ),
  find(
    'size',
    `(?<![\\d.$£€¥-])\\d{1,3}(?:\\.\\d{1,2})?(?:\\s?米(?!粉|饭|线|白|黄|色|字|兰)| ?m(?=\\s(?:cable|long|wide|tall|rope|cord)|宽|长|高|的)|"(?=\\s|$)|[Ll](?=的|装|$|[\\s，,。])|T(?=$|[\\s的硬固，,]))`,
    measure,
    { exactCase: true },
  ),
  find(
    'size',
    `(?<![\\d.零一二两三四五六七八九十百])(?:\\d{1,4}|${HAN_NUMBER})\\s?(?:升(?!级|降|值|职|学)|斤(?!斤|两))`,
    measure,
  ),
  find(
    'size',
    `(?<![\\d.A-Za-z])(?:16|32|64|128|256|512|1024)G(?![A-Za-z])|(?<![\\d.A-Za-z])\\d{1,4}g(?![A-Za-z])`,
    measure,
    { exactCase: true },
  ),
  find('size', '(?<![\\d])\\d尺\\d?(?!码|寸)', (text) => `${text.replace('尺', '.').replace(/\.$/, '')}chi`),
];
