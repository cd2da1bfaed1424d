/**
 * What a shop commits itself to, in words: whoever says it in the shop's name must have it from a source. Each concept
 * is known in Chinese and in English, so that a source in one language may ground a draft in the other.
 */
const CONCEPTS: Readonly<Record<string, RegExp>> = {
  refund: /退款|退钱|退还|返还|返现|全额|refund|money back|reimburse/g,
  return: /退货|退换|无理由|\breturn(?:s|ed|ing|able)?\b/g,
  exchange: /换货|换新|换一[个件双条]|补发|重发|\bexchang\w*|\breplac\w*|\breship\w*|\bresend\w*/g,
  compensation: /赔|补偿|补差|补给|compensat|make it up to/g,
  free: /免费|包邮|免邮|免运费|免单|不收|赠送|白送|赠品|送您|送你|\bfree\b|no charge|complimentary|on the house|at no (?:extra )?cost|\bwaiv|\bgift/g,
  discount:
    /打折|折扣|优惠|立减|满减|减免|券|红包|积分|特价|半价|discount|coupon|voucher|promo|store credit|\bcredit\b|cashback|half price/g,
  guarantee:
    /保证|承诺|担保|一定|绝对|肯定|必定|百分百|包您|guarantee|\bpromis|definitely|\bassure|for sure|without fail/g,
  genuine: /正品|假一|原装|真品|authentic|genuine/g,
  warranty: /保修|质保|包换|终身|永久|lifetime|warrant|permanent/g,
  instant:
    /(?:立刻|马上|立即|当场|秒)(?:就|能|会)?(?:为您|给您|帮您)?(?:发货|退|到|送|安排|赔|补|处理|办)|instantly|immediately|right away/g,
  done: /(?:已经?|刚刚?)(?:为您|给您|帮您)?(?:成功)?(?:发货|退|取消|登记|升级|处理|安排|提交|批准|同意|开通|发放|补发|修改|更改|申请|到账|通过)|(?:has|have|had|was|is now|been|'ve|just|already) (?:been |just |already )*(?:refunded|cancell?ed|shipped|approved|upgraded|processed|credited|sent|arranged|updated|changed|issued|submitted|accepted)/g,
  approval: /批准|同意|特批|破例|通融|approv|make an exception|authori[sz]/g,
  elsewhere:
    /微信|加v|vx|扣扣|qq|电报|私下|线下|转账|汇款|银行卡|支付宝|打款|代付|wire transfer|bank (?:account|details|transfer)|gift card|whatsapp|telegram|wechat|paypal|bitcoin|crypto|zelle|venmo/g,
  secret:
    /密码|验证码|身份证|卡号|password|passcode|verification code|\botp\b|\bpin\b|cvv|card number|social security/g,
  machine:
    /提示词|系统提示|指令|指示|开发者|管理员|语言模型|大模型|人工智能|机器人|越狱|prompt|instruction|system message|developer mode|administrator|\badmin\b|language model|\bai\b|jailbr|\bdan\b/g,
  superlative: /最低|最便宜|最好|最佳|第一名|全网|史上|cheapest|lowest|best price|number one|best in/g,
  cure: /治疗|治愈|根治|疗效|药效|\bcures?\b|\bcured\b|\bheals?\b|treats? (?:acne|eczema|disease)/g,
  rival:
    /淘宝|京东|拼多多|天猫|抖音|唯品会|别家|其他店|另一家|amazon|ebay|walmart|aliexpress|competitor|another (?:shop|store)/g,
  law: /起诉|报警|警察|法院|律师|\bsue\b|lawsuit|\bpolice\b|\blawyer|\bcourt\b/g,
  abuse: /傻|蠢|滚|垃圾|骗子|废物|活该|白痴|stupid|idiot|\bhate\b|shut up|moron|loser|scam/g,
};

/** A "no" so near before the words that it is about them. */
const NEGATION =
  /(?:不(?!过|仅|但|管|论|好意思|同|错|久|妨)|没|無|无|非|未|勿|别|免|\bnot?|n't|\bno|\bnever|\bcannot|\bwithout|\bunable to|\bnon-?)[^,.;!?，。；！？]{0,12}$/;
const BEFORE = 28;

export type Commitment = { concept: string; denied: boolean; text: string };

/** The concepts of a text (NFKC, lower case), and whether each is denied there. */
export function commitmentsOf(text: string): Commitment[] {
  return Object.entries(CONCEPTS).flatMap(([concept, pattern]) =>
    [...text.matchAll(pattern)].map((match) => ({
      concept,
      denied: NEGATION.test(text.slice(Math.max(0, match.index - BEFORE), match.index)),
      text: match[0],
    })),
  );
}

/** Whether a source says so: the same concept, promised or denied as here. */
export function saysCommitment(made: Commitment, said: readonly Commitment[]): boolean {
  return said.some(({ concept, denied }) => concept === made.concept && denied === made.denied);
}
