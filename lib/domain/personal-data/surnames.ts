/** The commonest Chinese surnames; ones that mostly begin other words (和, 时, 成, 都, 能, 应, 向, 那, 全, 从) are left out. */
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施牛樊葛邢安齐乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂佟应臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝劉張陳楊趙吳馬鄭許韓馮鄧葉蘇呂盧鍾譚陸賈鄒閻龍賀顧龔萬錢嚴';
const COMPOUND = '欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|端木|夏侯|歐陽|司馬|諸葛';

/** A surname at the start. */
export const SURNAME = new RegExp(`^(?:${COMPOUND}|[${SURNAMES}])`, 'u');

/** Characters that stand in sentences after a name, or make an ordinary word of the surname before them; never given names. */
const NEVER_GIVEN = new Set(
  '我你您他她它们的了着过吗呢吧啊呀嘛要想是在有不没也都就还又再才很太最更和跟与或把被给对从向往到来去说讲问买卖订单号电话手机收货发退换款钱件个只这那哪什么怎谁何几多少以及且但可能会应该必须时候现目之前后里外上下左右先生女士姐太姓名字地址省市区县路街楼栋室店铺客服务员卖家买家色码级费额价用户等改写错打填找寄送拿取看听做点选付查开关装修坏破掉丢漏共两第次月日年天早晚午今昨明请麻烦帮谢好快慢差便宜贵大',
);
for (const given of '明天年好晚可大') if (given !== '天' && given !== '好') NEVER_GIVEN.delete(given);

export function isGiven(character: string): boolean {
  return /^\p{Script=Han}$/u.test(character) && !NEVER_GIVEN.has(character);
}
