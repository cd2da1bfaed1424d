import { contentWords } from './content-words.ts';

/**
 * How much a message leaves out. `whole`: it says what it is about. `noun`: it names another thing for the same question
 * ("那退货呢", "and the blue one?"). `push`: it asks how it goes on ("然后呢", "what now?"). `thin`: it has little or
 * nothing of its own ("要多久", "who pays for it?").
 */
export type Ellipsis = 'whole' | 'noun' | 'push' | 'thin';

const HAN = /\p{Script=Han}/gu;
const NOUN =
  /^(?:那么?|然后|还有|另外|如果是?|要是)?[^,，。?？]{1,10}呢[\s?？。~～]*$|^(?:and|or|also|what about|how about|same for)\b(?!.*\b(?:is|are|do|does|did|can|will|when|where|how|who|why|if|i|you)\b)|^(?:the|an?|in|same in)\b.{1,30}\bones?\W*$|\b(?:too|as well)\b\W*$/iu;
const PUSH =
  /^(?:那|然后|接着|所以|我)?(?:然后|接着|接下来|之后|下一步)?(?:怎么(?:办|弄|处理|操作|做|回事)?|为什么|为啥|咋(?:办|弄|整))?(?:呢|啊|呀|了|呐)?[\s?？。~～]*$|^(?:and |so |but |ok(?:ay)? |then |please |(?:can|could) you |tell me )*(?:how|why|what to do(?: now| next)?|then|then what|and then|what (?:now|next|then)|why not|how so|how do i do (?:that|it|this)|what (?:should|do|can) (?:i|you|we) do(?: (?:now|then))?|what happens(?: now| next| then)?)\W*$/iu;
/** Asks back, in form: a particle, a mark, a leading connective or question word. */
const ASKS =
  /[呢吗嘛么][\s?？。~～啊]*$|[?？]|^(?:那|然后)?(?:为什么|为啥|怎么|咋|多|几|哪|谁|什么)|^(?:and|or|so|then|what|how|why|where|when|who|which)\b/iu;
/** Says that something did not go as it was told. */
const FAILS =
  /不了|不行|不能|没有?(?:用|看到|看见|收到|找到|反应|通过|成功|啊|了)|不(?:通过|成功|可以|对|到)|失败|\b(?:does(?:n(?:'|’)t| not)|did(?:n(?:'|’)t| not)|won(?:'|’)t|can(?:'|’)?t|cannot|isn(?:'|’)t|wasn(?:'|’)t|none|nothing|still not|no luck)\b/iu;

/** Longest message that may lean on what was said before, and its longest own words: Han characters, other words. */
const LONGEST = { han: 12, latin: 9 } as const;
const OWN = { han: 4, latin: 2 } as const;

/** Reads the form alone. `words` are the message's without courtesies. */
export function ellipsisOf(words: string): Ellipsis {
  const said = words.trim();
  if (!/[\p{L}\p{N}]/u.test(said) || !isWithin(sizeOf(said), LONGEST, 0)) return 'whole';
  if (PUSH.test(said)) return 'push';
  const own = sizeOf(contentWords(words).join(' '));
  const noun = NOUN.test(said) || isBareNoun(said);
  if (!isWithin(own, OWN, noun ? 2 : 0)) return 'whole';
  return noun && own.han + own.latin > 0 ? 'noun' : 'thin';
}

type Size = { han: number; latin: number };

const isWithin = (size: Size, most: Size, more: number): boolean =>
  size.han <= most.han + more && size.latin <= most.latin + more;

/** "41?", "白色？": nothing but a noun, asked. */
function isBareNoun(said: string): boolean {
  const bare = said.replace(/\s*[?？]\s*$/, '');
  const [own, ...others] = contentWords(bare);
  return (
    bare !== said && others.length === 0 && own !== undefined && own.length === bare.replace(/[\s\p{P}]/gu, '').length
  );
}

function sizeOf(text: string): Size {
  return {
    han: text.match(HAN)?.length ?? 0,
    latin: text.match(/[\p{L}\p{N}'’]+/gu)?.filter((word) => !/\p{Script=Han}/u.test(word)).length ?? 0,
  };
}

/** Whether a short line asks back, or reports that what it was told does not work: both want an answer. */
export function wantsMore(words: string): boolean {
  return ASKS.test(words.trim()) || FAILS.test(words);
}

/** "那退呢", "and the blue one?", "几期", "然后呢": a short line that asks, and goes on from the one before. */
export function isFollowUp(words: string): boolean {
  return ellipsisOf(words) !== 'whole' && ASKS.test(words.trim());
}
