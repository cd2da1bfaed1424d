/** What the agent's or bot's last line did: a short reply means nothing without it. */
export type PreviousMove =
  | 'none'
  | 'asked_fact'
  | 'asked_yes_no'
  | 'offered_help'
  | 'asked_anything_else'
  | 'held'
  | 'closed'
  | 'greeted'
  | 'told';

type Rule = { move: PreviousMove; pattern: RegExp };

/** Tried in order on the line's end first: what was said last is what the customer answers. */
const RULES: readonly Rule[] = [
  {
    move: 'asked_anything_else',
    pattern:
      /还有(?:其[他它]|什么|别的|啥)[^。!！]{0,16}(?:帮|问题|需要|咨询|疑问)|有其[他它][^。!！]{0,12}(?:帮|需要)|anything else|any other (?:questions?|help)|something else i can/i,
  },
  {
    move: 'offered_help',
    pattern:
      /有什么[^。!！]{0,14}(?:帮|处理|解决|为您|效劳|咨询)|(?:什么|哪些|啥)(?:可以|能)?[^。!！]{0,6}帮|(?:遇到|是)[^。!！]{0,5}(?:什么|啥)(?:样的)?问题|之前的问题还是|(?:什么|啥)(?:样的?)?(?:问题|情况|困难)(?:了|呢|吗|啊|亲|么|哦){0,3}[?？]?\s*$|how (?:can|may) i (?:help|assist)|what can i (?:do|help)|what(?:(?:'|’)?s| is| was| seems to be| happened)(?: the| your)? ?(?:problem|issue|matter|wrong|happened|to (?:it|the|your))|what happened|what went wrong/i,
  },
  {
    move: 'asked_yes_no',
    pattern:
      /(?:可以|行|好|对|方便|同意|接受|是|需要|确[定认])(?:的)?(?:吗|么|嘛|不|吧|没有|不[是对行好])[\s~～亲呢哦]*[?？]?\s*$|是否|可否|能否/,
  },
  {
    move: 'asked_fact',
    pattern:
      /(?:提供|发|告知|告诉|报|说|描述|留|上传|拍)[^。!！?？]{0,8}(?:一下|下|给|号|地址|电话|方式|图片|照片)|(?:哪|多少|什么|几|谁|怎么|如何)[^。!！]{0,14}(?:[?？呢]|$)|是多少|(?:订单号|手机号码?|电话|地址|联系方式|单号|抬头|税号|姓名)[^。!！]{0,8}[?？呢]|(?:提供|告诉|告知)[^。!！?？]{0,6}您的|^您的?(?:订单号|手机号码?|电话|地址|姓名|单号)\s*$|\b(?:what|which|when|where|who|why|how)\b[^.!]{0,100}\?|(?:could|can|would|may) (?:you|i) [^.!?]{0,40}(?:provide|send|tell|share|give|have|confirm|get)|(?:please|kindly) (?:provide|send|share|give|tell|confirm|enter)|let me know (?:your|the|which|what)/i,
  },
  {
    move: 'asked_yes_no',
    pattern:
      /(?:吗|(?<![什怎那这多])么|嘛|是不是|是吧|对吧|好不好|可不可以|能不能)[^。!！]{0,12}[?？]?$|没有[~～亲呢哦啊\s]{0,6}[?？]?$|(?:没有|还是)[^。!！]{0,12}[?？]$|\b(?:is|are|was|were|do|does|did|would|will|can|could|have|has|shall|should)\b[^.!?]{1,100}\?|(?:right|okay|ok|correct)\s?\?/i,
  },
  { move: 'asked_fact', pattern: /[?？]\s*$/ },
  {
    move: 'held',
    pattern:
      /稍等|稍候|等一下|等下|请等|稍后|等待一?下|正在(?:为您|帮您|给您)?(?:查|核|处理|联系|确认)|(?:帮|为|给)您(?:查|核|看|问)(?:询|实|看)?(?:一?下)?|one (?:moment|sec|second|minute)|(?:a|just a) (?:moment|sec|second|minute)|please (?:wait|hold)|bear with|hold on|(?:let me|i(?:'|’)?ll|i will) (?:check|look|find|see|confirm)|checking/i,
  },
  {
    move: 'closed',
    pattern:
      /再见|祝您|(?:感谢|谢谢)您?的?[^。!！]{0,12}(?:支持|来电|咨询|惠顾|光临)|欢迎(?:再次|下次)|不客气|goodbye|good bye|\bbye\b|have a (?:great|good|nice|lovely)|thanks? (?:you )?for (?:contacting|chatting|shopping|reaching)|you(?:'|’)?re (?:very )?welcome/i,
  },
  {
    move: 'greeted',
    pattern:
      /^(?:亲(?:爱的|亲)?|尊敬的[^,，]{0,6})?[,，\s]{0,3}(?:您好|你好|在的|在呢|hello|hi|hey|good (?:morning|afternoon|evening)|welcome)(?:[\s,，!！~～。.]|亲爱的|亲|呢|哦|哈|的|在的|在呢|there|很高兴[^,，]{0,8}|欢迎[^,，]{0,8}|welcome[\w ]{0,20}){0,8}$/i,
  },
];

const MAX_LINE = 600;
const SENTENCE_END = /(?<=[。!！?？~～;；\n])|(?<=\.)\s|\s{2,}|(?<=[\p{Script=Han},，])\s(?=\p{Script=Han})/u;

/**
 * What the last line did. Of several sentences the last one that did anything counts, so "您好，请稍等" holds; but "your
 * order number, please; I will check" asks.
 */
export function previousMove(line: string | undefined): PreviousMove {
  if (line === undefined || line.trim() === '') return 'none';
  const tail = line.trim().slice(-MAX_LINE);
  const sentences = tail.split(SENTENCE_END).filter((sentence) => sentence.trim() !== '');
  const moves = sentences
    .toReversed()
    .slice(0, 3)
    .flatMap((sentence) => moveOf(sentence.trim()) ?? []);
  const [last, before] = moves;
  return last === 'held' && before === 'asked_fact' ? before : (last ?? 'told');
}

function moveOf(sentence: string): PreviousMove | undefined {
  return RULES.find((rule) => rule.pattern.test(sentence))?.move;
}
