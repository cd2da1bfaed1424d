import { type Find, find, L, R } from './find.ts';
import { ENGLISH_NUMBER, englishNumber, plainNumber } from './numerals.ts';

/** The number of things; none is no quantity. */
function count(text: string): string | undefined {
  const number = /\d+|[一二两俩三四五六七八九十百]+/.exec(text)?.[0];
  const value = plainNumber(number ?? '');
  return value === undefined || Number(value) === 0 ? undefined : String(Number(value));
}

function countEnglish(text: string): string | undefined {
  const digits = /\d+/.exec(text)?.[0];
  const value =
    digits === undefined
      ? englishNumber(
          text.replace(
            / (?:pcs|pieces?|pairs?|items?|box(?:es)?|units?|sets?|packs?|bottles?|cop(?:y|ies)|bags?|cans?)$/i,
            '',
          ),
        )
      : Number(digits);
  return value === undefined || value === 0 ? undefined : String(value);
}

const dozens = (text: string) => (/半/.test(text) ? '6' : String(12 * Number(plainNumber(text.slice(0, -1)) ?? 1)));

const NUMBER =
  '(?<![\\d第.:：零一二两三四五六七八九十百千万几多单半-])(?:\\d{1,4}|[一二两三四五六七八九十百]{1,4})\\s?';
/** After 个 stand hours and questions as often as goods. */
const NOT_GOODS =
  '(?!月|小时|钟|星期|礼拜|工作日|多|人|问题|字|点|地方|名|订单|单|包裹|快递|号|地址|颜色|色|尺码|版本|电话|账号|选择|办法|客服|部分|原因|方法|店|优惠|券|链接|评价|季度|年|学期|周|意思|方面|以上|建议|事|情况|公里)';
const UNIT = [
  '件(?!事|套|代发)',
  '双',
  '台(?!阶|词)',
  '瓶',
  '盒',
  '箱',
  '套(?!路|流程|餐|房|话)',
  '只(?!松鼠|是|有|能|要|想|会|剩|好)',
  '支(?!持|付)',
  '袋',
  '罐',
  '桶',
  '份(?!心|力|子|之)',
  '部(?!分|门)',
  '本(?!来|身|人|店|周|月)',
  '条(?!件|消息|信息|评|短信|龙)',
  '包(?!邮|裹|装|政策|服务|赔|退|换|修|安|括|含|多少)',
  '枚',
  '根',
  '颗',
  '粒',
  '对(?!一|于|方|面|不|比)',
  '副',
  '张(?!图|照片|嘴)',
  '听(?!说)',
  '束',
  '辆',
  '卷',
  '提',
].join('|');
/** 一 with these is "a whole", "a bit", "one by one" rather than a count. */
const NOT_ONE = '(?!一(?:部|本|条|根|张|听|提|颗|粒|支|副|卷|只有|只要|套流|只能))';

const TIME_UNIT =
  '(?! ?(?:days?|weeks?|hours?|hrs?|mins?|minutes?|months?|years?|times?|stars?|inch(?:es)?|cm|mm|kg|lbs?|oz|ml|gb|tb|%|percent|dollars?|bucks|usd|euros?|pounds|quid|am|pm|business|working|more (?:day|week|hour|time|minute)|things?|of you|to|or \\d|st\\b|nd\\b|rd\\b|th\\b|[-/.:]\\d|x\\d|k\\b|off|free|g\\b|m\\b|l\\b))';
const UNIT_EN = '(?:pcs|pieces?|pairs?|items?|box(?:es)?|units?|sets?|packs?|bottles?|copies|copy|bags?|cans)';

export const QUANTITIES: readonly Find[] = [
  find('quantity', `${NUMBER}个${NOT_GOODS}(?<!一个)`, count),
  find('quantity', `(?<=[买要送来拍少发加再])一个${NOT_GOODS}(?!劲|劲儿)`, () => '1'),
  find('quantity', `${NOT_ONE}${NUMBER}(?:${UNIT})`, count),
  find('quantity', '(?<![\\d第万])(?:[一两二三四五六七八九半]|\\d{1,2})打(?!开|电话|折|扰|算|印|包|理|客)', dozens),
  find('quantity', '(?:(?<=要|买|拍|来|发|就)|^)俩(?!人|口|月|小时|钱|星期|礼拜|孩|字)', () => '2'),
  find('quantity', '(?:(?<=拍了?|买了?|数量(?:改成|改为|是|为|:)?)|(?<=拍\\d发))\\d{1,3}(?=$|[\\s,，。;；]|发)', count),
  find('quantity', `(?<=[\\s\\p{Script=Han}])[x×*]\\s?\\d{1,3}${R}(?!\\s?(?:cm|mm|[x×*]))`, count),
  find(
    'quantity',
    `${L}(?:\\d{1,4} ?|${ENGLISH_NUMBER} )${UNIT_EN}${R}(?! of (?:advice|information|mind|cake))`,
    countEnglish,
  ),
  find(
    'quantity',
    `${L}(?:qty|quantity)(?:[: ]{1,2}|(?: of| is) )(?<value>\\d{1,4})${R}(?<=(?:quantity of|qty:|quantity:|quantity is) \\d{1,4})`,
    countEnglish,
  ),
  find('quantity', `${L}qty \\d{1,4}${R}`, countEnglish),
  find('quantity', `${L}(?:a|half a|two) dozen${R}`, countEnglish),
  find(
    'quantity',
    `(?<!\\bbuy (?:one|1|two|2) get )(?<=\\b(?:buy|bought|order|ordered|want|need|get|got|take|add|received|purchase[d]?|send|sent|missing) (?:me |only |just |about )?)(?:\\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)(?=$|[,.!?]| (?:and|more|of (?:them|these|those|the)|extra)|(?: [a-z]{2,12}){0,2} [a-z]{2,14}s\\b)${TIME_UNIT}(?! (?:gb|day|in|on|at|from|get|question|way|year|good|free|last|minutes|stars)\\b)`,
    countEnglish,
  ),
  find(
    'quantity',
    '(?<=\\b(?:only|just) )(?:\\d{1,3}|one|two|three|four|five)(?= (?:arrived|came|were|was|of (?:them|these|the)|showed|received)\\b)',
    countEnglish,
  ),
];
