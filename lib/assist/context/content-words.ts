import { normalize } from '../../engine/normalize.ts';

/**
 * Words that name no topic, Chinese and English: connectives, pronouns, question words, particles, and verbs so general
 * that only what stands before them tells what they are about. What a message holds beside them is its own topic.
 */
const HAN_WORDS =
  '什么时候|什么意思|为什么|多长时间|多少钱|多久|多少|多大|怎么办|怎么样|怎么|怎样|如何|为啥|什么|啥时候|啥|咋|哪里|哪儿|哪家|哪个|哪些|哪款|哪|谁|几天|几号|几点|几个|几|' +
  '能不能|可不可以|行不行|会不会|要不要|有没有|是不是|好不好|可以|可能|需要|应该|没有|还有|还要|还是|还会|还能|还|' +
  '那么|那个|那些|那边|那|然后|接着|另外|如果|要是|万一|的话|假如|但是|可是|不过|所以|因为|而且|或者|顺便|后来|之后|以后|之前|以前|刚才|刚刚|今天|明天|后天|昨天|前天|今晚|明早|现在|已经|一直|大概|一般|大约|最快|最晚|到底|具体|' +
  '您好|你好|请问|麻烦|谢谢|想问|问一下|问下|一下|亲|你们|您们|咱们|我们|他们|它们|这个|这些|这边|这|你|您|我|他|她|它|咱|' +
  '弄|办|做|搞|处理|操作|解决|走|看到|看|说(?!明)|给|把(?!手)|被|让|跟|和|对|从|为|(?<![费信使试通适])用(?!券)|能|会(?!员)|要|有|没|不|是|行|好|得|到(?!货|付|账)|在|去|来|想|(?<![提网站驿])点|些|(?<!聊)天(?!津|猫|气)|里|上|下|时间|时候|步骤|步|别的|别|其他|其它|另一个|另|(?<!更)新(?!疆)|旧|一个|两个|一(?!起)|两|个|(?<![快邮信取收寄零配软硬文大])件(?!码)|(?<![退付货贷罚])款(?!式|项)|种|次|东西|商品|产品|(?<![单账编型货税机])号(?!码)|再|又|也|都|就|才|只|呢|吗|嘛|吧|啊|呀|哦|哈|的|了|(?<!通)过(?!期|敏)|着|么|地(?!址|区|方)';
const WORDS =
  'a|an|the|and|or|but|so|then|also|too|either|as|well|if|what|when|where|which|who|whom|whose|why|how|long|much|many|far|soon|often|more|less|now|next|later|before|after|afterwards|again|still|already|yet|just|only|even|else|instead|actually|really|please|pls|thanks|thank|ok|okay|hi|hello|hey|' +
  'i|me|my|mine|you|your|yours|we|us|our|ours|he|him|his|she|her|they|them|their|theirs|it|its|this|that|these|those|one|ones|two|other|others|another|new|old|same|any|some|all|both|each|none|no|not|yes|something|anything|nothing|everything|there|here|thing|things|stuff|' +
  'is|are|am|was|were|be|been|being|do|does|did|done|doing|have|has|had|having|can|could|will|would|shall|should|may|might|must|let|lets|get|gets|got|getting|take|takes|took|go|goes|going|gone|come|comes|came|coming|make|makes|made|happen|happens|happened|work|works|need|needs|want|wants|know|see|give|gives|put|say|says|tell|show|use|mean|like|try|tried|look|find|cost|' +
  "of|for|to|in|on|at|by|with|from|into|onto|about|up|out|off|over|under|until|till|than|through|without|time|times|day|days|week|weeks|hour|hours|today|tomorrow|way|way|s|t|d|ll|re|ve|m|don|doesn|didn|isn|won|can't|won't|don't|doesn't|didn't|isn't|it's|i'm|i'd|i'll|i've|what's|that's|there's|who's|where's|how's|they're|you're|we're";

const HAN_CLOSED = new RegExp(HAN_WORDS, 'uy');
const CLOSED: ReadonlySet<string> = new Set(WORDS.split('|'));
const PIECE = /\p{Script=Han}+|[[\p{L}\p{M}\p{N}']--\p{Script=Han}]+/gv;
const HAN = /^\p{Script=Han}/u;

/** Maximal runs of a text that belong to no closed class, lower case and simplified: "那运费谁出" is 运费, 出. */
export function contentWords(text: string): string[] {
  const pieces = normalize(text).match(PIECE) ?? [];
  return pieces.flatMap((piece) => (HAN.test(piece) ? hanRuns(piece) : CLOSED.has(piece) ? [] : [piece]));
}

/** Closed words are taken off from the left, the longest first; what stands between them are the runs. */
function hanRuns(piece: string): string[] {
  const runs: string[] = [];
  let run = '';
  for (let at = 0; at < piece.length; ) {
    HAN_CLOSED.lastIndex = at;
    const closed = HAN_CLOSED.exec(piece)?.[0].length ?? 0;
    if (closed === 0) run += piece.charAt(at);
    else if (run !== '') {
      runs.push(run);
      run = '';
    }
    at += Math.max(1, closed);
  }
  return run === '' ? runs : [...runs, run];
}
