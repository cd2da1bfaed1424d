import type { Sentiment, Understanding } from '../../domain/understanding.ts';

type Lexicon = { weight: number; pattern: RegExp };

/** Words that carry feeling, by strength; the stronger list comes first and is counted once per word. */
const LEXICON: readonly Lexicon[] = [
  {
    weight: -2,
    pattern:
      /气死|垃圾|骗子|骗人|欺骗|欺诈|恶心|无耻|投诉|差评|忽悠|坑人|坑爹|太差|很差|极差|最差|太烂|太过分|离谱|愤怒|火大|受不了|忍无可忍|不要脸|什么态度|什么玩意|什么破|态度恶劣|无语|绝望|崩溃|后悔|上当|黑店|奸商|再也不|scam|fraud|terrible|horrible|awful|worst|disgusting|ridiculous|unacceptable|furious|outrageous|pathetic|useless|hate|angry|fed up|rip-?off|never again|liars?|thieves/gi,
  },
  {
    weight: -1,
    pattern:
      /失望|生气|郁闷|难受|难过|伤心|着急|焦急|烦|糟糕|不满|不爽|不好用?|不行|不能用|太慢|太久|太贵|慢死|坏了|破了|碎了|裂了|断了|假货|难看|难吃|难用|掉色|开裂|起球|粗糙|异味|臭|瑕疵|劣质|敷衍|推卸|不负责|没人(?:管|理)|有问题|质量差|不值|骗|退货|差劲|可惜|遗憾|倒霉|disappoint\w{2,4}|upset|frustrat\w{2,4}|annoy\w{2,4}|unhappy|poor|bad|broken|damaged|defective|faulty|late|slow|delay\w{0,2}|wrong|missing|problem|unfortunately|sad|sucks?|cheap(?:ly)? made|waste|refuse|worse|complain\w{0,3}|money back/gi,
  },
  {
    weight: 1,
    pattern:
      /谢谢|感谢|多谢|辛苦|满意|喜欢|不错|很好|挺好|真好|太好|好用|好看|好吃|漂亮|舒服|给力|赞|棒|完美|开心|高兴|超值|实惠|划算|方便|很快|推荐|好评|值得|正品|精致|清晰|流畅|耐心|贴心|thanks?|great|good|love|nice|excellent|perfect|awesome|happy|amazing|wonderful|appreciate|helpful|satisf\w{3,6}|glad|beautiful|comfortable|recommend|fast/gi,
  },
];

const NEGATION =
  /(?:不|没|没有|不是|别|无|不太|不怎么|并不|毫无|谈不上|not|n't|n’t|no|never|without|hardly|isn(?:'|’)?t|wasn(?:'|’)?t)[\s]*(?:很|太|那么|怎么|什么|是|very|so|that|too|at all|a|any|the)?[\s]*$/i;
const INTENSE = /[!！]{2,}|[?？]{3,}|[!！?？]{4,}/;
const ANGER =
  /气死|愤怒|火大|(?:很|太|好|真|非常)生气|生气了|忍无可忍|受不了|骗子|骗人|垃圾|什么(?:态度|玩意|破)|无耻|不要脸|投诉|太过分|过分了|欺人太甚|欺负|耍我|滚|妈的|他妈|尼玛|特么|傻[逼比]|操|恶心|黑店|奸商|furious|angry|outrage\w{2,4}|unacceptable|ridiculous|disgust\w{2,4}|fed up|sick of|scam|liars?|thieves|pissed|wtf|f+u+c+k|bullshit|how dare|worst/i;

/** The first this many units carry the mood; more would only cost time. */
const READ = 1_000;
const WINDOW = 10;

/** A lexicon score, turned by a negation just before the word, in -1..1; anger is told apart from mere displeasure. */
export function readSentiment(text: string, flags: Understanding['flags']): Sentiment {
  const read = text.slice(0, READ);
  const hostile = flags.includes('abuse') || flags.includes('threat');
  const sum = LEXICON.reduce((total, entry) => total + weigh(read, entry), hostile ? -2 : 0);
  const pressed = sum <= 0 && INTENSE.test(read);
  const score = Math.round(Math.tanh((sum - (pressed ? 0.5 : 0)) / 2.5) * 100) / 100 + 0; // `+ 0` turns -0 into 0
  const label = labelOf(score);
  const furious = label === 'negative' && (ANGER.test(read) || (pressed && sum <= -2));
  return { label, score, angry: hostile || furious };
}

function labelOf(score: number): Sentiment['label'] {
  if (score <= -0.3) return 'negative';
  return score >= 0.3 ? 'positive' : 'neutral';
}

function weigh(text: string, entry: Lexicon): number {
  let total = 0;
  for (const match of text.matchAll(entry.pattern)) {
    const before = text.slice(Math.max(0, match.index - WINDOW), match.index);
    const negated = entry.weight > 0 ? -entry.weight : -entry.weight / 2; // "not bad" is less than good
    total += NEGATION.test(before) ? negated : entry.weight;
  }
  return total;
}
