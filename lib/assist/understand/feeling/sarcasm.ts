/**
 * Thanks and praise that mean the opposite: "真是谢谢你们啊，等了十天", "oh great, broken again". Told by a grievance close behind
 * words of praise that are laid on too thick; what ended well ("终于收到了", "finally arrived") is meant.
 */
const GRIEVANCE_ZH =
  '(?:等了|等到|还没|都没|没人|没发|没到|没收到|坏|破|碎|漏|错|丢|骗|不理|不回|拖|[一二两三四五六七八九十几半\\d]+(?:多)?(?:天|个月|个星期|个小时|周|次|遍)|慢)';
const SARCASM: readonly RegExp[] = [
  new RegExp(
    `(?:真是|可真是?|还真|真的?要|真得)(?:谢谢|感谢|多谢)[^。！!？?\\n]{0,8}[啊哦噢呢了呀]?[,，。!！~\\s]{0,3}[^。！!？?\\n]{0,12}${GRIEVANCE_ZH}`,
    'u',
  ),
  /(?:谢谢|感谢)(?:你们|贵店|客服|商家|卖家)[^。！!？?\n]{0,8}(?:让我|害我|坑我|耍我|浪费我)/u,
  new RegExp(
    `(?:真行|真牛|真厉害|厉害了|真有(?:你们|你)的|真会做生意|可以啊|服务(?:可)?真(?:是)?(?:好|棒|周到)|(?:效率|速度|物流|发货)(?:可)?真(?:是)?(?:高|快)|真(?:是)?(?:好|棒|快)啊|好一个|好得很|了不起)[^。！!？?\\n]{0,4}[,，。!！~\\s]{0,3}[^。！!？?\\n]{0,14}${GRIEVANCE_ZH}`,
    'u',
  ),
  new RegExp(
    `${GRIEVANCE_ZH}[^。！!？?\\n]{0,14}[,，。!！~\\s]{1,3}(?:你们)?(?:真行|真牛|真棒|真厉害|可以啊|真有(?:你们|你)的|服务真好|效率真高|速度真快|真是谢谢|太谢谢|呵呵)`,
    'u',
  ),
  /\bthanks (?:a lot |so much |ever so much )?for (?:nothing|ruining|wasting|ignoring|the (?:broken|wrong|runaround|useless)|making me wait|not)\b/i,
  /(?:^|[.!?,] ?)(?:oh |wow,? |well,? |just |how |yeah,? )?(?:great|wonderful|fantastic|brilliant|perfect|lovely|nice|awesome|amazing|good|excellent|terrific)(?: job| service| work| start| one)?[,.!…]+ [^.!?\n]{0,50}\b(?:broken?|late|still (?:no|not|waiting|nothing)|never|wrong|another (?:delay|week|excuse)|weeks?|again|no (?:one|answer|reply)|missing|lost|useless|cancelled)\b/i,
  /\b(?:just|simply) (?:great|wonderful|perfect|brilliant|lovely|fantastic)[,.!]? |\b(?:love|loving) (?:how|waiting|being (?:ignored|lied|charged))\b|\bso much for\b|\bgood luck getting\b|\bwhat a (?:joke|great way to)\b|\bexcellent way to\b|\b(?:world[- ]class|top[- ]notch|stellar) service[^.!?\n]{0,40}\b(?:weeks?|no|never|not|still|broken)\b/i,
];

const ENDED_WELL = /终于|总算|还是(?:很)?感谢|解决了|finally|at last|sorted|resolved|fixed/i;

export function isSarcastic(text: string): boolean {
  return !ENDED_WELL.test(text) && SARCASM.some((pattern) => pattern.test(text));
}
