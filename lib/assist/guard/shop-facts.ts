/** Numbers beside a shop fact's words that are not the fact's. */
import type { ReplyWarning } from '../../domain/contract/desk-tools.ts';
import type { Localized } from '../../domain/tenant.ts';
import { amountsIn } from './amounts.ts';
import { deniesReturns } from './no-returns.ts';
import { isSameTime, type TimeSpan, timeSpans } from './spans.ts';
import { type Check, CLAUSES, folded, type GuardContext, type Piece, piecesOf } from './types.ts';

type FactRule = { name: string; words: RegExp; unless?: RegExp; kind: ReplyWarning['kind']; zh: string; en: string };

/**
 * Facts that are a stretch of time, by the words that speak of them. What merely sets the clock ("发货后", "after
 * dispatch", "签收后") speaks of no fact: what it sets the clock for does.
 */
const TIMES: readonly FactRule[] = [
  {
    name: 'price_protection_days',
    words: /价保|保价|价格保护|\bprice (?:protection|match|guarantee)/g,
    kind: 'policy',
    zh: '价保期',
    en: 'price protection',
  },
  {
    name: 'auto_confirm_time',
    words: /自动确认|confirmed automatically|automatically confirmed/g,
    kind: 'policy',
    zh: '自动确认收货',
    en: 'automatic confirmation',
  },
  { name: 'warranty', words: /质保|保修|\bwarrant(?:y|ied)/g, kind: 'policy', zh: '质保期', en: 'the warranty' },
  {
    name: 'refund_time',
    words:
      /到账|退款(?!申请|成功后|后|通过后|完成后)|退到|退回(?!来|后)|\brefund(?:s|ed)?\b(?! request)|\bmoney\b|back (?:on|in|to) your/g,
    kind: 'promise',
    zh: '退款到账时间',
    en: 'the time of a refund',
  },
  {
    name: 'exchange_time',
    words: /换发|换新|寄出新|\breplacement\b/g,
    kind: 'fact',
    zh: '换货时间',
    en: 'the time of an exchange',
  },
  {
    name: 'claim_window',
    words: /破损|少件|漏发|错发|\bdamaged\b|\bmissing\b|\bwrong item/g,
    kind: 'policy',
    zh: '破损、少件的反馈时限',
    en: 'the time to report damage',
  },
  {
    name: 'return_window',
    words: /无理由|退换|退货(?!后|申请)|可(?:以)?退(?!款)|\breturn(?:s|ed)?\b(?! (?:request|label|parcel|shipping))/g,
    kind: 'policy',
    zh: '退换期限',
    en: 'the return window',
  },
  {
    name: 'invoice_time',
    words: /发票|开票|\binvoices?\b/g,
    kind: 'fact',
    zh: '开票时间',
    en: 'the time of an invoice',
  },
  {
    name: 'review_time',
    words: /审核(?!后|通过|成功)|\breviewed\b/g,
    kind: 'fact',
    zh: '审核时间',
    en: 'the time of a review',
  },
  {
    name: 'payment_deadline',
    words: /未付款|未支付|\bunpaid\b/g,
    kind: 'policy',
    zh: '未付款订单保留时间',
    en: 'how long an unpaid order is kept',
  },
  {
    name: 'delivery_time',
    words:
      /送到|送达|能到|可到|会到|到货|\barrives?\b|(?<!(?:of|after|from|since|before|until|upon|on) )\bdeliver(?:y|ed|s)?\b(?! address| fee)|\breach(?:es)? you\b/g,
    unless: /退款|到账|\brefund|\bmoney\b|\breturn/,
    kind: 'fact',
    zh: '送达时间',
    en: 'the delivery time',
  },
  {
    name: 'dispatch_time',
    words:
      /发货(?!后|了|之后)|发出(?!后|了|之后)|寄出(?!后|了)|出库(?!后|了)|(?<!(?:of|after|from|since|before|until|upon|on) )\b(?:dispatch(?:ed)?|ships?|shipped|sent out|leaves? (?:us|our warehouse|the warehouse))\b(?! fee)/g,
    kind: 'fact',
    zh: '发货时间',
    en: 'the dispatch time',
  },
];

/** Amounts, likewise. */
const AMOUNTS: readonly FactRule[] = [
  {
    name: 'free_shipping_threshold',
    words:
      /包邮|免邮|免运费|免配送费|(?:shipping|delivery) is on us|\bfree (?:shipping|delivery)\b|\b(?:shipping|delivery) is free\b/g,
    kind: 'policy',
    zh: '包邮门槛',
    en: 'the free shipping threshold',
  },
  {
    name: 'shipping_fee',
    words: /运费(?!险|券)|邮费|快递费|\b(?:shipping|delivery)(?: fee| cost)?s?\b/g,
    kind: 'policy',
    zh: '运费',
    en: 'the shipping fee',
  },
];

/** Time that has passed or is left is a state of this order, no rule of the shop; other rules hold for other goods. */
const ELAPSED_AFTER = /^\s?(?:前|之前|了|多了|以前|ago\b|left\b|remaining\b|have passed|has passed|late\b|later\b)/;
const ELAPSED_BEFORE =
  /(?:已经?|都|过去|还剩|还有|剩下?|延长|延迟|超过|超出|过了|超了|第|晚了?|多|提前|前|past|only|left|over|more than|another|extend(?:ed)?(?: it)?(?: by)?|for the last)\s?$/;
const OTHER_GOODS =
  /预售|定制|定做|订做|大促|双1?十?一|节假日|春节|国庆|偏远|新疆|西藏|海外|跨境|进口|质量问题|延保|活动期间|会员|以旧换新|pre-?order|made to order|custom|overseas|abroad|international|remote|holiday|faulty|express|member/;

const factTexts = (fact: Localized | undefined): string[] => {
  if (fact === undefined) return [];
  return (typeof fact === 'string' ? [fact] : Object.values(fact)).filter((text) => text.trim() !== '');
};

type Place = { rule: FactRule; start: number; end: number };

/** The fact whose words stand nearest to a number in its clause. */
function nearest(
  rules: readonly FactRule[],
  clause: string,
  at: { start: number; end: number },
  whole: string,
): FactRule | undefined {
  const places: Place[] = rules
    .filter(({ unless }) => unless?.test(whole) !== true)
    .flatMap((rule) =>
      [...clause.matchAll(rule.words)].map((match) => ({
        rule,
        start: match.index,
        end: match.index + match[0].length,
      })),
    );
  const distance = ({ start, end }: Place): number => Math.max(start - at.end, at.start - end, 0);
  return places.toSorted((a, b) => distance(a) - distance(b))[0]?.rule;
}

const isElapsed = (clause: string, { start, end }: { start: number; end: number }): boolean =>
  ELAPSED_AFTER.test(clause.slice(end)) || ELAPSED_BEFORE.test(clause.slice(0, start));

/** A stretch agrees with a fact that states the same, or, of a range, lies within it and is no shorter promise. */
function agrees(claim: TimeSpan, facts: readonly TimeSpan[], strict: boolean): boolean {
  return facts.some(({ from, to }) => {
    if (isSameTime(claim.to, to)) return true;
    const isWithin = claim.from >= from * 0.97 && claim.to <= to * 1.03;
    return from < to && isWithin && !strict;
  });
}

function warning(
  rule: FactRule,
  found: { start: number; end: number },
  piece: Piece,
  text: string,
  expected: string,
): ReplyWarning {
  const [start, end] = [piece.start + found.start, piece.start + found.end];
  return {
    kind: rule.kind,
    text: text.slice(start, end),
    start,
    end,
    message: { zh: `与店铺设置的${rule.zh}不一致`, en: `This is not what the shop says of ${rule.en}` },
    expected,
  };
}

function timesIn(piece: Piece, sentence: string, text: string, { shopFacts }: GuardContext): ReplyWarning[] {
  const spans = timeSpans(piece.text);
  if (spans.length === 0 || OTHER_GOODS.test(sentence)) return [];
  return spans.flatMap((span) => {
    const rule = isElapsed(piece.text, span) ? undefined : nearest(TIMES, piece.text, span, text.toLowerCase());
    const stated = factTexts(rule === undefined ? undefined : shopFacts[rule.name]);
    const facts = stated.flatMap((fact) => timeSpans(folded(fact)));
    if (rule === undefined || facts.length === 0 || agrees(span, facts, rule.kind === 'promise')) return [];
    return [warning(rule, span, piece, text, stated.join(' / '))];
  });
}

function amountsAgainst(piece: Piece, sentence: string, text: string, { shopFacts }: GuardContext): ReplyWarning[] {
  if (OTHER_GOODS.test(sentence)) return [];
  return amountsIn(piece.text).flatMap((amount) => {
    const rule = nearest(AMOUNTS, piece.text, amount, text.toLowerCase());
    const stated = factTexts(rule === undefined ? undefined : shopFacts[rule.name]);
    const facts = stated.flatMap((fact) => amountsIn(folded(fact)));
    if (rule === undefined || facts.length === 0 || facts.some(({ value }) => value === amount.value)) return [];
    return [warning(rule, amount, piece, text, stated.join(' / '))];
  });
}

/** What contradicts the answers to the set-up questions. A fact that the shop has not set contradicts nothing. */
export const checkShopFacts: Check = (text, context) => {
  const plain = folded(text);
  const sentences = piecesOf(plain, /[^。！!？?\n～~；;]+/g);
  const authored = context.authored.map(folded);
  return piecesOf(plain, CLAUSES)
    .filter((piece) => !authored.some((one) => one.includes(piece.text.trim())))
    .flatMap((piece) => {
      const sentence = sentences.find(
        ({ start, text: own }) => start <= piece.start && piece.start < start + own.length,
      );
      const whole = sentence?.text ?? piece.text;
      return [
        ...timesIn(piece, whole, text, context),
        ...amountsAgainst(piece, whole, text, context),
        ...deniesReturns(piece, whole, text, context.shopFacts),
      ];
    });
};
