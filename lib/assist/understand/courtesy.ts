/** Set words around a message's content: greetings, thanks, consent, refusal, farewell. */
export type Courtesy = 'greet' | 'acknowledge' | 'confirm' | 'deny' | 'close';

/** What a line consists of besides courtesies: `rest` is its content. */
export type Peeled = { found: ReadonlySet<Courtesy>; rest: string };

type Rule = { courtesy: Courtesy | 'filler'; pattern: RegExp };

const END = '(?=[\\s\\p{P}\\p{S}]|$)';
/** Where an English refusal ends: "I can't." refuses, "I can't sign in" states a trouble. */
const LAST = '(?=\\s*(?:[\\p{P}\\p{S}]|$))';
const sticky = (source: string, flags = 'iuy') => new RegExp(source, flags);

/** Sticky, tried in order at the start of what is left. Words that could begin content must end where they end. */
const RULES: readonly Rule[] = [
  {
    courtesy: 'filler',
    pattern: sticky(
      '(?:(?:我|就)?(?:就)?(?:是)?(?:想|要)(?:要|再)?(?:问|咨询|了解|知道|请教|确认)(?:你们?|您)?(?:一?下下?|问)?|(?:麻烦|请)(?:问|教)(?:你们?|您)?(?:一?下)?|问一?下|咨询一?下)(?=\\p{Script=Han}{3})',
    ),
  },
  { courtesy: 'filler', pattern: sticky('[\\s\\p{P}\\p{S}\\p{Emoji_Presentation}\\ufe0f\\u200d]+') },
  {
    courtesy: 'close',
    pattern: sticky(
      `(?:没有?(?:其[他它]的?|别的|什么|啥)?(?:问题|事情?|疑问|需要|要问的)?[了啦喽](?![吗么嘛货])|(?:暂时|目前|现在)?(?:没有?|没有其[他它]的?)了?${END}|没(?:什么|啥)?(?:问题|事)了|没(?:什么|啥)(?:问题|事)?${END}|(?:目前|暂时|其[他它]的?|别的)?(?:就这些|就这个|都?没有?)[了啦]${END}|(?:就这些|就这个)${END}|(?:暂时|先)?不(?:用|需要|要)了|再见|拜拜?(?:了|啦)?|回见|88${END}|886${END}|(?:就|先)这样(?:吧|了|哈)?${END}|(?:我)?(?:就)?不(?:打扰|聊)(?:你|您)?了|晚安|(?:提前|也|先|再)?祝(?:你|您)[\\p{Script=Han}]{0,8}|都?愉快|(?:good ?)?bye(?: bye)?\\b|see you|that(?:'|’)?s (?:all|it|everything)\\b|nothing else|have a (?:nice|good|great) (?:day|one|evening|weekend)|(?:no,? )?(?:i'm|i’m|im|i am) (?:all )?(?:good|set)\\b|all (?:good|set)\\b|take care\\b|no more questions)`,
    ),
  },
  {
    courtesy: 'acknowledge',
    pattern: sticky(
      `(?:(?:非常|太|十分|多|谢了|真的)?(?:谢谢?|感谢|多谢)(?:您|你|亲)?(?:们)?(?:啦|了|哈|咯|喽)?(?:的(?:帮助|回复|解答|耐心\\p{Script=Han}{0,2}))?|3q${END}|辛苦(?:你|您)?(?:了|啦)?|(?:麻烦|打扰)(?:你|您)?(?:了|啦)|没关系|没事(?:儿|的)?(?:啊|哈)?${END}|不客气|理解(?:理解)?${END}|抱歉${END}|不好意思${END}|对不起${END}|好(?:的|滴|哒|嘞|勒|咧|吧|呀|呢|哦|喔|啊|哈|咯)+(?:吧|呢|呀|哈|哦|啊|亲)*|(?:[好哦噢嗯恩]|ok)(?=谢谢|多谢|感谢|辛苦|好的|知道|明白|麻烦[你您]?了)|(?:那)?(?:就)?好(?:了|吧|的)?${END}|行(?:的|吧|啊|了|呢|哈)?${END}|嗯(?:嗯|呐|呢|啊|哪|那|好)*${END}|恩+${END}|[哦噢喔奥额呃哎唉啊嗷昂]+${END}|(?:我)?(?:知道|明白|了解|清楚|懂|收到|看到)(?:了|啦|咯)${END}|(?:知道|明白|了解|收到)${END}|(?:哈|呵|嘿|嘻){2,}|原来(?:如此|是这样|这样)(?:啊|的)?|这样(?:啊|子|呀)${END}|可以的?(?:吧|啊|哈)?${END}|没问题${END}|那?(?:我)?(?:就)?(?:再)?等(?:等|着|你|您)?(?:吧|看|消息)?${END}|那算了${END}|thank(?:s| you)(?: (?:so|very) much| a lot| again| for [\\w ]{1,30})?|thx\\b|ty(?:sm|vm)?\\b|cheers\\b|appreciate it|ok(?:ay|k)?(?:的|滴|哒|啦|呀|吧|哈|嗯|哦)+${END}|ok(?:ay|k|ey|ie)?(?: dok(?:ie|ey))?\\b|hao ?de${END}|k\\b|alright\\b|all right\\b|got it\\b|i see\\b|understood\\b|sure\\b|great\\b|perfect\\b|cool\\b|fine\\b|good\\b|nice\\b|awesome\\b|sounds good|no (?:problem|worries|rush|hurry)\\b|np\\b|alrighty\\b|righto\\b|okie\\b|of course${END}|take (?:your|ur) time|why not${END}|go (?:on|ahead|for it)(?: then)?${END}|(?:that |it )?works for me${END}|that(?:'|’)?(?:s|ll| is| will| would|d)(?: be)? (?:fine|great|ok(?:ay)?|good|perfect|lovely|alright|ok)${END}|i understand\\b|makes sense\\b|will do\\b|noted\\b|hmm+\\b|oh+\\b|ah+\\b)`,
    ),
  },
  {
    courtesy: 'greet',
    pattern: sticky(
      `(?:亲(?:亲|爱的)?(?:们)?${END}|亲[,，]|(?:客服)?(?:你|您|妳|泥)们?好(?:啊|呀|哈|的)?(?![用看吃])|哈[喽罗啰]|嗨|在(?:吗|么|嘛|不在|不|的吗|线吗)?(?:亲|客服)?${END}|(?:请问)?有人(?:在)?(?:吗|么|嘛)|(?:早上|上午|中午|下午|晚上|早)好|早安|早${END}|客服(?:小姐姐|小哥哥|你好|您好)?${END}|(?:请问|(?:我)?(?:想|要)?(?:咨询|问)(?:你|您)?(?:一?下|一?个?问题|个事|点事)|(?:我)?(?:想|有)(?:问|咨询)?个?问题)${END}|(?:hi|hello|hey|hiya|howdy)(?: there)?\\b|good (?:morning|afternoon|evening|day)\\b|greetings\\b|(?:can|could) (?:i|you|someone|somebody|anyone|anybody)(?: please)? (?:help(?: me)?(?: out)?|ask (?:you )?(?:something|a (?:quick )?question))(?: please| with something)?${END}|(?:i have |i(?:'|’)?ve |i got |got |have |just )?(?:a )?(?:quick )?(?:question|q)(?: for you)?${END}|how(?:'|’)?s it going${END}|how are (?:you|u)(?: doing| today)?${END}|(?:i )?hope (?:you|u)(?:'|’| a)?re (?:well|ok|good)${END}|(?:is )?any(?:one|body) (?:there|here|around|online|available|free)${END})`,
    ),
  },
  {
    courtesy: 'confirm',
    pattern: sticky(
      `(?:(?:是(?:的|滴|啊|阿|呀|呢|哒)(?:呢|啊|呀|哦|哈)?)+${END}|对(?:哈|哦|嘛)${END}|是${END}|对(?:的|啊|呀|哒|呢|滴|对|头)*${END}|没错(?:的|啊)?${END}|同意(?:的)?${END}|确[定认](?:的)?${END}|(?:需)?要的?${END}|有的?(?:啊)?${END}|愿意${END}|yes\\b|yeah\\b|yep\\b|yup\\b|correct\\b|right\\b|exactly\\b|that(?:'|’)?s (?:right|correct)|of course\\b|indeed\\b|please do\\b|i do\\b|absolutely\\b)`,
    ),
  },
  {
    courtesy: 'deny',
    pattern: sticky(
      `(?:不是(?:的|啊|呢)?${END}|不(?:要|用|行|可以|对|同意|需要|想|会|能|能用)?(?:的|啊|哦|呢|了)?${END}|没有?(?:的|啊|呢|哦)?${END}|(?:还|都|并)没有?(?:呢|啊)?${END}|未${END}|算了(?:吧)?${END}|no\\b(?! (?:one|way|idea|response|reply|refund|answer|update|tracking|longer|show|more|problem))|nope\\b|nah\\b|not (?:really|yet)\\b|never mind\\b|i don(?:'|’)?t${LAST}|i(?:'|’)?d rather not\\b|no idea\\b|not any ?more\\b|i can(?:'|’)?t${LAST}|i haven(?:'|’)?t${LAST}|nothing(?: yet)?${END})`,
    ),
  },
];

const TAIL =
  /[\s,，。.!！~～]*(?:谢谢(?:您|你|啦|了)?|多谢|感谢|辛苦了|麻烦了|亲(?:亲)?|在(?:吗|么)|(?:你|您)好|thanks?(?: you)?(?: so much| in advance)?|please)[\s,，。.!！~～]*$/i;
const MAX_PEELS = 12;
const MAX_CLAUSES = 60;
/** A clause and what closes it: punctuation, or a space between Chinese. */
const CLAUSE = /[^,，。!！?？~～;；…\n]{1,400}[,，。!！?？~～;；…\n]{0,20}/gu;
const HAN_SPACE = /(?<=\p{Script=Han})[ \t\u3000]{1,5}|[ \t\u3000]{1,5}(?=\p{Script=Han})/gu;

/** Takes the courtesies off every clause of a line; what is left, in its own words, is what the line is about. */
export function peel(line: string): Peeled {
  const found = new Set<Courtesy>();
  const clauses = line.match(CLAUSE)?.flatMap((clause) => clause.split(HAN_SPACE)) ?? [];
  const kept = clauses.slice(0, MAX_CLAUSES).map((clause) => peelClause(clause, found));
  const rest = [...kept, ...clauses.slice(MAX_CLAUSES)].filter((clause) => clause !== '').join(' ');
  return { found, rest: withoutTail(rest) };
}

/** A clause that asks back ("对吗？", "好了？") is content even if its words alone are set. */
function peelClause(clause: string, found: Set<Courtesy>): string {
  const own = new Set<Courtesy>();
  let rest = clause;
  for (let round = 0; round < MAX_PEELS && rest !== ''; round += 1) {
    const next = peelOnce(rest);
    if (next === undefined) break;
    if (next.courtesy !== 'filler') own.add(next.courtesy);
    rest = rest.slice(next.length);
  }
  if (rest === '' && /[?？]/.test(clause) && asksBack(own)) return clause;
  for (const courtesy of own) found.add(courtesy);
  return rest;
}

const asksBack = (own: ReadonlySet<Courtesy>): boolean => own.size > 0 && !own.has('greet') && !own.has('close');

function withoutTail(rest: string): string {
  const end = rest.slice(-80);
  const trimmed = end.replace(TAIL, '');
  return trimmed === '' ? rest : rest.slice(0, rest.length - end.length) + trimmed;
}

function peelOnce(rest: string): { courtesy: Rule['courtesy']; length: number } | undefined {
  for (const { courtesy, pattern } of RULES) {
    pattern.lastIndex = 0;
    const length = pattern.exec(rest)?.[0].length ?? 0;
    if (length > 0) return { courtesy, length };
  }
  return undefined;
}
