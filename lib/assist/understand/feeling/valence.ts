import { normalize } from '../../../engine/normalize.ts';
import { type Hit, scan, wordList } from './scan.ts';
import { BLAME_EN, PRAISE_EN } from './words.en.ts';
import { BLAME_ZH, PRAISE_ZH } from './words.zh.ts';

const FEELINGS = wordList([...PRAISE_ZH, ...BLAME_ZH, ...PRAISE_EN, ...BLAME_EN]);

const NEGATION =
  /(?:不是?|没有?|没怎么|(?<![特分个区性级])别|无|不太|不怎么|不是很|并不|从不|不算|谈不上|算不上|称不上|未|not|n't|dont|doesnt|didnt|isnt|wasnt|arent|cant|wont|no|never|without|hardly|barely|nothing|neither)[\s]?(?:很|太|那么|这么|怎么|什么|特别|非常|觉得|感觉|is|be|been|a|any|the|very|so|that|too|really|all that|exactly|particularly)?[\s]?$/;
const STRONG =
  /(?:非常|特别|十分|超级|超|巨|极其|极|最|真的|真是|真|太|好|相当|实在|尤其|完全|绝对|彻底|so|very|really|extremely|absolutely|totally|completely|incredibly|super|such an?)[\s]?(?:的|地|是|很)?[\s]?$/;
const WEAK =
  /(?:有点|有些|稍微|略微|略|一点|还算|还|比较|a bit|a little|slightly|somewhat|kind of|kinda|sort of|fairly|mildly)[\s]?$/;
/** What comes after one of these is what the customer means: what comes before counts less. */
const TURN = /但是|但|可是|然而|结果|谁知|哪知|but |however|unfortunately/g;
/** What comes after one of these, up to the next stop, is a small reservation. */
const RESERVATION = /(?:就是|只是|不过|唯一|美中不足|除了|硬要说|except|only thing|apart from)[^。.!?！？\n]{0,40}/g;

const WINDOW = 10;

function weigh(text: string, { start, weight }: Hit): number {
  const before = text.slice(Math.max(0, start - WINDOW), start);
  const factor = STRONG.test(before) ? 1.4 : WEAK.test(before) ? 0.7 : 1;
  if (!NEGATION.test(before)) return weight * factor;
  // "Not good" is bad, "not bad" is hardly good.
  return weight > 0 ? -Math.max(1.5, weight * 0.9) : -weight * 0.4;
}

/** Where the last turn is: what comes before it counts less. */
function turnAt(text: string): number {
  let last = 0;
  for (const match of text.matchAll(TURN)) if (match.index > 3) last = match.index;
  return last;
}

type Range = { start: number; end: number };

function reservations(text: string): Range[] {
  return Array.from(text.matchAll(RESERVATION), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

const EARLIER = 0.7;
const RESERVED = 0.5;

/** The sum of a text's feelings, negative to positive, without bound; 0 where nothing is felt. */
export function valence(source: string): number {
  const text = normalize(source).replaceAll(/(?<=[a-z])'(?=[a-z])/g, '');
  const turn = turnAt(text);
  const reserved = reservations(text);
  return scan(text, FEELINGS).reduce((sum, hit) => {
    const aside = reserved.some(({ start, end }) => hit.start >= start && hit.end <= end);
    return sum + weigh(text, hit) * (hit.start < turn ? EARLIER : 1) * (aside ? RESERVED : 1);
  }, 0);
}
