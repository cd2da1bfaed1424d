/**
 * How people say that a thing fails them: what it does by itself, no longer does, or has become. Goods and faults are
 * many; the words around them are few. Whether they only wonder ("会缩水吗", "does the lamp flicker?") is told by the form.
 */
import type { Language } from '../../domain/language.ts';

const FAULTS: readonly RegExp[] = [
  // What it has become: "吸力变小了", "声音越来越大".
  /(?:吸力|风力|电量|电池|信号|音量|声音|音质|亮度|灯光|水压|水流|效果|速度|力度|性能|续航|反应|屏幕|画面|字)(?:都|也|就|一下|突然|明显)?(?:变(?:得)?(?:越来越|很|好)?|越来越)(?:小|弱|差|慢|轻|暗|短|模糊|糊|卡|大|吵|黄)/,
  /变(?:形|黄|黑|色|硬|短|松|质|味|臭|歪)了|缩水了|洗[^,，。？?]{0,6}(?:就|后|完)[^,，。？?]{0,4}(?:缩|短|小|掉|变)|(?:缩|崩|松|歪|鼓|瘪|秃|断|裂|脱|散|塌|开|掉|烂|爆|翘|坏|垮|废|瘸)(?:线|胶|底|口|丝|漆|皮|毛|掉|开|架|起来|包){0,3}了(?!吗|么|没|不|怎么|.{0,4}(?:券|价))(?=[\s,，。!！~～]|一|两|几|$)/,
  // What it no longer does.
  /(?:吸|合|盖|插|扣|按|充|连|听|拧|烧|关|对|亮|转|响|拉|卡|粘|收|切|煮|扫|喷|抽|夹|磨|擦|固定|启动|识别)(?:都|也)?不(?:上|紧|满|进|进去|住|动|见|开|着|了|出|干净|热|起来?|到)[^吗么?？]{0,6}$|(?:吸|充|烧|扫|洗|打|连|装|拧|盖|按)不(?:上|满|进|开|干净|紧|住|动|出)(?!吗|么)/,
  /(?:没有?|无)(?:声音?|电|吸力|图像|画面|信号|显示|效果|热气|风|水)了|不(?:亮|转|响|动|热|冷|凉|灵|准|出水|出声|出风|制冷|通电|显示|跳闸|断电|充电|吸)(?:了|啊|呀)?(?=[\s,，。!！~～]|$)|失灵|罢工|接触不(?:良|好)|停不下来|(?:按|摸|点|触)[^,，。]{0,4}(?:没(?:有)?反应|没用|不动)/,
  // What it does by itself, or again and again.
  /(?:老|老是|总|总是|一直|经常|频繁|动不动就?|自己|自动|时不时|隔一会儿?|用着用着|一会儿?就?|没一会儿?就?|会自己)(?:会|就|要|又)?(?:断(?!货|码)|断开|断连|掉线|重启|关机|关掉|黑屏|死机|卡(?!里|上)|卡顿|卡住|闪(?!购)|灭|停(?!产)|跳|响|漏|掉(?!价)|没电|报错|失灵)/,
  /一闪一闪|闪个不停|忽(?:明|大|亮|冷)忽|频闪|闪烁|(?:滋|嗡|吱|咯吱|沙沙|咔|哒|嘎){2,}|(?:滋|嗡|沙|吱|咔|嘎)+(?:地|的)?响|(?:有|全是|一股|股)[^,，。?？]{0,6}(?:杂音|电流声|噪音|异响|怪声|铁锈味|塑料味|焦味|糊味|胶味|怪味|霉味|臭味|异味)(?!吗|么)|(?:掉电|耗电|没电)(?:特别|太|好|非常|很)?(?:快|厉害)|(?:起|掉)(?:毛|球|色|皮|漆|渣)(?:太|很|特别|得)?(?:严重|厉害|了)|抽丝|勾丝|脱线|开线|开胶|断底|掉底|硌脚|不耐用|不(?:经|耐)(?:穿|用)|发烫|烫手/,
  /\b(?:keeps?|kept|constantly|always|randomly) (?:on )?(?:cut|drop|disconnect|restart|reboot|crash|turn|shut|switch|stop|freez|fall|com|slip|leak|beep|jam|stick|flicker|los|trip|slid|skip|buzz|pair|go)\w*/i,
  /\b(?:crackl|hiss|buzz|rattl|squeak|squeal|creak|whistl|grind|flicker|wobbl|jam|stutter|glitch|drip|lag)(?:s|es|ing|ed|med|ming|y)?\b(?! (?:free|resist))|\b(?:distort(?:ed|s)|static|blurry|fuzzy|frozen|freezes|warped|misshapen|frayed|fraying|pilling|bobbling|unravel\w*|shrank|shrunk|faded|peel(?:s|ed|ing)|rust(?:ed|y|ing)?|mould\w*|conked out|packed up|gave (?:up|out)|given up|kaput|bricked|knackered|bust(?:ed)?|blew|blown|died|dead|on the blink|playing up|acting up|worn (?:out|through))\b/i,
  /\b(?:fell|falling|falls|fallen|came|coming|comes|popped|ripped|snapped|broke|broken|breaking|split|splitting|torn|wore|peeled|chipped) (?:straight |right |all )?(?:off|apart|out|away|open|undone|loose|unstuck|to (?:bits|pieces)|in (?:half|two))\b|\b(?:is|are|was|been|got|gone|has|have)(?: (?:really|so|a bit|very|all|come))? (?:loose|wobbly|bent|stuck|jammed|cracked|split|wonky|crooked|stained|ripped|torn|dented|leaky)\b/i,
  /\b(?:no longer|barely|hardly|scarcely|stopped|quit|refuses to|won(?:'|’)?t|wont|doesn(?:'|’)?t|doesnt|don(?:'|’)?t|does not|isn(?:'|’)?t|can(?:'|’)?t get it to) (?:even |really |properly |fully |quite )?(?:work|charg|turn|switch|spin|pick|suck|heat|boil|connect|pair|respond|react|light|close|shut|hold|stay|start|stick|fit together|fasten|zip|press|click|play|show|com(?:e|ing) on|do(?:ing)? anything|cool|seal|stand)\w*(?: (?:up|on|off|out|in|itself|anything|properly|any ?more|a charge|shut|closed|still|straight|together))*/i,
  /\b(?:turns?|shuts?|switch(?:es)?|goes|cuts?|powers?)(?: itself)? (?:off|out|down|black|dead)\b(?: (?:by itself|on its own|after|mid|halfway|all the time|again|itself|randomly))|\b(?:cuts? (?:in and )?out|drains? (?:super|so|too|really|very|way|in|fast|quickly)|los(?:es|ing|t) (?:its |all )?(?:suction|charge|power|connection|signal|colou?r|shape)|gets? (?:really|very|so|too|extremely|super) hot|smells? (?:like|of) (?:burn|smoke|plastic|rubber|chemical|mould|mold|petrol|metal)\w*|tastes? (?:like|of) (?:plastic|metal|rust|chemical)\w*|only (?:charges?|works?|plays?|comes?|one (?:side|ear))|(?:no|without) sound|one (?:side|ear|earbud) (?:is|has|doesn|went|only)|(?:getting|got|become|becoming) (?:weaker|louder|slower|worse|dimmer|quieter|looser)|takes (?:forever|ages) to)\b/i,
];

/** Only wonders, wishes for better, or speaks of what it is to replace. */
const NOT_THEIRS =
  /[?？]|[吗么嘛](?:[\s,，。]|$)|^\W*(?:(?:hi|hello|hey|so|and|but)\W+)?(?:(?:does|do|did|is|are|can|could|will|would|has|have|should) (?:it|they|this|these|that|those|the|your|you|anyone|there|i|we)|what|which|how|where|who)\b|会不会|容易不|是否|怕|如果|要是|万一|担心|以前|之前(?:那|的|买的|用的)|原来(?:那|的)|上一个|旧的|老的那|(?:想|要)(?:买|要)(?:个|一个|款|双|件|条)|朋友|同事|断(?:货|码)|降价|价格|快递|物流|包裹|单号|验证码|短信|页面|网页|付款|付不|下单|发票|取消|积分|商城|入会|会员|搬不动|[取提]货码|自提|系统|登录|金额|号码|\b(?:does|do|will|would|can|could|is|are|has|have|did) (?:it|they|this|these|that|the|your|you|anyone)\b.{0,60}\?|\b(?:want|need|looking for|prefer|like) (?:something|one|a|an|some)\b|\bmy (?:old|last|previous|current|friend|mum|mom|dad|sister|brother|wife|husband)\b|\b(?:if|in case|worried|afraid|prone|easily|website|web ?site|the site|the app|the page|checkout|login|log(?:ged)? (?:in|out)|card|code|voucher|coupon|payments?|tracking|parcel|delivery|courier|order|orders|customs|discount|unsubscribe|password|refund|promo)\b/i;

/** The plain words for it: entries about faulty goods know these, and cannot know every way that goods fail. */
export const FAULT_IN_PLAIN: Readonly<Record<Language, string>> = {
  zh: '商品有质量问题，坏了',
  en: 'the product is faulty and does not work',
};

/** Whether a line says that goods fail. */
export function statesFault(text: string): boolean {
  return FAULTS.some((pattern) => pattern.test(text)) && !NOT_THEIRS.test(text);
}
