import { isGiven, SURNAME } from './surnames.ts';
import type { Span } from './types.ts';

const HAN = '\\p{Script=Han}';
const span = (text: string, start: number, end: number): Span => ({
  type: 'name',
  start,
  end,
  value: text.slice(start, end).trim(),
});

/** After these a name follows, whatever joins them. */
const MARKER = new RegExp(
  `(?:收件人|收货人|收货姓名|收件姓名|联系人|姓名|名字|户名|户主|机主|持卡人|下单人|购买人|寄件人|真名|全名|我叫|我的?名是|我姓|叫我)(?:${'姓名|名字|名'})?(?<joint>[\\s:]|写的|写成|填的|是|为|叫|填|写|改成|改为|改|换成|变更为){0,4}`,
  'gu',
);
const SEPARATED = /[\s:叫成为]$/;
/** Where a name that is not told by its surname must end. */
const BOUNDARY = /^(?:$|[\s,，。.;；、/|!！?？()（）\d]|电话|手机|收|地址)/u;
const OTHER_NAME = new RegExp(
  `^(?:${HAN}{2,4}(?:·${HAN}{1,6}){0,2}|[A-Z][A-Za-z'-]{1,20}(?: [A-Z][A-Za-z'-]{1,20}){0,3})`,
  'u',
);
/** What follows "name" and "recipient" when no name does. */
const NOT_A_NAME =
  /^(?:和|与|不|错|都|写|填|电话|手机|地址|信息|是谁|什么|谁|怎么|如何|可以|能|要|必须|没|有|在|也|跟|吗|呢|对|应该|还|就|一样|一致|本人|我|你|他|她|它|这|那|某|拼|搞|弄|打|改|换|匹配|显示|保密|随便|可不可以)/;

/** A Chinese name at the start of `rest`: surname and one or two given characters. Its length, 0 for none. */
export function hanName(rest: string): number {
  const surname = SURNAME.exec(rest)?.[0] ?? '';
  if (surname === '') return 0;
  const [first = '', second = ''] = [...rest.slice(surname.length, surname.length + 2)];
  if (!isGiven(first)) return 0;
  return surname.length + (isGiven(second) ? 2 : 1);
}

function* marked(text: string): Iterable<Span> {
  for (const match of text.matchAll(MARKER)) {
    const start = match.index + match[0].length;
    const rest = text.slice(start, start + 60);
    const length = lengthAfterMarker(match[0], rest);
    if (length > 0) yield span(text, start, start + length);
  }
}

function lengthAfterMarker(marker: string, rest: string): number {
  if (marker.endsWith('姓')) return SURNAME.exec(rest)?.[0].length ?? 0;
  if (NOT_A_NAME.test(rest)) return 0;
  const known = hanName(rest);
  if (known > 0) return known;
  const other = OTHER_NAME.exec(rest)?.[0] ?? '';
  const ends = SEPARATED.test(marker) && BOUNDARY.test(rest.slice(other.length));
  return ends ? other.length : 0;
}

const INTRODUCED = /(?:我是|这是|这里是|本人|我朋友|我老公|我老婆|我妈妈?|我爸爸?)\s?/gu;
const TITLED = new RegExp(`${SURNAME.source.slice(1)}${HAN}{0,2}?(?:先生|女士|小姐(?!姐)|太太)`, 'gu');
const RECEIVES = new RegExp(
  `(?<=^|[\\s,，;；号室楼栋元\\d])${HAN}{2,4}(?=\\s?[(（]?收[)）]?(?:$|[\\s,，。;；]))`,
  'gu',
);

function* introduced(text: string): Iterable<Span> {
  for (const match of text.matchAll(INTRODUCED)) {
    const start = match.index + match[0].length;
    const rest = text.slice(start, start + 8);
    const length = hanName(rest);
    if (length > 0 && BOUNDARY.test(rest.slice(length))) yield span(text, start, start + length);
  }
}

function* shaped(text: string): Iterable<Span> {
  for (const match of text.matchAll(TITLED)) yield span(text, match.index, match.index + match[0].length);
  for (const match of text.matchAll(RECEIVES)) {
    if (hanName(match[0]) === match[0].length) yield span(text, match.index, match.index + match[0].length);
  }
}

/** Chinese names: beside their markers, introduced ("我是张伟"), titled ("王女士"), receiving ("李四收"). */
export function hanNames(text: string): Span[] {
  return [...marked(text), ...introduced(text), ...shaped(text)];
}

const WHOLE_NAME = new RegExp(`^${HAN}{2,4}$`, 'u');

/** Whether a whole piece between separators is a name: what stands beside a phone number or an address. */
export function isHanName(piece: string): boolean {
  return WHOLE_NAME.test(piece) && hanName(piece) === piece.length;
}
