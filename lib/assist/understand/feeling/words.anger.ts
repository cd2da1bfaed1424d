/** Words of anger and of attack, zh and en, in our own choice; the number says how sure a single one is. */
export const ANGER: readonly (readonly [number, string])[] = [
  [
    0,
    '送妈妈 送妈妈的 给妈妈 给妈妈的 垃圾袋 垃圾桶 垃圾箱 垃圾分类 垃圾铲 垃圾篓 厨余垃圾 滚筒 滚轮 滚动 翻滚 打滚 摇滚 滚边 滚珠 滚刷 滚烫 变态辣 够了吗 够了么 够了没 黑鬼椒 妈妈 妈妈的 妈妈个 你妈妈 他妈妈 你妈妈的 他妈妈的 我妈 我妈的 老妈 宝妈 孕妈 辣妈 送妈 给妈 孩子他妈 孩儿他妈 孩子他爸 奶奶的生日 送奶奶的 给奶奶的 送爷爷的 给爷爷的 我奶奶的 我爷爷的 操作 体操 操心 操场 操控 操纵 麻烦 破损 刺破 打破 破解 突破 不好意思 狗粮 狗狗 猫狗 热狗 猪肉 猪蹄 靠谱 可靠 依靠 靠近 靠垫 靠背 靠枕 草莓 草稿 草本 青草 花草 逼近 逼真 恨不得 灿烂 烂漫 砍价 砍单 坑位 尼龙 尼康 比基尼 印尼 摩尼 骗保 防骗 吵闹钟 闹钟 热闹 鼠标垫 傻瓜式 瞎子 毛线帽 毛线衣 还是 还有 还款 还能 还好 还可以 归还 都是 都有 都可以 没关系 没事 没问题 没了 什么时候 怎么样 死机 死角 天天向上 不能用 不过分 过分吗',
  ],
  [
    4,
    '😡 🤬 👿 气死 气炸 气疯 气人 气坏 气得 气的我 气愤 愤怒 愤慨 火大 怒火 恼火 恼怒 暴怒 发怒 怒了 生气 来气 窝火 忍无可忍 受够了 受不了 够了 欺人太甚 欺负人 不要脸 臭不要脸 无耻 可恶 可恨 滚 滚蛋 滚开 妈的 他妈 他娘 你妈 尼玛 泥马 特么 特码 他码 tmd tm nnd 麻痹 妈蛋 我操 操你 操蛋 草泥马 日了狗 马勒 我了个去 你大爷 他大爷 你妹 尼妹 傻逼 傻比 傻b 煞笔 沙比 脑残 智障 弱智 神经病 变态 贱 贱人 贱货 婊 畜生 禽兽 人渣 渣男 混蛋 王八 狗屁 狗东西 放屁 去死 死去 找死 该死 什么玩意 什么东西 什么态度 什么破 破玩意 凭什么 太过分 过分了 真过分 很过分 黑心 奸商 无良 骗子 坑爹 坑人 骗人 缺德 没良心 没素质 不讲理 讨厌死 烦死 烦人 闭嘴 少废话 废物 呸 劳资 老子 老娘 岂有此理 没脑子 脑子有 脑子进水 搞毛 毛线 吃屎 报应 不得好死 丧心病狂 疯了 抓狂 发飙 想骂人 骂人 火冒三丈 翻脸 有完没完 没完没了 还让不让 让不让人 几个意思 有意思吗 几把 鸡巴 鸟人 妈个 娘的 奶奶的 爷爷的 大爷的 他奶奶 我去你 去你的 去你妈 死开 狗逼 逼事 逼人 傻叉 傻缺 二货 二逼 煞笔 神经 贱男 贱女 小三 不是东西 不是人 没人性 没天理 还有没有王法 天理 王法 无赖 耍赖 泼妇 气到 气哭 气愤 气呼呼 气不打 气不过 咽不下 发火 冒火 上火 肝火 想打人 想杀人 想揍 想抽 揍死 抽死 劈死 弄死 打死你 砸了 撕了 掀桌 摔东西 拍桌子 吼 骂街 骂死 骂娘 怼 看不下去 听不下去 忍不了 忍不住想骂 不能忍 忍你很久 受够 够够的 恶心死 烦死了 烦透 烦得 讨厌死 最讨厌 最恨 最烦 恨死 恨透 鬼知道 见鬼 活见鬼 什么鬼 什么垃圾 什么狗屁 什么人啊 什么素质 什么逻辑 什么意思啊 垃圾 [怒] [抓狂] [发怒] [骂人] 《怒》 《抓狂》 《怒骂》 《鄙视》',
  ],
  [
    2,
    '无语 烦 烦躁 暴躁 崩溃 离谱 扯淡 扯蛋 胡说 瞎扯 瞎搞 乱来 忽悠 糊弄 敷衍 耍我 耍了 玩我 逗我 坑 破 烂 差劲 差评 恶劣 丢人 丢脸 可笑 醉了 奇葩 极品 嘴脸 霸道 傲慢 虚伪 装逼 自私 逼 打死 弄死 砍 揍 抽你 骂 吵死 吵 闹 折腾 活该 啊啊 到底 究竟 居然 竟然 还敢 好意思 有脸 良心 素质 讨厌 恨 憎 鄙视 抵制 投诉 举报 曝光 靠 草 操 屎 屁 狗 猪 瞎 蠢 傻 不配 呵呵 惹 炸了 诅咒 枪毙 小人 得寸进尺 硬要 三八 脾气 火气 不负责 推卸 不作为 没人管 骗 卧槽 恶心 分分钟 加班 弄丢 糟糕 真想 特意 故意 白跑 白等 耽误 倒霉 不让 不接 尼 艹 虚假 黑店 霸王 扣钱 乱扣 乱收费 罚款 插队 加塞 堵车 噪音 装修 熊孩子 广场舞 放鸽子 迟到 说话不算 出尔反尔 言而无信 两面三刀 背后 阴险 甩锅 推来推去 踢皮球 态度差 效率低 慢死 卡死 死机 闪退 坑钱 骗钱 套路 玩不起 输不起 裁判 黑哨 假球 领导 老板 同事 室友 邻居 邻座 司机 公交 地铁上 三观 道德绑架 自以为是 得瑟 嘚瑟 显摆 炫耀 矫情 做作 心机 绿茶 白莲花 撒谎 谎话 说谎 冤枉 栽赃 陷害 告状 打小报告 翻白眼 白眼 嫌弃 鄙夷 唾弃 看不起 瞧不起',
  ],
  [
    1,
    '什么 怎么 干嘛 为什么 为毛 凭啥 还 没 都 不能 不懂 让我 真是 妈 鬼 疯 一天 嘛 这种 这么 简直 就不能 能不能 会不会 有没有 到现在 老是 总是 天天 每次 非要 偏偏 明明 又 死',
  ],
  [
    -2,
    '害怕 恐怖 可怕 恐惧 吓 惊 震惊 惊讶 没想到 原来 突然 哭 泪 想念 怀念 思念 孤独 心酸 难过 伤心 心疼 遗憾 快乐 努力 希望 祝 晚安 幸福 开心 哈哈 谢谢 感谢 喜欢 爱你 可爱 暖 加油 恭喜 期待 生日 回忆 曾经 人生 成长 成功 发现 梦 害羞 紧张 担心 怕 喜 乐 美 孤单 寂寞 失落 失恋 分手 想家 想你 想他 想她 眼泪 哭了 哽咽 抑郁 难受 心痛 心碎 遗憾 愧疚 对不起 抱歉 离别 告别 去世 天堂 安息 一路走好 保佑 平安 祈祷 噩梦 鬼片 吓死 吓人 吓得 毛骨悚然 胆小 不敢 阴影 惊悚 诡异 神奇 居然是 竟是 意外 天哪 天啊 哇 厉害 佩服 好奇 秘密 真相 谜 惊喜 甜蜜 满足 感动 激动 兴奋 期待 好吃 美味 美好 阳光 温暖 温柔 治愈 舒服 漂亮 帅 萌 宝贝 宝宝 女儿 儿子 老公 老婆 闺蜜 爸爸 奶奶 外婆 新年 圣诞 元旦 情人节 婚礼 毕业 旅行 旅游 风景 音乐 歌词 演唱会 粉丝 偶像 票房 首映 《泪》 《吃惊》 《偷笑》 《爱你》 《心》 《伤心》 《可怜》 [泪] [心] [偷笑]',
  ],
  [
    -1,
    '身边 我们 他们 一起 在一起 重要 世界 生活 感觉 第一 结婚 离开 电影 诗 雪 风 冬 年 由 与 其 使 并 该 地区 城市 发展 和 市场 企业 投资 经济 国家 政府 记者 新闻 报道 比赛 联赛 球队 第二 第三 以及 根据 进行 专家 研究 作者 文章 历史 文化 艺术 设计 万元 亿元 年度 日前 据悉 指出 分享 转发 抽奖 步骤 食材 营养 星座 白羊 金牛 双子 巨蟹 狮子 处女座 天秤 天蝎 射手 摩羯 水瓶 双鱼 天气 气温 多云 晴 温度 学习 考研 英语 读书 书籍 哲学 真理 智慧 灵魂 命运 岁月 时光 青春 爱情 婚姻 家庭 父母 朋友',
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
