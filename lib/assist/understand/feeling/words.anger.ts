/** Words of anger and of attack, zh and en, in our own choice; the number says how sure a single one is. */
export const ANGER: readonly (readonly [number, string])[] = [
  [
    0,
    '操作 体操 操心 操场 操控 操纵 麻烦 破损 刺破 打破 破解 突破 不好意思 狗粮 狗狗 猫狗 热狗 猪肉 猪蹄 靠谱 可靠 依靠 靠近 靠垫 靠背 靠枕 草莓 草稿 草本 青草 花草 逼近 逼真 恨不得 灿烂 烂漫 砍价 砍单 坑位 尼龙 尼康 比基尼 印尼 摩尼 骗保 防骗 吵闹钟 闹钟 热闹 鼠标垫 傻瓜式 瞎子 毛线帽 毛线衣 还是 还有 还款 还能 还好 还可以 归还 都是 都有 都可以 没关系 没事 没问题 没了 什么时候 怎么样 死机 死角 天天向上 不能用 不过分 过分吗',
  ],
  [
    4,
    '😡 🤬 👿 气死 气炸 气疯 气人 气坏 气得 气的我 气愤 愤怒 愤慨 火大 怒火 恼火 恼怒 暴怒 发怒 怒了 生气 来气 窝火 忍无可忍 受够了 受不了 够了 欺人太甚 欺负人 不要脸 臭不要脸 无耻 可恶 可恨 滚 滚蛋 滚开 妈的 他妈 他娘 你妈 尼玛 泥马 特么 特码 他码 tmd tm nnd 麻痹 妈蛋 我操 操你 操蛋 草泥马 日了狗 马勒 我了个去 你大爷 他大爷 你妹 尼妹 傻逼 傻比 傻b 煞笔 沙比 脑残 智障 弱智 神经病 变态 贱 贱人 贱货 婊 畜生 禽兽 人渣 渣男 混蛋 王八 狗屁 狗东西 放屁 去死 死去 找死 该死 什么玩意 什么东西 什么态度 什么破 破玩意 凭什么 太过分 过分了 真过分 很过分 黑心 奸商 无良 骗子 坑爹 坑人 骗人 缺德 没良心 没素质 不讲理 讨厌死 烦死 烦人 闭嘴 少废话 废物 呸 劳资 老子 老娘 岂有此理 没脑子 脑子有 脑子进水 搞毛 毛线 吃屎 报应 不得好死 丧心病狂 疯了 抓狂 发飙 想骂人 骂人 火冒三丈 翻脸 有完没完 没完没了 还让不让 让不让人 几个意思 有意思吗 什么意思啊 垃圾 [怒] [抓狂] [发怒] [骂人] 《怒》 《抓狂》 《怒骂》 《鄙视》',
  ],
  [
    2,
    '无语 烦 烦躁 暴躁 崩溃 离谱 扯淡 扯蛋 胡说 瞎扯 瞎搞 乱来 忽悠 糊弄 敷衍 耍我 耍了 玩我 逗我 坑 破 烂 差劲 差评 恶劣 丢人 丢脸 可笑 醉了 奇葩 极品 嘴脸 霸道 傲慢 虚伪 装逼 自私 逼 打死 弄死 砍 揍 抽你 骂 吵死 吵 闹 折腾 活该 啊啊 到底 究竟 居然 竟然 还敢 好意思 有脸 良心 素质 讨厌 恨 憎 鄙视 抵制 投诉 举报 曝光 靠 草 操 屎 屁 狗 猪 瞎 蠢 傻 不配 呵呵 惹 炸了 诅咒 枪毙 小人 得寸进尺 硬要 三八 脾气 火气 不负责 推卸 不作为 没人管 骗 卧槽 恶心 分分钟 加班 弄丢 糟糕 真想 特意 故意 白跑 白等 耽误 倒霉 不让 不接 尼 艹',
  ],
  [
    1,
    '什么 怎么 干嘛 为什么 为毛 凭啥 还 没 都 不能 不懂 让我 真是 妈 鬼 疯 一天 嘛 这种 这么 简直 就不能 能不能 会不会 有没有 到现在 老是 总是 天天 每次 非要 偏偏 明明 又 死',
  ],
  [
    -2,
    '害怕 恐怖 可怕 恐惧 吓 惊 震惊 惊讶 没想到 原来 突然 哭 泪 想念 怀念 思念 孤独 心酸 难过 伤心 心疼 遗憾 快乐 努力 希望 祝 晚安 幸福 开心 哈哈 谢谢 感谢 喜欢 爱你 可爱 暖 加油 恭喜 期待 生日 回忆 曾经 人生 成长 成功 发现 梦 害羞 紧张 担心 怕 喜 乐 美 《泪》 《吃惊》 《偷笑》 《爱你》 《心》 《伤心》 《可怜》 [泪] [心] [偷笑]',
  ],
  [
    -1,
    '应该 如果 身边 我们 他们 一起 在一起 重要 世界 时候 时间 生活 感觉 可以 第一 很多 结婚 离开 电影 诗 雪 风 冬 年 由 与 其 使 并 该 地区 城市 发展 和',
  ],
];

export const ANGER_EN: readonly (readonly [number, string])[] = [
  [
    4,
    'furious livid outraged outrageous enraged infuriating infuriated fuming angry pissed unacceptable ridiculous disgusting disgusted disgraceful pathetic scammers thieves liars crooks appalling fuck fucking wtf bullshit idiots morons|fed up|sick of|sick and tired|had enough|how dare|rip off|never again|absolute joke|complete joke|what the hell|are you kidding|you people|last straw|do your job|out of patience|wits end|beyond a joke|this is insane|this is crazy|worst ever|worst service|worst company|makes me sick',
  ],
  [
    2,
    'mad disgrace scam scammed fraud liar shameful incompetent hate damn hell bs idiot stupid garbage rubbish worst useless rude awful terrible horrible insane sue|again and again|for the third time|third time|for weeks|no excuse|yet again|still no|enough',
  ],
  [1, 'why again still never nobody refuse refused lied ignored'],
  [-2, 'joke jokes funny song play tell report'],
];
