/** Promises that nobody gave the agent leave to make, and ways around the platform. */
import type { ReplyWarning } from '../../domain/contract/desk-tools.ts';
import { timeSpans } from './spans.ts';
import { type Check, CLAUSES, folded, type GuardContext, piecesOf } from './types.ts';

type PromiseRule = {
  kind: ReplyWarning['kind'];
  words: RegExp;
  /** Said in the clause, it is no promise after all. */
  unless?: RegExp;
  zh: string;
  en: string;
};

const OUTCOME = '到|送|发|退|赔|补|换|解决|成功|有货|修好|给您满意|满意|通过|批|免|不会(?:坏|掉|有问题)|能用|合适';
const RULES: readonly PromiseRule[] = [
  {
    kind: 'promise',
    words: new RegExp(
      `(?:一定|肯定|绝对|必定|百分百|百分之百|100%|包您|包你|保证|承诺)(?:会|能|可以|给您|给你|帮您|为您|在|让您|[今明后][天日早晚]|\\d+\\S{0,4})*(?:${OUTCOME})`,
      'g',
    ),
    unless:
      /不一定|不能(?:说|保证)|无法保证|不保证|不敢保证|没法保证|不能承诺|无法承诺|不承诺|保证金|一定要|请一定|一定的|如果|若|正品|尽量|是不是|吗|尽力|价格?保|按(?:承诺|约定)/,
    zh: '承诺了店铺无法保证的结果',
    en: 'This guarantees what nobody can be sure of',
  },
  {
    kind: 'promise',
    words:
      /\b(?:i|we) (?:can |will |do )?(?:guarantee|promise)\b|\b(?:guaranteed|definitely|certainly|absolutely|for sure|without fail|100%)\b(?=[^.,;!?]{0,40}\b(?:arriv|deliver|refund|ship|tomorrow|today|work|fit|resolv|fix|approv|be there|get it|in stock|compensat|replac)\w*)|\b(?:will|'ll) (?:definitely|certainly|absolutely)\b|\b(?:arrive|delivered|refunded|there|it) (?:for sure|without fail|guaranteed)\b/g,
    unless: /\b(?:not|never|cannot)\b|n't|\bif\b|\bunless\b|\bbest\b|\bcan't\b|\btry\b|\blook(?:ing)? into\b/,
    zh: '承诺了店铺无法保证的结果',
    en: 'This guarantees what nobody can be sure of',
  },
  {
    kind: 'promise',
    words:
      /(?:给|为|帮|送|补|赔|转)(?:您|你).{0,10}(?:补偿|赔偿|赔付|红包|优惠券|代金券|现金|\d+(?:元|块)|免单)|(?:赔偿?|补偿|赔付)(?:您|你|给(?:您|你))|(?:双倍|三倍|十倍|全额)(?:赔|补)|假一赔|免单/g,
    unless:
      /不能|无法|没法|不是|说了|暂不|不支持|不会|如果|若|申请|登记|核实|看看|争取|反馈|转|险|是否|吗|审核|一般|按规则/,
    zh: '承诺了赔偿或补偿，请确认有权限',
    en: 'This promises compensation: is it yours to give?',
  },
  {
    kind: 'promise',
    words:
      /\b(?:i|we)(?:'ll| will| can|'d like to| am going to|'m going to)[^.,;!?]{0,40}\b(?:compensate|compensation|store credit|gift card|voucher|free of charge gift|for free|cash)\b|\bcompensate you\b|\bit(?:'s| is) on (?:us|the house)\b/g,
    unless:
      /\bcan(?:'t|not)\b|\bunable\b|\bif\b|\bask\b|\bcheck\b|\bcolleague\b|\bnot\b|n't|\bwhether\b|\brequest\b|\busually\b|\bnormally\b/,
    zh: '承诺了赔偿或补偿，请确认有权限',
    en: 'This promises compensation: is it yours to give?',
  },
  {
    kind: 'policy',
    words:
      /加(?:一下|我|下|个)?(?:的)?(?:微信|v信?|vx|qq)|微信转(?:账|给)|私下(?:交易|转|付|联系)|(?:线下|私人)(?:转账|付款|交易)|扫(?:我|这个)?(?:的)?(?:收款)?码(?:付|转)|好评返现|(?:五星|5星|好评).{0,8}(?:返|红包|现金)|(?:返|红包|现金).{0,8}好评/g,
    unless: /不要|请勿|勿|不能|别|谨防|诈骗|骗|任何人|陌生|不会|从不|不支持|警惕/,
    zh: '引导平台外交易或有偿好评，违反规则',
    en: 'This leads off the platform or pays for a review',
  },
  {
    kind: 'policy',
    words:
      /\b(?:add|message|text) me on (?:whatsapp|wechat|telegram)\b|\bpay (?:me|us) directly\b|\boutside (?:of )?the (?:platform|site|app)\b|\b(?:transfer|send) (?:the )?money to (?:my|our)\b|\b(?:five|5)[- ]stars?\b[^.;!?]{0,30}\b(?:cash|refund|gift|voucher|credit)\b|\b(?:cash|refund|gift|voucher|credit)\b[^.;!?]{0,30}\b(?:five|5)[- ]stars?\b/g,
    unless: /\bnever\b|\bdo not\b|\bdon't\b|\bnot\b|\bscam/,
    zh: '引导平台外交易或有偿好评，违反规则',
    en: 'This leads off the platform or pays for a review',
  },
];

/** "退款马上到账", where the shop says that it takes days. */
const AT_ONCE =
  /(?:马上|立刻|立即|秒|当天|今天|今晚|现在)(?:就|就能|就会|能|会|可以)?(?:给您|为您|帮您)?(?:退款?)?到账|秒退|\brefund(?:ed)?\b[^.;!?]{0,30}\b(?:immediately|instantly|right away|today|within minutes)\b|\b(?:immediately|instantly) refund/g;
const DAY_HOURS = 24;

function slowRefund({ shopFacts }: GuardContext): string | undefined {
  const fact = shopFacts['refund_time'];
  const texts = fact === undefined ? [] : typeof fact === 'string' ? [fact] : Object.values(fact);
  return texts.find((text) => timeSpans(folded(text)).some(({ to }) => to >= DAY_HOURS));
}

export const checkPromises: Check = (text, context) => {
  const plain = folded(text);
  const authored = context.authored.map(folded);
  const slow = slowRefund(context);
  const clauses = piecesOf(plain, CLAUSES).filter((piece) => !authored.some((one) => one.includes(piece.text.trim())));
  return clauses.flatMap((piece) => {
    const broken = RULES.filter(({ unless }) => unless?.test(piece.text) !== true).flatMap((rule) =>
      [...piece.text.matchAll(rule.words)].map((match) => found(match, piece.start, text, rule.kind, rule)),
    );
    if (slow === undefined || /不|没|无法|not|n't/.test(piece.text)) return broken;
    const instant = { zh: '比店铺设置的退款到账时间更快', en: 'Sooner than the shop says a refund arrives' };
    const early = [...piece.text.matchAll(AT_ONCE)].map((match) => ({
      ...found(match, piece.start, text, 'promise' as const, instant),
      expected: slow,
    }));
    return [...broken, ...early];
  });
};

function found(
  match: RegExpExecArray,
  offset: number,
  text: string,
  kind: ReplyWarning['kind'],
  { zh, en }: { zh: string; en: string },
): ReplyWarning {
  const start = offset + match.index;
  const end = start + match[0].length;
  return { kind, text: text.slice(start, end), start, end, message: { zh, en } };
}
