/**
 * Asking for a person: in any words, both languages and what mixes them, misspelt or not. Whoever asks gets one, so that a
 * wish is read even inside another sentence; whoever declines one ("不用转人工", "no need for an agent") keeps the bot.
 * Every repetition is bounded, so that matching stays linear in the text.
 */

/** "人工智能", "人工费" and "I spoke to an agent" do not. */
const ASKS: readonly RegExp[] = [
  /\b(?:is this|are you|am i (?:talking|speaking|chatting) (?:to|with)) an? (?:ro|chat ?)?bots?\b|\b(?:someone|somebody|anyone|anybody)(?: who(?:'|’)?s| who is| that(?:'|’)?s| that is)? (?:actually )?(?:an? )?(?:real|human|alive)\b/i,
  /(?<!spoke to |spoken to |talked to )\b(?:get|need|want|prefer|give me|is there|have|bring|send)\b[^.!?\n]{0,14}\ban? (?:real |live |actual )?(?:person|human)(?: being)?\b/i,
  /\b(?:put|pass|transfer|connect|send) me (?:through |over |on |up )?(?:to|with) (?:your|the|a|an|someone|somebody)\b/i,
  /^[\s"'“]*(?:转|找|要|接|换|叫)?人工(?:客服|服务|坐席|座席)?[\s!！。.~～"'”]*$/,
  /(?:转接?|找|要|有没有|有|叫|换|接|联系|安排|让|切换?到?|呼叫|派|需要|帮我?转|我?想(?:和|跟|与)?)(?:到|成|一?个|一?位|一?下|你们(?:的)?|和|跟|与|去){0,3}(?:人工(?!智能|费|成本|合成|审核)|真人|活人)/,
  /(?:转接?|换|叫|找)(?:到|一?个|一?位|一?下|你们(?:的)?|个别的){0,3}(?:客服|专员|经理|主管|负责人|领导)(?!了|过|的时候|说过|都)/,
  /人工(?:客服|服务|坐席|座席)(?!.{0,4}(?:几点|时间|上班|下班|在线时间|费|了|过|说|已经))[^。!！?？]{0,6}(?:吗|呢|在吗|有吗|来|[!！]|$)/,
  /(?:找|来|叫|换|派)(?:一?个|一?位)?(?:能说话的|懂的|会说话的|能解决问题的|能做主的|管事的)?(?:人|真人|活人)(?:来|跟我|和我|给我|处理|说|谈|解决|出来|接|[!！。,，]|$)/,
  /(?:不要|不想|别|不想要|拒绝)(?:再)?(?:和|跟|用|让|给我)?(?:你们?的?)?(?:机器人|自动回复|智能客服|机器)/,
  /(?<!spoke |spoken |don't want to |not )\b(?:speak|talk|chat|connect|transfer|put|get|switch|pass|escalate|hand)\b[^.!?\n]{0,25}\b(?:to|with|me|through)\b[^.!?\n]{0,14}\b(?:humans?|(?:real |live |actual )?persons?|people|agents?|representatives?|reps?|someone|somebody|operators?|managers?|supervisors?|advis[eo]rs?|customer service|staff)\b/i,
  /^\W*(?:(?:live|human|real|customer service|a)\s)?(?:agent|human|representative|operator|real person|person|rep)(?:[\s,]+(?:please|pls|now|plz))*\W*$/i,
  /\b(?:want|need|(?:would|(?:'|’)d) like|get me|give me|prefer)\s(?:to (?:have|see|get)\s)?(?:an?|the|some|your)?\s?(?:\w+\s)?(?:human|real person|live (?:agent|person|chat)|human agent|representative|actual person|person to talk|agent)\b(?! (?:number|id|code|called|name))/i,
  /\b(?:human|live|real)\s(?:agent|person|representative|support|being|rep|operator|human|chat)\b[^.!?\n]{0,20}(?:please|pls|now|available|instead)/i,
  /\b(?:is there|can i have|may i have|any)\s(?:an?\s|any\s)?(?:real |live |actual )?(?:human|person|agent|representative)\b/i,
  /\b(?:not|stop|no more|don(?:'|’)?t want|instead of)\b[^.!?\n]{0,15}\b(?:bots?|robots?|chat ?bots?|machines?|automated)\b(?!\s(?:vacuum|mop|cleaner|toy|dog|arm|lawn|wash))/i,
  /^[\s"“]*(?:(?:转|要|走|用|请)?(?:人工|真人|活人)(?:客服|服务|kefu)?(?:呢|在吗|在不在|处理|回复|解决|接待|介入|受理)?(?:吧|一下)?[\s,，!！。.~～?？"”]{0,5}){1,6}$/,
  /来(?:一?个|一?位)?人工(?!智能|费|成本|合成|审核)|(?:跟|和|与)(?:真人|活人)|转接?(?:仁工|人公|认工|人功|任工)|^联系(?:一下)?(?:人工)?客服[\s!！。~～]*$|^(?:找|转|叫|要)?(?:接线员|客服专员|客服经理|值班经理)[\s!！。~～]*$/,
  /你们?(?:到底)?是(?:不是)?(?:真人|人工|活人|机器人|人|ai)(?:吗|么|嘛|吧|还是|[?？])|机器人(?:滚|走开|闭嘴|退下)/i,
  /(?:让|叫|喊)(?:你们?的?)?(?:老板|经理|主管|负责人|领导|店长)(?:出来|来|跟我|和我|接|说|处理)|让(?:一?个)?人来(?:处理|解决|说|看|帮)|(?:和|跟|与)(?:你们的?)?客服(?:人员)?(?:直接)?(?:通话|通电话|聊|说话|谈|对话)(?!过|了)/,
  /^\W*(?:zhuan\s?)?ren\s?gong(?:\s?ke\s?fu)?\W*$|^\W*zrg\W*$/i,
  /\bare you (?:an? )?(?:real|actual|human|person)\b|\ba human\s?\?|\b(?:can|could|may|will) (?:an?|some) (?:real |actual |live )?(?:human|person|agent)\b(?: please)? (?:help|look|call|talk|speak|answer|take|assist|reply|respond|check|contact|chat|handle)/i,
  /\b(?:want|need|get(?: me)?|give me|call|fetch|bring)\s(?:an?|your|the)\s(?:manager|supervisor)\b|^\W*(?:manager|supervisor|customer (?:service|support|care)|live (?:chat|support))(?:[\s,]+(?:please|pls|now|plz))*\W*$/i,
  /\bconnect me (?:with|to)\b|\bhand me (?:over|off)\b|^\W*(?:please )?(?:transfer me|escalate(?: this| it)?)(?:[\s,]+(?:please|pls|now))*\W*$|\bno (?:more )?(?:bots?|robots?)\b(?! vacuum)/i,
  /\b(?:get|find|send) (?:me )?(?:someone|somebody|a colleague)\b[^.!?\n]{0,4}\bto (?:help|talk|speak|call|look)|\b(?:talk|speak|chat) (?:to|with) (?:your |the |a )?(?:customer )?(?:support|service|care|colleague)\b/i,
  /\b(?:tall?k|spee?k|speak|chat) (?:to|with) (?:an? )?(?:hum[an]{2,4}|agnet|agent|repr[a-z]{1,4}entative|represent[a-z]{1,4}ve)\b|^\W*(?:an? )?(?:hum[an]{3}n?|humna|agnet|agant|repr[a-z]{0,3}entative|represent[a-z]{1,4}ve)(?:[\s,]+(?:please|pls|now))*\W*$/i,
  /\b(?:rather|prefer to) (?:deal|talk|speak|chat|work) (?:to|with) (?:an? )?(?:real |actual )?(?:person|people|human|humans)\b|\bput (?:an? )?(?:human|person|agent|real person) on(?: (?:please|pls|now))?[\s!.]*$|^\W*(?:only )?(?:real |actual )(?:people|humans?)(?: only| please)?\W*$|\b(?:demand|insist on) (?:an?|your|the) (?:manager|supervisor|human|person|agent)\b|\b(?:talk|speak) (?:to|with) your (?:boss|manager|supervisor)\b/i,
  /(?:我?(?:想|要)|让我|能不能|可以|可不可以)(?:和|跟|与)人(?:说话|聊|讲话?|谈|沟通)|(?:不|懒得|不想)(?:和|跟|与)(?:你们?(?:这个|的)?)?(?:机器人|机器)(?:说|聊|讲|谈|废话)|^(?:那|亲|请问)?(?:能|可以|能不能|可不可以)(?:转)?人工(?:吗|么|嘛|不)?[\s?？!！。~～]*$/,
  /(?:整|喊|请|给我|弄|转|让)(?:一?个|一?位)?(?:人工(?!智能|费|成本|合成|审核)|真人|活人|客服(?:来|出来|给我|处理|看))|有冇(?:真人|人工)|(?:转|喊|整|给我|就要|我要)(?:一?个)?人(?:来)?[吧啊呢不呀]{0,2}[\s!！。~～?？]*$/,
  /(?:找|来|叫|换|喊|派|整|有没有|不能来)(?:一?个|一?位|点)?(?:能说话|懂|懂行|会说话|能解决(?:问题)?|能做主|说了算|管事|喘气|管用)的(?!吗|商品|东西|款|[\p{Script=Han}]{2})|有喘气的/u,
  /(?:找|叫|换|喊)(?:一?个|你们?的?){0,2}(?:店长|管事的|班长|组长)|(?:主管|经理|领导|负责人|店长|老板|管事的)(?:人)?(?:呢|在吗|在不在|在哪)[\s!！。~～?？]*$/,
  /有(?:没有)?客服(?:吗|没|不|人员)?[\s?？!！。~～]*$|(?:^|你们的?)客服(?:人)?(?:呢|去哪|在哪)|客服(?:死|都死|快?出来)|客服(?:快点?|赶紧|麻烦)?(?:回复?|理)我?(?:一下)?[\s!！。~～]*$|(?:麻烦|请)(?:叫|让)?客服(?:来|看|处理|联系|回)|(?:没有?人)(?:理|管|回复?|搭理|鸟)我?(?:吗|啊|呢|呀)?[\s?？!！。~～]*$/,
  /(?:让|叫|请|安排)(?:一?个)?(?:人工|客服|你们的?人|人|经理|主管|专员|店长)(?:客服)?(?:来|尽快|马上)?(?:给我|跟我|和我)?(?:打|回|来)(?:一?个)?电话|(?:给我|帮我)回(?:一?个|一下)?电话/,
  /说(?:点)?人话|(?:别|不要|不用)(?:再)?(?:给我)?(?:复制粘贴|发模板|说套话|套模板|背台词|念台词)|机器人(?:就)?(?:别|不要|不用)(?:再)?(?:回|说|发|废话)|ai(?:客服)?(?:滚|走开|闭嘴)|(?:不要|别|拒绝|不想要?|不用)(?:再)?(?:和|跟|用|让)?ai(?:客服|回复|回答|了)?[\s!！。,，~～]*$/,
  /你们?(?:这边|那边|到底|其实)?是(?:不是)?(?:个|一个)?(?:真人|人工|活人|机器人|人|ai)(?:在)?(?:回复?|说话|聊天?)?(?:吗|么|嘛|吧|啊|呀|[?？])|^是不是(?:真人|人工|活人|机器人|ai)(?:在)?(?:回复?|说话|聊天?|服务)?[吗么嘛吧啊呀]?[\s?？!！]*$|你们?是不是(?:真人|人工|机器人|ai)\s*$|(?:我知道)?你(?:就|只)?是(?:个|一个)?机器人[吧呀啊]?[\s?？!！。]*$/,
  /\b(?:want|need|get(?: me)?|give me|find|talk to|speak to|chat with)\b[^.!?]{0,6}(?:人工|真人|客服)|(?:给我|我要|找|要|叫|转)\s?(?:an? )?(?:real )?(?:human|person|agent|manager|supervisor|representative)\b/,
  /\b(?:human|person|agent|representative|operator|advis[eo]r|supervisor|manager|staff member|colleague|specialist)[\s,]+(?:please|now|instead)(?:[\s,]+(?:please|now))?\W*$/,
  /\b(?:speak|talk|chat|speaking|talking)\b[^.!?\n]{0,8}\b(?:to|with)\b[^.!?\n]{0,14}\b(?:a member|team|specialist|expert|colleague|boss|human being)\b|\b(?:someone|somebody|anyone|anybody)\b[^.!?]{0,12}\b(?:to|i can|i could|can i|could i) (?:talk|speak|chat)\b/,
  /\b(?:can|could|would|want|like|need|have|get|ask|let) (?:\w+ )?(?:someone|somebody|anyone|a (?:human|person|colleague|manager|supervisor))\b(?: please)?(?: to)? (?:call|phone|ring|contact) me\b/,
  /\byou(?:'re| are) (?:just |only |clearly |obviously |probably )?an? (?:ro|chat ?)?bot\b|\bare you (?:for )?real\s?\?|^are you real\W*$|\bis (?:this|that|it) an? (?:real|actual|live) (?:person|human)\b|\bam i (?:talking|speaking|chatting) (?:to|with) an? (?:machine|computer|human|person|real)\b|\b(?:another|enough with (?:the|this)|skip the|sick of (?:the|this)|fed up with (?:the|this)) (?:stupid |bloody |damn )?(?:ro|chat ?)?bots?\b(?! vacuum| mop)|\bskip to (?:an? )?(?:agent|human|person)\b/,
  /\b(?:need|want|get|some) (?:live|human|real|actual) (?:help|assistance|support)\b|\bwho(?:'s| is) in charge (?:here|there)\b|\b(?:nobody|no ?one) (?:answers?|replies|responds|is (?:answering|replying|responding|helping|listening))(?: me| to me| here)?\W*$|^\W*(?:you )?(?:stupid|dumb|useless|bloody|damn|fucking|terrible|rubbish|crap|idiotic) (?:ro|chat ?)?bot\W*$|(?:破|垃圾|傻逼?|智障|弱智|人工智障)(?:的)?(?:客服)?(?:机器人|ai)(?:客服)?[\s!！。~,，]*$|^customer (?:care|service|support) (?:executive|rep|person|officer|team)(?: please| now)*\W*$/,
  /(?:不想|不要|不愿意?|懒得|拒绝|别)(?:再)?(?:和|跟|与|让|用)(?:你们?的?|这个)?ai(?:客服)?(?:说话?|聊天?|讲话?|谈|沟通|对话|回复?我?|废话)[了啊吧]?[\s!！。,，~～]*$|(?:让|叫|请)(?:你们?的?)?(?:主管|经理|领导|负责人|店长|老板)(?:来)?(?:联系|回复|打给)我|^(?:找|要|安排)?[专專]人(?:服[务務]|处理|对接|跟进)[\s!！。~～]*$|^跟你(?:说|讲)不(?:通|清楚?|明白)[了啊]?[\s!！。,，~～]*$|让人来[\s!！。~～]*$|^(?:来|找|换|叫)个人[啊吧呀呗][\s!！。~～]*$|^\W*call cent(?:er|re)\W*$|\bany real (?:people|humans?)\b|\ba word with (?:an?|the|your|some)\b/i,
];

/** As people write the same words in a hurry. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/[’‘]/g, "'"],
  [/[転轉]/g, '转'],
  [/[揾搵]/g, '找'],
  [/zhuan(?=\s?(?:人|ren))/g, '转'],
  [/ren\s?(?:gong|工)|人gong/g, '人工'],
  [/转\s+(?=人工)/g, '转'],
  [/(?<=\p{Script=Han}\s?)(?:please|pls|plz|thx)\b/gu, ''],
  [/\b(?:pls|plz|plx|pleas|plese)\b/g, 'please'],
  [/\b(?:per[so]n|pers[ao]m|preson|peron|perosn|presson|persno|prson)\b/g, 'person'],
  [/\b(?:hum[ae]m|humn|huma|huamn|humna|hooman|humman|hunan being|humans? being)\b/g, 'human'],
  [/\b(?:tlak|tallk|tak|takl|taik)\b(?= (?:to|2|with))/g, 'talk'],
  [/\b(?:speek|speack|spek|speal)\b/g, 'speak'],
  [/\b(?:some?|sum|sm)\s?1\b/g, 'someone'],
  [/\bany\s?1\b/g, 'anyone'],
  [/\b(talk|speak|chat|want|need) 2\b/g, '$1 to'],
  [/\br u\b/g, 'are you'],
  [/\bare u\b/g, 'are you'],
];

/** "人 工", "H U M A N", "h.u.m.a.n". */
const SPACED = /^\s*(?:(?:\p{Script=Han}\s){1,8}\p{Script=Han}|(?:[a-z][\s.\-_]){3,12}[a-z])\W*$/u;

function plainly(text: string): string {
  const low = text.toLowerCase();
  const joined = SPACED.test(low) ? low.replace(/[\s.\-_]/g, '') : low;
  return SPELLINGS.reduce((spelt, [pattern, right]) => spelt.replace(pattern, right), joined);
}

/** Somebody who wants none says so in the very words of those who want one. "为什么不转人工" and "要不要转人工" are others. */
const DECLINES: readonly RegExp[] = [
  /(?<![要能]|为什么|为啥|怎么|是不是)(?:不用|不需要|不要|不必|不想|先?别|无需|没有?必要|用不着|甭|先不|暂时不)(?:再|麻烦|给我|帮我){0,2}(?:转接?|找|叫|接|换|联系|请|用)?(?:到|去)?\s?(?:人工|真人|活人|客服|人|human|agent|person)(?:客服|服务)?(?:了|吧|[\s,，。!！~～]|$)|不(?:转|找|叫)(?:人工|真人|客服)了/g,
  /(?:人工|真人|客服)(?:客服)?就?(?:不用|不必|不需要|免|算)了/g,
  /(?<!why )\b(?:no need (?:for|to|of)|don't (?:really |actually )?(?:need|want|have to|transfer|hand|connect|pass|put|escalate|get|bring|call)(?! you)|do not (?:need|want|have to|transfer|hand|connect|pass|put|escalate|get|bring|call)|not need|rather not|prefer not to|instead of)\b(?:(?!bot|robot|machine|automat|computer)[^.!?;,]){0,20}\b(?:human|person|agent|representative|operator|someone|anyone|somebody|anybody|manager|supervisor|me(?: over)?)\b/g,
  /\b(?:no|not an?) (?:human|agent|person|operator)s? (?:needed|required|necessary)\b|\bnot an? (?:human|agent|person)(?=,|\.|$)/g,
];

/** Clauses end at marks; each may ask by itself. */
const CLAUSE = /[^.!?;,，。！？；、\n]+[!?！？]?/g;

/** A text without the words that decline a person. */
export const undeclined = (text: string): string =>
  DECLINES.reduce((left, pattern) => left.replace(pattern, ' '), text);

export function asksForPerson(text: string): boolean {
  const plain = undeclined(plainly(text));
  if (!/[\p{L}\p{N}]/u.test(plain)) return false;
  const clauses = plain.length > 400 ? [] : (plain.match(CLAUSE) ?? []);
  return [plain, ...clauses].some((piece) => ASKS.some((pattern) => pattern.test(piece)));
}
