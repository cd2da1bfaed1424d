/**
 * Whether text that should only inform tries to instruct a model. Such text is never given to one: the authored answer
 * stands as it is. A filter alone would be talked around; behind it are the delimited prompt and the grounding check.
 */
const INSTRUCTIONS: readonly RegExp[] = [
  /(?:忽略|无视|忘记|忘掉|不要理会|跳过|推翻|取消|覆盖|绕过).{0,12}(?:指示|指令|规则|要求|设定|提示|内容|限制|对话|政策|约束|资料|来源)/,
  /(?:系统|隐藏|初始|内部)\s?(?:提示(?!.{0,4}(?:无|不|没|失败|异常|错误|未))|指令|设定)|提示词/,
  /(?:从现在(?:起|开始)|接下来|现在).{0,6}(?:你(?:是|就是|扮演|要|必须|将)|扮演|进入)|你现在是|扮演一?[个名位]?|假装你?|开发者模式|管理员模式|越狱/,
  /(?:必须|务必|只能?|请直接|一律|照此|原样).{0,6}(?:回复|回答|输出|告诉(?:客户|顾客|用户|买家)|说(?!明))/,
  /(?:回复|回答|告诉|告知)(?:所有|每个|每位|全部)?(?:客户|顾客|用户|买家)[:：,，]?.{0,20}(?:免费|退款|赔|优惠|加微信|转账|赠送|半价)/,
  /(?:重复|复述|打印|输出|泄露|显示|翻译).{0,8}(?:以上|上面|上述|前面|全部|系统|指令|提示|配置|密钥)/,
  /\b(?:ignore|disregard|forget|override|bypass|skip|drop)\b.{0,30}\b(?:instructions?|rules?|prompts?|polic(?:y|ies)|guidelines?|sources?|above|previous|prior|system|context|restrictions?|constraints?)\b/i,
  /\b(?:system|hidden|initial|developer|internal) ?(?:prompt|message|instructions?|note|mode)\b|\bjailbr|\bprompt injection\b/i,
  /\b(?:you are now|from now on|act as|pretend|roleplay|role-play|you must now|new instructions?|your new (?:task|role|job|goal))\b/i,
  /\b(?:reply|respond|answer|say|output|write|print|repeat|tell (?:the |every |all )?(?:customers?|users?|buyers?|them|me))\b.{0,25}\b(?:only|exactly|verbatim|nothing but|the following|with the words?|that (?:it|the|they|we|this))\b/i,
  /\b(?:to|note to|message (?:to|for)|attention|dear) (?:the )?(?:ai|assistant|model|bot|llm|chatbot)\b|\bassistant\s?:|\bsystem\s?:/i,
  /\b(?:reveal|leak|show|expose|disclose|dump)\b.{0,25}\b(?:prompt|instructions?|config|secrets?|keys?|context)\b/i,
  /<\/?(?:system|assistant|user|instructions?|data|prompt|im_start|im_end|s)\b|<\|[a-z_]+\|>|\[\/?(?:inst|system)\]|#{2,}\s?(?:instruction|system|new task)|```/i,
  /(?:\b(?:ai|llm|model)\b|助手|模型|机器人)[:：,， ].{0,30}(?:请|必须|应|要|should|must|will|please)/i,
];
/** Letters spaced apart or joined by invisible characters hide words from patterns. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const SPACED = /\b(?:\p{L}[\s.·_*-]){4,}\p{L}\b/gu;
const ENCODED = /(?:[A-Za-z0-9+/]{40,}={0,2})|(?:\\u[0-9a-f]{4}){4,}|(?:&#x?[0-9a-f]+;){4,}/i;

export function instructs(text: string): boolean {
  const shown = text.normalize('NFKC').replace(INVISIBLE, '');
  const joined = shown.replace(SPACED, (word) => word.replace(/[\s.·_*-]/g, ''));
  return ENCODED.test(shown) || INSTRUCTIONS.some((pattern) => pattern.test(shown) || pattern.test(joined));
}
