/**
 * What a customer takes back in the same breath: a message sent by mistake ("不好意思发错了", "sorry, wrong chat"), a
 * number typed wrong ("313021098954，不对，是313021098955"). Wrong goods are another matter: "你们发错了", "发错货了".
 */

/** What may stand around the words: marks, emoji, and their ends. */
const GAP = String.raw`[\s,，。.!！;；:：…~～\-—\p{Extended_Pictographic}\ufe0f]`;
const EXCUSE = String.raw`(?:不好意思|抱歉|对不起|對不起|哎呀|哎|啊|额|呃|哦|噢|诶|晕|尴尬|不小心|手[滑快]|(?:so |very |really )?sorry|sry|apologies|oops|whoops|my (?:bad|mistake)|ah|oh|lol|haha)`;
const BEFORE = String.raw`(?:^|(?<=${GAP}))`;
/** A clause ends, or what was meant begins. */
const AFTER = String.raw`(?=$|${GAP}|我[想要的]|请问|想问|应该|是|这[个才]|怎么|\d)`;
const OWN = String.raw`(?:我|刚才|刚刚|刚|上面|前面|这条|那条|这个|那个|这张|那张|是|的|给你|不小心|手滑|手快|消息|图片?)`;
const TYPED = String.raw`(?:打|输|粘|贴|粘贴|复制|[传傳]|写|寫|说|說)`;
const LAST = String.raw`(?:了|啦|咯|喽|哈|啊|呀|哦|的|亲)`;
/** What is sent in a chat, and where to; goods are not among it. */
const SENT = String.raw`(?:人|群|对话|对话框|窗口|聊天|消息|信息|[讯訊]息|[图圖]|[图圖]片|照片|截图|链接|字|数字|单号|订单号?|号码|号|店|店铺|客服)`;
const PLACE = 'chat|window|message|person|conversation|tab|thread|shop|store|contact';
const SENT_EN = `one|number|order|order number|order no|id|pic|photo|picture|image|screenshot|link|file|attachment|text|${PLACE}`;

const clause = (words: string): string => `${BEFORE}(?:${words})${AFTER}`;
/** Between English words stands a space: only marks, the line's ends, or a new sentence part clauses. */
const BEFORE_EN = String.raw`(?:^|(?<=[,，.。!！?？;；:…~\n\p{Extended_Pictographic}]\s{0,3}))`;
const AFTER_EN = String.raw`(?=\s*$|\s?[,，.。!！;；:…~\n\p{Extended_Pictographic}]|\s-|\s(?:i mean|it['’]?s|here|where|how|what|when|why|can i|could|please|\d))`;
const clauseEn = (words: string): string => `${BEFORE_EN}(?:${words})${AFTER_EN}`;
/** An excuse, or "我", says whose mistake it was; without either only what is plainly about the chat does. */
const SLIPS: readonly string[] = [
  clause(
    `(?:${EXCUSE}${GAP}{0,6}){1,3}(?:亲${GAP}{0,3})?${OWN}{0,4}(?:[发發]|${TYPED})[错錯]${LAST}{0,2}(?:${SENT}${LAST}{0,3})?`,
  ),
  clause(`${OWN}{0,3}我${OWN}{0,3}(?:[发發]|${TYPED})[错錯](?:${LAST}{1,2}|${LAST}?${SENT}${LAST}{0,3})`),
  clause(
    `${OWN}{0,3}(?:[发發][错錯]${LAST}?${SENT}|(?:打|输|粘|粘贴|复制|[传傳])[错錯](?:${LAST}?${SENT})?)${LAST}{1,3}`,
  ),
  clause(
    `(?:请|麻烦)?(?:忽略|无视|别管|不用管|不要管)(?:一?下)?(?:上面|前面|上一|刚才|刚刚)(?:的|那|这|条|句|个|张|消息|信息|图|话){0,4}${LAST}{0,2}`,
  ),
  clause(
    `(?:上面|前面|上一|刚才|刚刚)(?:的|那|这|条|句|个|张|消息|信息|图|话){1,4}(?:不算|作废|忽略|无视|不用管|别管)${LAST}{0,2}|当我没[说问發发]${LAST}{0,2}`,
  ),
  clauseEn(
    `(?:${EXCUSE}${GAP}{0,6}){1,3}(?:(?:that|this|it)(?:['’]?s| was| is) |i (?:sent|typed|pasted|posted) (?:you )?)?(?:the )?wrong (?:${SENT_EN})(?:${GAP}{0,3}sorry)?`,
  ),
  clauseEn(
    `(?:(?:that|this|it)(?:['’]?s| was| is) |i (?:sent|typed|pasted|posted) (?:you |that to |this to |it to )?)?(?:the )?wrong (?:chat|window|conversation|tab|thread|message)|(?:i (?:sent|typed|pasted|posted) (?:you )?)(?:the )?wrong (?:${SENT_EN})|wrong (?:${SENT_EN})${GAP}{1,3}(?:so )?sorry`,
  ),
  clauseEn(
    `(?:please |pls |just ){0,2}(?:ignore|disregard|scratch) (?:that|this|it|(?:that|this|my|the) (?:last|previous|first|above)?(?: ?(?:one|message|text|msg|pic|photo))?)(?: please| pls)?`,
  ),
  clauseEn(
    `(?:${EXCUSE}${GAP}{0,6}){0,3}(?:that (?:was|is) |this (?:was|is) |it was )?(?:meant|intended) for (?:someone|somebody|my \\w+)(?: else)?|(?:${EXCUSE}${GAP}{0,6}){0,3}(?:i )?sent (?:that|this|it) (?:by (?:mistake|accident)|to (?:the )?wrong (?:person|chat|window))|i did(?:n['’]?t| not) mean to send (?:that|this|it)`,
  ),
  `${BEFORE}(?:订单号?|单号|号码)(?:发|打|输|写|填)错了?(?=[^\\d]{0,8}\\d{5})`,
];
const SLIP = new RegExp(`(?:${SLIPS.join('|')})`, 'giu');
const FIRST_SLIP = new RegExp(SLIP, 'iu');
/** Puts in order what follows: "应该是 313…", "it's 313…". */
const INSTEAD =
  /^[\s,，。.!！:：…~～-]{0,6}(?:(?:应该|正确的?|其实)?是(?:这个)?|这个才是|it(?:['’]?s| is)|i mean(?:t)?|should be|the right one is)?[\s,，:：]{0,3}(?=[A-Za-z-]{0,4}\d{4})/iu;

const NUMBER = String.raw`(?<![A-Za-z\d-])[A-Za-z]{0,4}-?\d[\d-]{4,23}(?![\d-])`;
const MISTYPED = String.raw`(?:不对|不是|错了[\s,，]{0,3}(?:是|应该是)|(?:打|输|写|填|发|说|贴|弄|搞)错(?:了|啦)?[\s,，。]{0,3}(?:是|应该是|应该|正确的是|这个)|不好意思|抱歉|sorry|oops|no,? wait|wait,? no|scratch that|correction|i mean[t]?|my (?:bad|mistake)|typo)`;
/** A number, words that take it back, and the right one; "…也不对" takes nothing back. */
const MISTYPED_THEN = new RegExp(
  `${NUMBER}${GAP}{0,4}${MISTYPED}(?:(?![也和\\d?？])[^\\n]){0,24}?(?=${NUMBER}(?!${GAP}{0,3}也))`,
  'giu',
);
/** "不是A，是B", "not A but B". */
const NOT_BUT = new RegExp(
  `(?:不是|not )\\s{0,2}${NUMBER}(?=[\\s,，]{0,3}(?:而?是|but|it['’]?s|it is)\\s{0,3}${NUMBER})`,
  'giu',
);

/** The marks that a slip leaves behind. */
const LOOSE = /^[\s,，。.!！;；:：…~～-]+/u;

const says = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** A text without the number that it takes back itself. */
const corrected = (text: string): string => text.replaceAll(MISTYPED_THEN, ' ').replaceAll(NOT_BUT, ' ');

/** Nothing but a number, named or not: what "发错了" behind it takes back. */
const ALONE = new RegExp(`^[^\\d]{0,12}${NUMBER}[^\\d]{0,6}$`, 'iu');
const isNumber = (text: string): boolean => ALONE.test(text.trim());

/** `slips`: a message of theirs was sent by mistake. `rest`: what else the text says. */
function readSlip(text: string): { slips: boolean; rest: string } {
  const first = text.search(SLIP);
  if (first < 0) return { slips: false, rest: text };
  const before = text.slice(0, first);
  const after = text.slice(first).replace(FIRST_SLIP, ' ').replace(INSTEAD, '');
  return {
    slips: !says(before),
    rest: `${isNumber(before) ? '' : before}${after}`.replaceAll(SLIP, ' ').replace(LOOSE, '').trim(),
  };
}

/**
 * The texts of a turn as they are meant, in order; `undefined` where one is taken back, or only takes another back.
 * A card or a picture has no text (`''`) and may be taken back as well.
 */
export function meantTexts(texts: readonly string[]): (string | undefined)[] {
  const meant: (string | undefined)[] = [];
  for (const text of texts) {
    const { slips, rest } = readSlip(text);
    const wrong = slips ? meant.findLastIndex((one) => one !== undefined) : -1;
    if (wrong >= 0) meant[wrong] = undefined;
    meant.push(rest !== text && !says(rest) ? undefined : corrected(rest));
  }
  return meant;
}
