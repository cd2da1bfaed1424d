/** A customer's line that only calls for somebody ("？？", "人呢", "hello?", "快点", "any news?"): it says nothing of the matter. */
const CALL =
  /^(?:[^\p{L}\p{N}]*$|(?:(?:喂+|在吗|在不在|在么|人呢|有人吗|有没有人|到底有没有人|怎么没人|快点?(?:啊|行不行|好吗|呀)?|还?在(?:线)?(?:吗|不)|(?:客服|人|你人)(?:还)?在(?:吗|么|不在|哪)|客服呢|你好|您好|亲|理我|理一?下我?|理理我|回个?话|回复一?下我?|吱个?声|怎么(?:没人|不)(?:回|理|说话)?(?:我|了)?|好了(?:吗|没)|有(?:结果|消息|进展)(?:了)?(?:吗|没)|hello|hi|hey|(?:is )?(?:there )?any(?:one|body)(?: (?:there|here|home|at all|alive|around))?|any (?:update|news)s?(?: (?:yet|please))?|(?:please )?(?:answer|reply|respond)(?: to)? me|where (?:are you|did you go)|still (?:there|waiting|here)|you there|i(?:'|’)?m (?:still )?waiting|done yet|are you (?:still )?there|hurry(?: up)?)[\s?？!！。.,，~～啊呀]*){1,4}$)/iu;

export const isCall = (text: string): boolean => CALL.test(text.trim());

/** Consent, thanks and the like: whoever says it has said what they want before. */
const COURTESY =
  /^(?:(?:好的?|好[吧滴哒呢啊]|行|嗯+|哦+|噢|恩|可以|谢谢(?:您|你|啦|了)?|多谢|感谢|辛苦了?|麻烦了?|收到|知道了|明白了?|亲|不急|没事|ok|okay|k+|sure|fine|alright|all right|great|good|perfect|thanks?(?: you)?|thx|ty|cheers|got it|i see|no (?:rush|problem|worries)|please|waiting|will wait|i(?:'|’)?ll wait|我?等着?|我等你)(?:[\s,，。.!！~～]|\p{Extended_Pictographic}|\ufe0f)*){1,4}$/iu;

export const isCourtesy = (text: string): boolean => COURTESY.test(text.trim());

/** Whom somebody who asks for a person asks for, or is tired of. */
const PERSON =
  /人工|真人|活人|人|客服|坐席|专员|经理|主管|领导|负责人|机器|自动回复|\b(?:humans?|persons?|people|agents?|rep|representative|operator|manager|supervisor|someone|somebody|anyone|customer (?:service|support)|(?:ro|chat)?bots?|machines?)\b/giu;
/** The words around it; what the person is wanted for is made of others. */
const AROUND =
  /转接?|找|叫|换|接|喊|让|要|我|想|请|给|帮|你们?|您?好|的|服务|智能|跟|和|说|聊|不|没|别|能|可以|有|在|吗|吧|啊|呢|呀|了|一?下|来|个|快点|马上|谢谢|麻烦|亲|\b(?:i|we|you|me|us|your|a|an|the|to|with|through|want|wanna|need|would|like|rather|can|could|may|get|give|let|put|pass|transfer|connect|talk|speak|chat|real|live|actual|being|support|team|no|not|don|t|is|are|there|here|now|just|please|pls|plz|thanks|ok|hi|hello)\b/giu;
const FEWEST_LETTERS = 2;

/** Whether a line only asks for a person ("转人工", "a human please") and says nothing of what for. */
export function onlyAsksForPerson(text: string): boolean {
  const rest = text.replace(PERSON, '');
  return rest !== text && (rest.replace(AROUND, '').match(/[\p{L}\p{N}]/gu) ?? []).length < FEWEST_LETTERS;
}
