import { mailBody } from './mail.ts';

/** A clause of a message. `ends`: a sentence ends with it, by a question mark. `listed`: it is an item of a list. */
export type Clause = { text: string; ends: boolean; listed: boolean };

const ITEM =
  /(?:^|[\s,，;；。:：])(?:[(（]?(?:[1-9]|[a-e]|[一二三四五])[)）]|[1-9][.、．]|[①-⑨]|[-•*–](?=\s)|第[一二三四五][,，、是]?|(?:first|second|third|lastly|finally)(?:ly)?,)\s*/giu;
const SENTENCE = /[^?？。!！;；\n.]{0,400}(?:\.(?!\s|$)[^?？。!！;；\n.]{0,400}){0,20}[?？。!！;；\n.]{0,20}/g;
/** Where one clause of a sentence ends: a comma, a space between Chinese, a conjunction before something that asks. */
const CLAUSE =
  /[,，、](?!\d)|(?<=\p{Script=Han})[ \t\u3000]{1,5}(?=\p{Script=Han})|\s(?=(?:and|or|but|also|plus)\s(?:also\s)?(?:how|what|when|where|which|who|whose|why|can|could|do|does|did|is|are|will|would|should|may|please|(?:tell|stop|send|cancel|refund)(?!\s(?:it|them|one|us)\b))\b)/iu;
/** What joins a clause to the one before it. */
const LEAD_IN =
  /^(?:and|or|but|also|plus|so|then|oh|btw|by the way|另外|还有|以及|顺便(?:问一?下|问问|问)?|然后|再问一?下|再就是)[\s,，]+|^(?:另外|还有(?!货|没)|顺便(?:问一?下|问问|问))/iu;

/** A message as its clauses, in order, without greeting lines, quotes and signatures. */
export function clausesOf(words: string): Clause[] {
  const items = mailBody(words).split(ITEM);
  const listed = items.length > 2;
  const [header = '', ...rest] = items;
  const before = listed && !/[?？]/.test(header) ? [] : clausesOfItem(header, false);
  return [...before, ...rest.flatMap((item) => clausesOfItem(item, listed))];
}

function clausesOfItem(item: string, listed: boolean): Clause[] {
  const clauses = (item.match(SENTENCE) ?? []).flatMap((sentence) => {
    const parts = sentence.split(CLAUSE).map((part) => part.trim().replace(LEAD_IN, ''));
    const kept = parts.filter((part) => /[\p{L}\p{N}]/u.test(part));
    const asked = /[?？][^?？]{0,19}$/.test(sentence);
    return kept.map((text, at) => ({ text, ends: asked && at === kept.length - 1, listed: false }));
  });
  return listed && clauses.length === 1 ? clauses.map((clause) => ({ ...clause, listed: true })) : clauses;
}
