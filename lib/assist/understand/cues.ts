/**
 * Wording that shows what a message does, Chinese and English side by side: shops' customers mix them.
 * Every repetition is bounded, so that matching stays linear in the text.
 */
import { statesFault } from './faults.ts';

/** A question by its mark, its particle or its question word. */
const QUESTION: readonly RegExp[] = [
  /[?？]/,
  /(?:吗|嘛|么)(?:[\s,，。.!！~～啊呀亲]|$)/,
  /(?:^|[^没])(?:什么(?!都|也行|的都)|啥(?!都|也行)|怎么(?!说|都|也行|着都)|怎样|咋|为何|如何)|为什么|为啥/,
  /多少|多久|多(?:长|大|重|高(?!兴)|远|快|宽|厚|深)|(?<!好)几(?:天|时|点|号|个|件|月|年|次|折|块|钱|种|人|位|层|斤|米|分)/,
  /^(?!我|他|她|家里|暂时|目前|现在|还|这边)[\p{Script=Han}A-Za-z]{3,12}[^还也都并就又从本一是说]没有[\s~～]*$/u,
  /哪(?!怕|里哪里|吒)|谁(?!都)|是否|可否|能否|与否/,
  /(.)不\1|是不是|有没有|能不能|会不会|可不可以|要不要|行不行|好不好|需不需要|还有没有/,
  /(?:呢|吧)[\s~～]*[?？]|(?:区别|差别|不同)(?:是|在|呢)?[\s~～]*$/,
  /(?:可以|能|会|有|是|支持|包邮|包括|送|退|换|改).{0,12}(?:没|没有|不)[\s~～]*$/,
  /(?:是|有|会|能|可以|没|不|带|支持|包括)[^\s,，。!！]{0,14}(?<!算了|好|行)吧(?=[\s~～。,，]|$)|(?<!算|好|行)了吧(?=[\s~～。,，]|$)|(?:是吧|对吧)(?=[\s,，。]|$)/,
  /到那(?:了|里|儿)|^\p{Script=Han}{0,6}(?:查询|咨询|进度|状态|政策|流程|时间)$/u,
  /[\p{Script=Han}A-Za-z\d][^\s\p{P}我你您他她它但可过果那边也就都]还是(?!原来|一样|老|之前|以前|不|没|要|想|算|谢|那个|这样|会|很|有点|下单|能)[\p{Script=Han}A-Za-z\d]{2}/u,
  /^(?:请问|咨询|问一?下|问个|想问|我想问|想了解|想知道|了解一下)/,
  /(?:想问|想知道|想了解|不知道|不清楚|问一下|请问)/,
  /^(?:那|那么|然后)[^,，。!！]{1,8}呢[\s~～]*$/,
  /^\W*(?:so |and |but |ok(?:ay)?,? |hi,? |hello,? |hey,? )?(?:what|when|where|which|who|whose|why|how|is|are|am|was|were|do|does|did|can|could|will|would|should|shall|may|has|have|any)(?:'s|’s|n't|n’t)?\s(?!you for|a (?:great|good|nice)|to )\S/i,
  /\b(?:how (?:do|can|to|long|much|many|about|come)|what(?:'|’)?s|what (?:is|are|do|does|if|about)|where(?:'|’)?s|when (?:will|do|does|is|can)|why (?:is|do|does|was|did|has|am)|is (?:it|there|this|that)|do you|can i|could i|wondering|want to know|any idea|i don(?:'|’)?t know|not sure (?:if|how|what|why))\b/i,
];

export function asksQuestion(text: string): boolean {
  return QUESTION.some((pattern) => pattern.test(text));
}

/** Wants something done: by verb of asking, or by naming the service wanted. */
const REQUEST: readonly RegExp[] = [
  /(?<!他|她|说|已经?|们|答应)(?:帮|替)(?:我|忙|下|一下|查|看|催|改|取消|申请|处理|联系|弄|转|开|问|退|备注|跟进|确认)|(?:麻烦|请|拜托)(?:你|您|你们|您们)?(?:再|尽快|尽早|赶紧|快|帮|给|把|查|看|催|改|取消|处理|联系|核实|确认|安排|发|退|开|备注)/,
  /(?:^|[\s,，。!！?？]|[再快请那先能])给我(?!打了|发了|的|说了|回了)|告(?:诉|知)(?:我|一?下)|发(?:我|个|一下|下)?(?:链接|地址|图|资料)|(?:我|我们)?(?:要|想|想要|需要|打算|申请)(?:申请)?(?:退|换|取消|改|修改|开(?:个|张)?(?:发|专)?票|补|查|催|投诉|退款|退货|维修|保修|安装|买|购买|下单|咨询|发票|专票|收据|小票|售后|赔偿|补偿|说明书|提前|延迟|推迟|预约|注销|绑定|解绑|找回)/,
  /^(?:取消|修改|更改|变更|退货|退款|换货|补开|开(?:一?张|个|票|发票|专票|普票)|申请|查(?:一)?下|查询|催(?:一)?下|看(?:一)?下|安排|加急|尽快|赶紧|尽早|提前|延迟|把|别|不要再)/,
  /(?<!我|我先|我去|我再|先|自己|我来|我们)(?:催|查|看|改|开|核实|确认|处理|备注|联系|反馈|解决|[安按]排|跟进|取消|退|换|提交|登记)(?:一下|下|一催)(?!了|单)|(?:尽可能|尽量)[^。!！?？]{0,8}(?:送|发|到|处理|退|安排|快|早)|^(?:那)?(?:你|您)(?:们)?(?:就|先|直接)?(?:给|帮|把|去|再|取消|退|改|催|处理|安排|申请|备注)(?!我(?:发|说|回)了)|呗[\s~～]*$|(?:尽快|赶紧|赶快|抓紧|尽早|马上|立刻|立即)[^。!！?？]{0,6}(?:发|送|退|处理|解决|安排|回复|联系|给|办|查)/,
  /\b(?:please|pls|plz|kindly)\s(?!wait|hold)\w+|\b(?:i(?:'|’)?d like|i would like|i want|i need|i wanna|i(?:'|’)?m trying) (?:to|a|an|my|the|you|it|this)\b|\b(?:can|could|would|will) you\b|\bi(?:'|’)?(?:d| would) (?:really )?(?:appreciate|love|like) (?:it|if|to|that|someone|a|an|my)\b|\bhelp me\b|^(?:cancel|change|refund|return|exchange|replace|track|send|update|remove|add|check)\b/i,
];

export function asksAction(text: string): boolean {
  return REQUEST.some((pattern) => pattern.test(text));
}

/** Asks the agent to do something, put as a question: "能帮我改地址吗", "发顺丰可以吗", "any chance you could hold it". */
const FAVOUR: readonly RegExp[] = [
  /(?:能否|可否|能不能|可不可以|是否可以|能|可以)(?:让|叫|请)|(?:能否|可否|能不能|可不可以|是否可以|能|可以|方便)(?:够)?(?:请|麻烦)?(?:你们?|您们?|让|叫)?[\p{Script=Han}]{0,4}(?:帮|替|给我|快|早|尽快|尽早|提前|改成?|换成?|取消|[安按]排|联系|加急|催|推迟|延迟|晚点|重新|补)/u,
  /(?:帮|替|给我|取消|改成?|换成?|重新|修改|安排|推迟|快点|早点|退)[^,，。!！?？]{0,16}(?:可以|行|好|成)(?:吗|么|嘛|不|吧|不行|不可以)/,
  /(?:帮|替|给)(?:我|忙|下|一下)[^,，。!！?？]{0,16}(?:吗|么|嘛|呗|吧)[\s?？~～]*$/,
  /(?:我|我们)?(?:想|要|想要|需要|打算|准备)(?:把|将|退|换|改|取消|修改|变更|更改|申请|开通|开(?:一?张|个|票|发票|专票)|查一?下|预约|办理|注销|入驻|加急|推迟|投诉)(?![^,，。!！]{0,14}(?:怎么|如何|咋|要多|多久|多少|什么|哪|吗|么))/,
  /\b(?:can|could|would|will) (?:you|u|someone|somebody)(?: guys)?(?: please| pls| possibly| just| also)? (?!tell|explain|say|know|confirm (?:if|that|whether)|let me know (?:if|when|what|how))\w+|\b(?:any chance|is it possible)[^.!?]{0,12}\b(?:you|u|someone)\b|\bwould you mind\b|\bcan i (?:get|have) (?:a|an|my) (?:refund|replacement|exchange|copy|receipt|invoice|return label)/i,
  /^(?:hi|hello|hey)?[\s,]*(?:i(?:'|’)?d like|i would like|i want|i wanna|wanna|need|i need|want|looking|trying|hoping|have)(?: to)? (?:to )?(?:return|cancel|exchange|swap|change|amend|update|move|send back|refund|reschedule|track|remove|add|close|delete|upgrade|order)\b/i,
];

export function asksFavour(text: string): boolean {
  return FAVOUR.some((pattern) => pattern.test(text));
}

/** Is unhappy with goods or service. */
const COMPLAINT: readonly RegExp[] = [
  /投诉|差评|骗(?!过)|假货|假的|坑(?:人|爹|我|死)|垃圾|太(?:差|慢|坑|过分|离谱|失望|气人|恶心|烂|久)|失望|气死|无语|一直(?:都|还)?(?:没有?|不|未)(?!动|急|太|会)|(?:就|又|现在|马上)降价|(?:^|[\s,，])(?:又|已经)?降价了(?!.{0,4}(?:联系|再|告诉|通知))|什么(?:态度|玩意|破|垃圾|服务|意思嘛|人啊)|忽悠|耍(?:我|人|赖)|敷衍|欺(?:诈|骗|负)|恶心|不负责|推卸|推来推去|踢皮球|过分|离谱|受不了|(?:怎么|为什么|为啥|到现在|都|半天|几天|这么久|好久|一直)[^,，。!！?？]{0,8}还(?:没|不|是没)|还不(?:派送|发货|发|送|退|到|给|处理|来|更新|解决|安排|联系)|没人(?:管|理|处理|接|来)|不(?:像话|讲信用|靠谱|管|理人|解决|处理)|言而无信|说话不算/,
  /(?:坏|破|碎|裂|漏|断|脏|掉色|褪色|起球|变形|发霉|过期|少发|漏发|发错|寄错|送错|错发|弄丢|丢)(?:掉|开|成)?了|少了|(?:是|都|全|就)(?:坏|破|碎|裂|断|脏|旧|错|假|开裂|过期|变形)(?:掉|开)?的|[破碎]成|(?:质量|服务|态度|做工)[^,，。!！?？]{0,4}(?:差|烂|不好|不行|有问题|太)|不能用|用不了|没法用|打不开|开不了机|不工作|没反应|有(?:瑕疵|划痕|破损|裂痕|色差|异味|问题|毛病)|收到(?:的)?(?:货|商品|东西)?(?:就)?是(?:坏|破|错|旧|假|二手)/,
  /\b(?:complain(?:t|ing)?|unacceptable|terrible|awful|horrible|ridiculous|disgusting|disappoint(?:ed|ing)|worst|scam|fraud|rip[- ]?off|fake|useless|rubbish|garbage|pathetic|fed up|sick of|furious|outrageous|waste of)\b|\b(?:broken|damaged|defective|faulty|cracked|torn|leaking|wrong (?:item|size|color|colour|product|order)|doesn(?:'|’)?t work|not working|stopped working|never (?:arrived|came|received|got)|missing (?:item|part|from)|still (?:haven(?:'|’)?t|not|no|waiting))\b/i,
];

/** States a problem: something cannot be done or has not come. After a question of the agent it is the answer to that. */
const PROBLEM: readonly RegExp[] = [
  /[看查找打登进连退付用搜选点充开关装提评发收联扫转修改下传绑][\p{Script=Han}]{0,2}不(?:到|了|通|上|去|开|出|进|过去?|动|起)|(?:没有?|未|不)(?:收到|到账|到货|发货|发出|退|处理|审核|派送|动静|更新|送|给|来|接|回|反应|显示|安装)|无法(?:使用|提交|连接|打开|登录|支付|安装|申请|修改|查看|退|下单)/u,
  /(?:降价|涨价|便宜)了|(?:少|缺|漏)(?:了|发|东西|一|两|个|件|配件)|只(?:收到|有|到|发)[^,，。!！]{0,6}[一半两个件只]|(?:发|拍|买|填|写|选|按|点|开|送|寄|下|弄)错(?!了?吗)|(?:报错|失败|异常|故障|出错|驳回|拒绝|卡住|死机|黑屏|花屏|异响)|(?:老|总|一直|经常|反复|又|还)(?:是|在)?(?:坏|错|断|卡|掉|报错|没|不)|说好|明明|莫名其妙/,
  /\b(?:can(?:'|’)?t|cannot|couldn(?:'|’)?t|unable to|won(?:'|’)?t|doesn(?:'|’)?t|isn(?:'|’)?t|haven(?:'|’)?t|hasn(?:'|’)?t|didn(?:'|’)?t|never|not) (?:find|see|get|open|log|sign|pay|use|track|access|receive|arrive|work|load|connect|been|come|turn|charge|close|fit|update|let|go|show|refund|happy|there|here|what)|\b(?:broke|crack|snapp?|smash|shatter|scratch|dent|stain|leak|rip|tor[en]|damag|faulty|missing|wrong|late|lost|fail|error|charged twice|nobody|no ?one|second time|third time|again)/i,
];

export function statesProblem(text: string): boolean {
  return PROBLEM.some((pattern) => pattern.test(text)) && !/^(?:因为|所以|because)/.test(text);
}

/** Says what does not go or has not come: "I can't sign in", "没法登录", "没收到货". "I can't wait" and "不能接受" do not. */
const TROUBLE: readonly RegExp[] = [
  /\b(?:can(?:'|’)?t|cannot|can not|couldn(?:'|’)?t|unable to|not able to|won(?:'|’)?t let (?:me|us)) (?!wait\b|complain\b|help it\b|be (?:bothered|happier|better)\b|accept\b|agree\b|thank\b|believe\b|do (?:it|that|this)\b)[a-z]{2,}/i,
  /(?:不能|没法|没办法|无法|不会)(?!接受|同意|再|等|说|怪|算|吧|的|是|有|把|保证|这样|啊|呀|呢|了)\p{Script=Han}{2,}/u,
  /[登看查找打付退用选点充开提收联修改下传绑连进][\p{Script=Han}]{0,2}不(?:了|上|到|开|出来|进去?)(?!吗|么|吧)/u,
  /\b(?:haven(?:'|’)?t|hasn(?:'|’)?t|didn(?:'|’)?t|never|still not) (?:yet |even )?(?:received?|got|get|arrived?|come|came)\b|\b(?:doesn|didn|isn|won)(?:'|’)?t (?:even )?(?:work|load|open|show|start|turn on|respond)/i,
  /没有?(?:收到|到货|反应|动静)(?!过)/,
];

export function statesTrouble(text: string): boolean {
  return !/[?？]/.test(text) && TROUBLE.some((pattern) => pattern.test(text));
}

export function complains(text: string): boolean {
  return COMPLAINT.some((pattern) => pattern.test(text)) || statesFault(text);
}

/** Presses for the agent's own work: "好了吗", "还在吗", "any update". Only short lines: longer ones ask for something. */
const CHASE: readonly RegExp[] = [
  /^(?:你|您|客服|亲|那|现在|请问|还)?(?:还)?在(?:吗|么|嘛|不|不在|没|没有|不\?)?(?:啊|呀|呢|线吗|线么)?[?？!！。.\s~～]*$/,
  /^(?:人|客服)(?:呢|在哪|去哪了?|哪去了?)[?？!！\s]*$|^(?:有人|有人在)(?:吗|么|嘛|没)[?？!！\s]*$/,
  /^(?:请问|那|现在|亲)?(?:还)?(?:没有?)?(?:查|处理|弄|办|看|问|解决|改|联系|核实|搞|操作|备注|取消|反馈|提交)?(?:询|实)?(?:好|到|完|定|清楚|有结果|有消息|有答复|有回复)(?:了)?(?:吗|么|嘛|没|没有|不)(?:啊|呀)?[?？!！\s~～]*$/,
  /^(?:怎么样|咋样|如何|怎样)(?:了|啦)?[?？!！\s~～]*$|^(?:有|有没有)(?:结果|消息|答复|回复|进展)(?:了)?(?:吗|么|没)?[?？!！\s]*$/,
  /^(?:你|您|你们)?(?:怎么|为什么|为啥)?(?:还|半天|一直|都|老)?(?:不|没)(?:回复?|说话|理我?|回答|吭声|人回复?|人理)(?:我|了|话|一下)?(?:啊|呢)?[?？!！\s]*$|^(?:快点|快一点|快些|快|速度|急|很急|急急急?|着急|回答我|回复我|说话)(?:啊|呀|吧|回复|回答|一点)?(?:行不行|行吗|好不好|好吗|可以吗)?[!！.。\s]*$/,
  /^(?:我)?(?:等|在等)(?:了)?(?:你|您)?(?:很久|好久|半天|这么久|好长时间|多长时间|一个小时|半小时|半个小时)(?:了)?[!！。.\s]*$|^还要(?:等)?(?:多久|多长时间)(?:啊|呢)?[?？!！\s]*$/,
  /^(?:喂+[\s,，。!！]*)?(?:人|你人|客服|客服人|您人)(?:还)?在(?:吗|么|嘛|不在|哪)?[?？!！。\s~～]*$|^(?:喂[\s,，。!！?？~～]*)+(?:有人(?:在)?(?:吗|么)?|人呢)?[?？!！。\s~～]*$|^(?:理我(?:一?下)?|理一?下我|理理我|理一下|吱个?声|回个?话|回我一?下|回复一?下|回一?下|应一声|怎么没人(?:了|回|理|说话)?(?:我|了|啊)?|客服呢)(?:啊|呀|吧|行不行|行吗|好吗|可以吗)?[?？!！。\s~～]*$/,
  /^[?？\s]+$/,
  /^\W*(?:(?:hello|hi|hey)\W+)?(?:are you (?:still )?(?:there|here)|(?:is )?(?:there )?any(?:one|body)(?: (?:there|here|home|at all|alive|around|reading this|answering))?(?=\W*$)|(?:some(?:one|body)|please)? ?(?:answer|reply|respond)(?: to)? me|where (?:are you|did you go|have you gone|is every(?:one|body))|still (?:there|here|waiting)|you there|any (?:update|news|progress|luck|joy|result)s?(?: (?:with|from) (?:that|it|them))?|(?:i(?:'|’)?ve )?been waiting(?: for)? (?:ages|so long|forever|a while|half an hour|\d{1,3} ?(?:m|min|minutes?|mins|hours?|hrs?))|(?:have you |did you |you )?(?:found|heard|got|find|hear|get) (?:anything|something)(?: back)?|have they (?:replied|answered|responded|got back)(?: to you)?|how much longer|hurry(?: up)?|i(?:'|’)?m (?:still )?waiting|did you (?:find|check|get)[^.!?]{0,20}|are you done|is it done|done yet|well)(?: yet| please| now| on (?:this|that|it))?\W*$/i,
];

export function chases(text: string): boolean {
  return text.length <= 60 && CHASE.some((pattern) => pattern.test(text));
}
