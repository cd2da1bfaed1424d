/**
 * "本店不支持退换", "we do not accept returns": a reply that denies what the shop's own fact grants. What is said of some
 * goods or some cases alone is let pass, since a shop may well take everything back but those.
 */
import type { ReplyWarning } from '../../domain/contract/desk-tools.ts';
import type { Localized } from '../../domain/tenant.ts';
import { timeSpans } from './spans.ts';
import { folded, type Piece } from './types.ts';

const FACT = 'return_window';

const WITHIN = '(?:任何(?:形式的?)?)?(?:(?:7|七|15|十五|30|三十)天)?';
const RETURNS = '(?:无理由(?:的)?(?:退换货?|退货|换货)?|退换货?|退货)';
/** A clause ends with it, but for particles: "不支持退货到付" is of something else. */
const END = '(?:的?(?:服务|政策))?(?=[\\s哦呢的哈啊呀噢滴嘛]*$)';
const zh = (denial: string): RegExp => new RegExp(denial + WITHIN + RETURNS + END, 'g');

const DENIES: readonly RegExp[] = [
  zh('(?<![支能可接提])(?:概不|(?:不|没有?|未)(?:能|可以?|予|再)?(?:支持|接受|提供|受理|参与|允许|享受))'),
  zh('(?<=(?:我们|咱们?|本店|小店|店里|店铺|我家)[^您你]{0,4})(?:没有|不做|不能|不可以|无法)'),
  /(?:一经售出|售出后?|卖出后?)\s?(?:概|均|恕|都)?不(?:予|能|可|支持)?(?:退换货?|退货)/g,
  new RegExp(`${RETURNS}(?:服务)?(?:我们|本店|小店|店里|这边)?(?:是|都|均|一律|概)?不(?:支持|接受|提供|予受理)`, 'g'),
  /\b(?:we|our (?:shop|store)|the (?:shop|store)|this (?:shop|store)) (?:do(?:es)? not|don't|doesn't|cannot|can't|never|no longer) (?:accept|take|offer|allow|support|do|provide)(?: any)?(?: (?:free|product))? returns\b/g,
  /\breturns (?:are (?:not|never)|aren't) (?:accepted|possible|allowed|offered|supported|taken)\b|\ball sales are final\b|\bno returns(?: or (?:exchanges|refunds))?(?=\s*(?:$|accepted|allowed|possible))/g,
];

/** Which goods, which case, whose fault, how late: then it is a limit, and whether that one holds nobody here knows. */
const LIMITED =
  /定制|定做|订做|特价|清仓|预售|二手|使用过|用过|穿过|洗过|水洗|拆封|拆过|打开|激活|人为|损坏|破损|影响|贴身|内衣|内裤|袜|食品|生鲜|鲜活|易腐|药|虚拟|充值|卡券|礼品|赠品|配件|超过|超出|超时|过了|逾期|以后|之后|后(?!台)|外|已经?|如果|若|要是|的话|除非|除了|部分|某些|有些|个别|这(?![边里家])|那(?![边里家])|该|此|本(?:款|品|商品|产品|单)|您(?:的(?!理解|支持|配合|谅解)|这)|仅|只|单独|吗|么|是否|不是|没有?说|类|款|件|商品|产品|宝贝|单|海外|跨境|样品|尾货|瑕疵|标签|吊牌|包装|平台|质量|现在|目前|暂|还没|在途|换(?!货)|凭|无(?!理由|法)|缺|少|到付|\?|？/;
const LIMITED_EN =
  /\b(?:custom\w*|personali[sz]ed|made[- ]to[- ]order|used|worn|opened|washed|unsealed|damaged|clearance|final[- ]sale|sale items?|hygien\w*|underwear|food|perishable|digital|gift cards?|vouchers?|on (?:this|that|these|those|it|them|some|certain)|for (?:this|that|these|those|it|them|some|certain)|of (?:this|that|these|those|it|them|some|certain|used|opened|worn)|after|later|beyond|past|without|unless|if|when|once|except|only|some|certain|items?|goods|products?|by (?:post|mail|courier)|in[- ]store|at the (?:door|store)|from abroad|overseas|international|cash|freight|until)\b|\?/;

const factTexts = (fact: Localized | undefined): string[] =>
  fact === undefined ? [] : typeof fact === 'string' ? [fact] : Object.values(fact);

/** Whether the fact says within what time goods are taken back. "不支持" and "no returns" say none, nor do 0 days. */
const grants = (texts: readonly string[]): boolean =>
  texts.some((text) => timeSpans(folded(text)).some(({ to }) => to > 0));

/** Where returns without a reason are denied, that faulty goods are taken back limits nothing. */
const FAULTY = /(?:但是?|如果|若|除了?|除非|只有|仅)?(?:有|是)?质量问题.*$/;

/** What else the sentence says. */
const beside = (sentence: string, denial: string): string => {
  const at = sentence.indexOf(denial);
  const after = sentence.slice(at + denial.length);
  return `${sentence.slice(0, at)} ${denial.includes('无理由') ? after.replace(FAULTY, '') : after}`;
};

/** `sentence`: folded, with what stands around the clause; `text` is the reply as it was written. */
export function deniesReturns(
  piece: Piece,
  sentence: string,
  text: string,
  shopFacts: Readonly<Record<string, Localized>>,
): ReplyWarning[] {
  const stated = factTexts(shopFacts[FACT]).filter((one) => one.trim() !== '');
  if (!grants(stated)) return [];
  const [found] = DENIES.flatMap((words) => [...piece.text.matchAll(words)]).toSorted((a, b) => a.index - b.index);
  if (found === undefined) return [];
  const rest = beside(sentence, found[0]);
  if (LIMITED.test(rest) || LIMITED_EN.test(rest)) return [];
  const start = piece.start + found.index;
  const end = start + found[0].length;
  const message = { zh: '店铺设置的是支持退换，请核实', en: 'The shop says that it takes returns' };
  return [{ kind: 'policy', text: text.slice(start, end), start, end, message, expected: stated.join(' / ') }];
}
