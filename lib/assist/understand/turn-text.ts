import type { Part } from '../../domain/message.ts';
import { meantTexts } from '../../domain/slips.ts';
import { simplify } from '../../engine/traditional.ts';

/** At most this many UTF-16 units of a turn are read. */
export const MAX_TEXT = 4_000;

/** A turn as one text, and what it carries besides words. */
export type TurnText = {
  /** The customer's words, then the order numbers of cards. Entity offsets count from its start. */
  text: string;
  /** The words alone: a prefix of `text`. */
  words: string;
  /** From order cards and their automatic texts, each once. */
  orders: readonly string[];
  /** Product ids of product cards, each once. */
  products: readonly string[];
  /** Values of tapped buttons. */
  tapped: readonly string[];
  /** Images, voice, video or files that nothing transcribes: no automatic answer may pretend to have read them. */
  unreadMedia: boolean;
  /** There was a sticker, or a text made of sticker codes alone. */
  sticker: boolean;
  /** There was a link or a platform's stand-in for one. */
  link: boolean;
};

const ORDER_TEXT = /[[【(（]?\s*(?:咨询)?订单(?:编号|号)?\s*[:：]\s*\[?([A-Za-z0-9_-]{1,40})\]?/;
/** The rest of an automatic order text: amount, time, status, product, as shops' clients append them. */
const ORDER_FIELD =
  /^[\s,，;；]{0,5}(?:订单金额|实付金额|金额|下单时间|订单状态|商品数量|商品ID|商品编号)\s{0,3}[:：]\s{0,3}[^\s,，;；\]】]{0,40}/;
const CLOCK_TIME = /^\s{0,3}\d{1,2}:\d{2}(?::\d{2})?(?!\d)/;

/** Lines that a shop's client types for the customer: they say where the customer came from, not what is wanted. */
const BOILERPLATE: readonly RegExp[] = [
  /^我(?:正在|在)(?:浏览|看|查看|咨询)(?:这个|该|此)?(?:商品|宝贝|页面|店铺)[^\n]{0,200}$/,
  /^(?:您|客户|用户)(?:正在|从)[^\n]{0,60}(?:进入|来到|浏览)[^\n]{0,100}$/,
  /^(?:I am|I'm) (?:viewing|browsing|looking at) (?:this )?(?:product|item|page)\b[^\n]{0,200}$/i,
  /^\[?(?:sent|received) (?:from|via) [^\n]{0,60}$/i,
  /^发自我的[^\n]{0,40}$/,
];

const STAND_IN = /\[(?:链接|网址|商品|图片|位置|link|image|url)[^\][\n]{0,12}\]/i;
const STICKER_CODE = /\[[\p{L}]{1,8}\]/gu;
const LINK = /https?:\/\/[^\s]{1,500}/i;

type Segment = { text: string; orders: string[] };

/** What a client puts into a line beside the customer's own words: where it comes from, and its menu's prompts. */
const CLIENT_NOTE =
  /^顾客通过[^\n:：]{0,60}[:：]\s*|(?<=^|\s)[\p{Script=Han}A-Za-z]{0,8}[(（](?:移动端|手机端|PC端|小程序|APP)[)）](?=\s|$)|(?<=^|\s)请选择(?:您要)?咨询的?(?:订单|商品|问题)(?=\s|$)/giu;

/** A text part without boilerplate; an automatic order text becomes its number. */
function readSegment(raw: string): Segment {
  const text = raw.replaceAll(CLIENT_NOTE, '').trim();
  if (BOILERPLATE.some((pattern) => pattern.test(text))) return { text: '', orders: [] };
  return takeOrderText(text);
}

const MAX_ORDER_TEXTS = 5;

/** Cuts `[订单编号:…，订单金额:…，下单时间:…]` out of a text; a number that the customer typed stays. */
function takeOrderText(text: string): Segment {
  let segment: Segment = { text, orders: [] };
  for (let count = 0; count < MAX_ORDER_TEXTS; count += 1) {
    const next = takeOneOrderText(segment);
    if (next === undefined) break;
    segment = next;
  }
  return segment;
}

function takeOneOrderText({ text, orders }: Segment): Segment | undefined {
  const match = ORDER_TEXT.exec(text);
  if (match === null) return undefined;
  const after = text.slice(match.index + match[0].length);
  const rest = afterFields(after);
  const automatic = /^[[【(（]|^咨询/.test(match[0]) || rest.length < after.length;
  if (!automatic) return undefined;
  const number = match[1] ?? '';
  const kept = `${text.slice(0, match.index)} ${rest.replace(/^[\]】)）\s]{1,10}/, '')}`.trim();
  return { text: kept, orders: /\d/.test(number) ? [...orders, number] : orders };
}

const MAX_FIELDS = 8;

/** What follows the automatic fields. */
function afterFields(text: string): string {
  let rest = text;
  for (let field = 0; field < MAX_FIELDS; field += 1) {
    const next = rest.replace(ORDER_FIELD, '').replace(CLOCK_TIME, '');
    if (next === rest) break;
    rest = next;
  }
  return rest;
}

const CJK_END = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]$/u;
const CJK_START = /^[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;

/** Joins fragments as if they had been sent as one line: beside Chinese nothing, between other words a space. */
export function joinFragments(fragments: readonly string[]): string {
  let joined = '';
  for (const fragment of fragments) {
    if (fragment === '') continue;
    const seamless = joined === '' || CJK_END.test(joined) || CJK_START.test(fragment);
    joined += seamless ? fragment : ` ${fragment}`;
  }
  return joined;
}

const MEDIA: ReadonlySet<Part['kind']> = new Set(['image', 'voice', 'video', 'file']);

/** What a part says in words: its text, or the transcript of voice and image. Cards and links say nothing. */
function partWords(part: Part): string {
  if (MEDIA.has(part.kind)) return part.transcript ?? '';
  if (part.kind === 'text' || part.kind === 'button') return part.text ?? '';
  return '';
}

/** What a card's own text mentions, so that an order card without `orderNumber` still names its order. */
function cardOrders(part: Part): string[] {
  if (part.kind !== 'order_card') return [];
  if (part.orderNumber !== undefined && part.orderNumber.trim() !== '') return [part.orderNumber.trim()];
  return part.text === undefined ? [] : takeOrderText(part.text).orders;
}

const present = (values: readonly (string | undefined)[]): string[] => [
  ...new Set(values.filter((value): value is string => value !== undefined && value !== '')),
];

/** A turn's parts without what the customer takes back among them. Those that stay as they are keep their identity. */
export function meantParts(parts: readonly Part[]): Part[] {
  const texts = parts.map(partWords);
  const meant = meantTexts(texts);
  return parts.flatMap((part, at) => {
    const text = meant[at];
    if (text === undefined) return [];
    if (text === texts[at]) return [part];
    return [MEDIA.has(part.kind) ? { ...part, transcript: text } : { ...part, text }];
  });
}

/** The turn's parts, in order, as one text. Identical repeats in a row count once. */
export function turnText(parts: readonly Part[]): TurnText {
  const segments = parts.map((part) => readSegment(cut(partWords(part), MAX_TEXT)));
  const said = segments.map((segment) => segment.text).filter((text) => text !== '');
  const distinct = said.filter((text, at) => text !== said[at - 1]);
  const words = cut(joinFragments(distinct), MAX_TEXT);
  const orders = present([...segments.flatMap((segment) => segment.orders), ...parts.flatMap(cardOrders)]);
  const fitting = orders.filter((_, at) => words.length + orders.slice(0, at + 1).join(' ').length < MAX_TEXT);
  return {
    text: [words, ...fitting].filter((text) => text !== '').join(' '),
    words,
    orders,
    products: present(parts.map((part) => (part.kind === 'product_card' ? part.productId : undefined))),
    tapped: present(parts.map((part) => (part.kind === 'button' ? (part.value ?? part.text) : undefined))),
    unreadMedia: parts.some((part) => MEDIA.has(part.kind) && (part.transcript ?? '').trim() === ''),
    sticker: parts.some((part) => part.kind === 'sticker') || isSticker(words),
    link: parts.some((part) => part.kind === 'link') || LINK.test(words) || STAND_IN.test(words),
  };
}

function isSticker(words: string): boolean {
  return words !== '' && words.replace(STICKER_CODE, '').trim() === '';
}

/** The first `length` units, not ending within a surrogate pair. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(length - 1)) ? length - 1 : length;
  return text.slice(0, end);
}

/** A text without links and platform codes: what is left is the customer's own wording. */
export function ownWords(words: string): string {
  return words
    .replaceAll(new RegExp(LINK, 'gi'), ' ')
    .replaceAll(new RegExp(STAND_IN, 'gi'), ' ')
    .replaceAll(STICKER_CODE, ' ')
    .trim();
}

const WIDE = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g;
/** Full-width forms lie this far above ASCII. */
const WIDE_OFFSET = 0xfee0;

/** In the form that wording is recognised in: simplified characters, narrow letters and digits. Offsets stay. */
export function plainWords(words: string): string {
  return simplify(words).replace(WIDE, (wide) => String.fromCharCode(wide.charCodeAt(0) - WIDE_OFFSET));
}
