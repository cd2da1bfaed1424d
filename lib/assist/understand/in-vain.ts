/** When the bot has said what it can and it was no use: its answer is refused, or it is called again and again. */
import { asksAction, asksQuestion, chases, statesTrouble } from './cues.ts';

/** Longer lines say what they want instead. */
const LONGEST = { han: 16, latin: 60 };

const REFUSES: readonly RegExp[] = [
  /答非所问|文不对题|牛头不对马嘴|驴唇不对马嘴|说了等于没说|没(?:有)?(?:回答|听懂|看懂|明白|理解)(?:我|问题)|我问的(?:不是|是别的|又不是)|(?:没|不是)(?:在)?问(?:你)?这个|^(?:都)?不是(?:这个|这些|这样|我(?:要|想)[问的]|这个意思|这意思)|^(?:以上)?(?:这些)?都(?:不是|不对)[\s!！。]*$|[看听搞弄]不(?:懂|明白)|没(?:看|听)(?:懂|明白)|不(?:明白|理解)你|解决不了|没(?:有)?(?:解决|帮助)[\s!！。]*$|鸡同鸭讲|说得?(?:简单|清楚|明白)一?点/,
  /\b(?:that'?s|that is|this is|it'?s) not (?:what i|it\b|my question|helpful|the answer|an answer|right)|\bnot what i (?:asked|meant|want|am asking|was asking)|\b(?:did(?:n'?t| not)|do(?:es)?(?:n'?t| not)) (?:really |even )?(?:answer|help(?! (?:me )?(?:with|to))|solve)|\b(?:no|not (?:very |really |at all )?)help(?:ful)?\b|^(?:i )?(?:still )?(?:do(?:n'?t| not)|did(?:n'?t| not)) (?:understand|get it|follow|get that)\W*$|^\W*none of (?:these|those|them|the above)\b|^\W*neither\b|^\W*something else\W*$|\bthanks for nothing\b|\bmakes no sense\b|\bwrong answer\b|\byou(?:'re| are) not (?:listening|helping|answering|understanding)|\byou do(?:n'?t| not) understand\b/,
];

const refuses = (clause: string): boolean => REFUSES.some((pattern) => pattern.test(clause));

/** Whether a short line says that what the bot said is not what was wanted, and asks for nothing else instead. */
export function refusesAnswer(words: string): boolean {
  const plain = words.toLowerCase().replaceAll('’', "'").trim();
  const longest = /\p{Script=Han}/u.test(plain) ? LONGEST.han : LONGEST.latin;
  if (plain.length > longest || !refuses(plain)) return false;
  const others = plain.split(/[,，。.!！;；]+/).filter((clause) => clause.trim() !== '' && !refuses(clause.trim()));
  return !others.some((clause) => asksQuestion(clause) || asksAction(clause) || statesTrouble(clause));
}

const HAIL =
  /^\W*(?:hello|hi|hey|any(?:one|body)(?: (?:there|here|home))?)\W*$|^(?:喂+|你好|您好|人呢|有人(?:吗|没|么)|在不在)[\s?？!！。~～]*$/i;

/** Whether a turn is nothing but calling, a second time: who calls once may only be early. `lines`: its messages. */
export function callsAgain(lines: readonly string[]): boolean {
  const said = lines.filter((line) => line.trim() !== '');
  const calls = said.every((line) => chases(line) || HAIL.test(line));
  return calls && said.filter(presses).length > 1;
}

/** "你好" before "在吗" is manners; a call asks. */
const presses = (line: string): boolean => /[?？吗没呢]/.test(line);
