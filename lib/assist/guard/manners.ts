/** What should not be said at all: somebody else's data, rude words, another language than the customer's. */
import type { ReplyWarning } from '../../domain/contract/desk-tools.ts';
import { findPersonalData } from '../../domain/personal-data/find.ts';
import { knownPerson } from '../../domain/personal-data/known.ts';
import type { PersonalData } from '../../domain/personal-data/types.ts';
import { scriptLanguage } from '../understand/language.ts';
import { type Check, folded, type GuardContext } from './types.ts';

/** A colleague's or a customer's name is said all day; by itself it gives nobody away. */
const TELLING: ReadonlySet<PersonalData['type']> = new Set<PersonalData['type']>([
  'email',
  'id_card',
  'bank_card',
  'phone',
  'account',
  'address',
]);

const bare = (text: string): string => folded(text).replace(/[\s\-–—()（）+,，]/g, '');

/** Whatever the customer said, the platform knows of them, or the shop says of itself. */
function knownTexts({ customer, said, shopFacts, authored }: GuardContext): string[] {
  const own = (knownPerson(customer).values ?? []).map(({ value }) => value);
  const shop = Object.values(shopFacts).flatMap((fact) => (typeof fact === 'string' ? [fact] : Object.values(fact)));
  return [...own, ...said, ...shop, ...authored].map(bare);
}

const isKnown = ({ text, value }: PersonalData, known: readonly string[]): boolean => {
  const forms = [bare(text), bare(value)].filter((form) => form !== '');
  return known.some((one) => forms.some((form) => one.includes(form) || (one.length >= 6 && form.includes(one))));
};

export const checkPersonalData: Check = (text, context) => {
  const { keep = [] } = knownPerson(context.customer);
  const found = findPersonalData(text, { keep }).filter(({ type }) => TELLING.has(type));
  if (found.length === 0) return [];
  const known = knownTexts(context);
  return found
    .filter((one) => !isKnown(one, known))
    .map(({ text: shown, start, end }) => ({
      kind: 'personal_data',
      text: shown,
      start,
      end,
      message: { zh: '含有并非该客户本人的个人信息', en: 'Personal data that this customer has not given' },
    }));
};

const RUDE: readonly RegExp[] = [
  // By itself at the end of a clause, or with where to: drums and wheels, boiling water and somersaults are not meant.
  /(?<![打翻摇水汤煮])滚(?:蛋|开(?![水后了着])|吧|远点|一边|出去)|(?:(?<![\p{L}\p{N}])|(?<=[你您给]|给我|赶紧|赶快|快点))滚(?=\s*(?:$|[!！。.,，、;；?？~～…\n]))/gu,
  /傻[逼比Xx×]|煞笔|沙雕|傻子|脑残|脑子(?:有病|进水|不好使)|有病吧|神经病|白痴|智障|废物|蠢(?:货|猪|死)|去死|闭嘴|他妈|妈的|草泥马|操你|卧槽|王八|混蛋|不要脸|臭不要脸|穷鬼|穷逼|泼妇|刁民|贱/g,
  /爱[买要][不没][买要]|不买(?:就)?(?:拉倒|算了|滚)|关我(?:什么|屁)事|(?:随便|爱)你?(?:怎么)?投诉(?:去|吧)|你(?:眼)?瞎|眼睛瞎|听不懂人话|看不懂(?:中文|字)(?:吗|么)|自己不会(?:看|查|找)(?:吗|么|啊)?|你(?:烦不烦|有完没完|怎么这么(?:烦|笨|蠢))|别烦|懒得(?:理|跟)你|没(?:钱|素质)(?:就)?(?:别|还)|你(?:是不是)?(?:傻|聋)/g,
  /\b(?:f+u+c+k\w*|bullshit|shit(?:ty)?|asshole|bastard|bitch|moron|idiot(?:ic)?|stupid|dumbass|retard(?:ed)?|imbecile|shut up|get lost|go to hell|screw you|piss off|damn you|you(?:'re| are) (?:crazy|dumb|ridiculous|pathetic|a liar|lying))\b/g,
  /\b(?:are you (?:blind|deaf|stupid)|not my problem|i don't care|(?:stop|quit) (?:wasting my time|bothering (?:me|us))|can't you read|learn to read|take it or leave it|your own (?:damn )?fault|complain all you (?:want|like)|what(?:'s| is) wrong with you)\b/g,
];
/** The same words of things, or said by somebody else. */
const HARMLESS = /贱卖|贵贱|滚筒|犯贱卖/;

export const checkManners: Check = (text) => {
  const plain = folded(text);
  if (HARMLESS.test(plain)) return [];
  return RUDE.flatMap((words) =>
    [...plain.matchAll(words)].map((match): ReplyWarning => {
      const [start, end] = [match.index, match.index + match[0].length];
      return {
        kind: 'abusive',
        text: text.slice(start, end),
        start,
        end,
        message: { zh: '用语不礼貌', en: 'This is rude' },
      };
    }),
  );
};

/** Names of goods, links and codes are written alike in both languages. */
const NEUTRAL = /https?:\/\/\S+|www\.\S+|[\w.+-]+@[\w.-]+|《[^》]*》|“[^”]*”|"[^"]*"/g;
const LEAST_WORDS = 4;
const LEAST_HAN = 4;

export const checkLanguage: Check = (text, { language, named }) => {
  if (language === undefined) return [];
  const names = named.toSorted((a, b) => b.start - a.start);
  const rest = names
    .reduce((left, { start, end }) => `${left.slice(0, start)} ${left.slice(end)}`, text)
    .replace(NEUTRAL, ' ');
  const written = scriptLanguage(rest);
  const size =
    written === 'zh' ? (rest.match(/\p{Script=Han}/gu)?.length ?? 0) : (rest.match(/[A-Za-z][a-z'’]+/g)?.length ?? 0);
  const enough = size >= (written === 'zh' ? LEAST_HAN : LEAST_WORDS);
  if (written === undefined || written === language || !enough) return [];
  const message =
    language === 'zh'
      ? { zh: '客户用的是中文', en: 'The customer writes Chinese' }
      : { zh: '客户用的是英文', en: 'The customer writes English' };
  return [{ kind: 'language', text, start: 0, end: text.length, message, expected: language }];
};
