import type { Flag } from '../../domain/understanding.ts';

export type FlagRule = { flag: Flag; pattern: RegExp };

/** Look-arounds keep out product words: anti-allergy creams, drum washers, smoke alarms, the bank ICBC. */
export const FLAG_RULES: readonly FlagRule[] = [
  {
    flag: 'legal',
    pattern:
      /(?<!\d)1231[58](?!\d)|(?<!\d)12345(?!\d)(?=.{0,6}(?:热线|投诉|举报|市长)|[\s。!！]*$)|工商(?!银行|行|卡|信用|储蓄|e)|消费者?(?:权益)?(?:保护)?(?:协会|委员会)|消协|消保委|市(?:场)?监(?:督)?(?:管理)?局|质监局|(?:起诉|上诉|告)(?:你们?|您|商家|卖家|平台|店家)|去法院|法院(?:见|起诉)|(?:要|去|会|准备|将)起诉|(?:要求|必须|按|得|给我|索赔)[^。！!？?]{0,8}(?:退一赔三|假一赔[三十]|[三十]倍赔偿)|消法|消费者权益保护法|工信部|黑猫(?:投诉|见|上)|律师(?!袍|证|服|装|资格|考试|题)|法律(?:途径|程序|手段|责任|武器)|走法律|打官司|仲裁|(?:要|去|马上|我|已经?)(?:报警|报案)(?!器)|维权(?!难)|(?:要|去|已经?|会)(?:向\S{0,8})?举报|举报(?:你|他|商家|卖家|店)/,
  },
  {
    flag: 'legal',
    pattern:
      /\b(?:lawyers?|attorneys?|solicitors?|lawsuit|legal (?:action|proceedings|advice|team|rights)|small claims|class action|consumer (?:bureau|protection|court|affairs|rights|association)|trading standards|better business bureau|BBB|FTC|ombudsman)\b|\b(?:sue|suing)\s(?:you|your|the|this|them|u)\b|\b(?:going to|gonna|will|i(?:'|’)?ll) sue\b|\b(?:take|see|taking) (?:you|this|them|it) (?:all )?(?:to|in) court\b|\bsee you in court\b|\bpress charges\b|\b(?:a|the|file|filing|open|opening|do|request|initiate) charge ?back\b|\bcharge ?backs?\b(?! (?:cover|cable|case|port))|\bdisput(?:e|ing) (?:(?:this|the|it|my)\s?)?(?:charge|payment|transaction|with (?:my|the) bank)|\blegal notice\b|\bcease and desist\b|\b(?:call|report (?:you|this|it) to|go(?:ing)? to) the (?:police|authorities)\b/i,
  },
  {
    flag: 'safety',
    pattern:
      /(?<!防|抗|不|脱|低|会|不会|易|容易|怕|是否|有没有|零|无)过敏(?!原|肌|性皮肤|体质|能|可以|人群|源)|(?:已经|导致|引起|出现|严重|用了|吃了|穿了)[^。!！?？]{0,8}过敏|(?<!灭|防|打)(?:起火|着火|冒烟|失火)|自燃|(?<!防|抗)爆炸(?!盐|头|糖|图|式|贴)|(?<=[\u4e00-\u9fff])炸(?:了|裂|开)(?!锅|街)|受伤(?!害)|(?:烫|烧|割|划|扎|砸|夹|摔|刺|电)(?:伤|到我?(?:手|脚|孩子|宝宝))|(?<!防|无|不)(?:漏电|触电)(?!保护|断路|开关|插)|被电(?:了|到)|(?<!电脑|手机|系统|病毒)中毒|住院|送医|进(?:了)?医院|急诊|窒息|(?:流|出)血|鼓包|电池(?:膨胀|鼓)|呕吐|拉肚子|腹泻|上吐下泻|一直吐|误(?:吞|食|服)|吞(?:下|了|进)[^。]{0,6}(?:电池|零件|磁|珠|扣)|挂水|输液|打点滴|(?:煤气|燃气|天然气)(?:味|泄漏|漏)|热水器漏气|烂脸|又红又肿|红肿|灼伤|缝了?[几\d一二三四五六七八九十]+针|不想活|一了百了|活着(?:真)?(?:没|没有)(?:什么)?(?:意思|意义)|(?<!想)自杀(?!式)|想自杀|跳楼(?!价)|轻生|割腕|结束(?:自己的)?生命/,
  },
  {
    flag: 'safety',
    pattern:
      /\b(?:allergic (?:reaction|to (?:it|this|the|your))|(?:had|having|got|caused|bad) (?:an )?allerg\w{1,4}|anaphyla\w{1,6}|(?:caught|catch|catching|on|started a|set) fire|in flames|electric(?:al)? shock|electrocuted|got (?:a )?shock(?:ed)?|food poisoning|poisoned|in (?:the )?hospital|emergency room|chok(?:ed|ing)|bleeding|injur(?:ed|y|ies|ing)|explod(?:e|ed|es|ing)|explosion|blew up|started smoking|(?:is|was|started|began) smok(?:ing|ed)|smoke (?:came|coming|started)|overheat(?:ed|ing|s)|battery (?:is )?swo?ll\w{1,4}|swallow(?:ed|ing)|ingested|hives|swelled up|kill myself|end my life|hurt(?:ing)? myself|suicid(?:e|al)|(?:do not|don['’]?t) want to live|want to die(?! for))\b|(?<!\b(?:will|would|does|can|might|could|to) (?:this |it |that )?)\b(?:burn(?:ed|t)?|cut|hurt|scalded) (?:my|me|his|her|our|myself)\b(?! (?:credit|score|wallet|budget|feelings|chances|account|card|hair|order))|\b(?:got|was|been) (?:burn(?:ed|t)|hurt|scalded)\b/i,
  },
  {
    flag: 'threat',
    pattern:
      /弄死|整死|打死你|砍(?:死|你)|杀(?:了你|人|死你)|炸(?:了你|你们)|放火|等着瞧|走着瞧|给我等着|找人(?:收拾|弄|打)|上门(?:找你|闹|砸)|砸(?:了你|店)|要你(?:好看|命)|不得好死|曝光(?:你|他|出去|到|给)|(?:找|上|发)(?:媒体|电视台|微博|抖音|小红书|315)(?:曝光)?|打断(?:你|他)|卸(?:了你|你)|(?:我会|会|去)找上门|找上门(?:去|来)/,
  },
  {
    flag: 'threat',
    pattern:
      /\b(?:kill|hurt|harm|stab|shoot|beat) (?:you|u|him|her|them|someone)\b|\b(?:burn|blow|shoot) (?:you|your|it|the)[\w ]{0,15}(?:down|up)\b|\bbomb (?:you|your|the|threat)\b|\b(?:find|know) (?:out )?where you (?:live|work)\b|\byou(?:'|’)?ll (?:regret|be sorry|pay for)\b|\b(?:expose|ruin|destroy) (?:you|your)\b|\bgo(?:ing)? (?:viral|to the (?:media|press|news))\b|\bpost(?:ing)? (?:this |it )?(?:all over|everywhere)\b|\bwatch your back\b|\bcome(?: and)? find you\b/i,
  },
  {
    flag: 'abuse',
    pattern:
      /傻[逼比叉缺Xx屄]|煞笔|沙[比雕]|脑残|智障|弱智|白痴(?!都|相机|式)|蠢(?:货|猪|驴)|猪(?:头|脑子)|[尼你他她]妈(?:的|逼|个|了个|死)|(?<![妈爸我你他她老])妈(?:的(?!奶奶|爸|妈|生日|手机|号)|逼|蛋)|操(?:你|蛋|他)|草(?:你|泥马)|特么|tmd|nmsl|(?<![a-z])s\.?b(?![a-z])|滚(?:蛋|开|粗|你|远|出去|[!！。\s]*$)|王八|混蛋|狗(?:东西|屎|日|屁|娘养)|畜生|畜牲|人渣|败类|废物|贱(?:人|货|逼)|不要脸|臭不要|死全家|去死|垃圾(?:客服|平台|店铺?|东西|公司|商家|玩意|人)|骗子|无耻|(?:有|什么)病(?:吧|啊)|放屁|屁话/i,
  },
  {
    flag: 'abuse',
    pattern:
      /\b(?:f+u+c+k\w{0,6}|f\*+k?\w{0,4}|wtf|stfu|bullshit|shit(?:ty|s|head)?|assholes?|bitch\w{0,4}|bastards?|idiots?|morons?|dumb(?:ass|o)?|retard(?:ed|s)?|cunts?|dick(?:head)?|scumbags?|scum|piece of (?:crap|shit|garbage)|(?:go )?screw (?:you|yourself)|shut the (?:hell|f\w{0,6}) up|you suck|go to hell|shut up|imbeciles?|you (?:are|re|'re|people are) (?:so )?(?:stupid|useless|pathetic|dumb|thieves|crooks|liars|clowns))\b/i,
  },
  {
    flag: 'injection',
    pattern:
      /\b(?:ignore|disregard|forget|override|bypass|skip)\b[^.!?\n]{0,25}\b(?:previous|above|prior|earlier|preceding|your|all|system|the)\b[^.!?\n]{0,20}\b(?:instructions?|prompts?|rules?|guidelines?|directions?|context|programming|training|policies)\b|\b(?:system|hidden|initial) prompt\b|\b(?:reveal|print|show|repeat|output|tell me)\b[^.!?\n]{0,20}\b(?:your|the) (?:\w+ )?(?:prompt|instructions|rules|configuration)\b|\byou are now (?:a|an|in|dan|my|the|no longer)\b|\b(?:developer|dan|god|debug|admin) mode\b|\bjailbreak\b|\bpretend (?:to be|you are|that you)\b|\bact as (?:if|an? (?:ai|hacker|admin|unrestricted|system|developer))\b|<\/?\s?(?:system|assistant|instructions?)\s?>|\[\/?INST\]|<\|im_(?:start|end)\|>|^\s*(?:system|assistant)\s?:/im,
  },
  {
    flag: 'injection',
    pattern:
      /(?:忽略|无视|忘记|忘掉|不要理会|绕过|跳过|抛开)(?:你|掉)?(?:以上|之前|前面|上面|先前|所有|一切|全部|此前|系统|你|原来)[^。!！?？\n]{0,12}(?:指令|提示|规则|要求|设定|限制|指示|命令|约束|对话|内容)|系统提示词|(?:你的|输出|打印|显示|告诉我)系统提示|提示词(?:是|内容|给我|发)|(?:你现在是|从现在开始你|你将扮演|请你?扮演|假装你是|假设你是)|(?:输出|打印|显示|复述|泄露|告诉我|说出)[^。!！?？\n]{0,8}(?:提示词|系统指令|初始指令|内部规则|设定内容)|开发者模式|越狱模式|管理员模式/,
  },
];
