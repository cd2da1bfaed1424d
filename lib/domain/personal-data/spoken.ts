const HAN_DIGIT_FORMS = new Map(
  ['零一二三四五六七八九', '〇幺贰叁肆伍陆柒捌玖', '○壹貳參肆伍陸柒捌玖'].flatMap((row) =>
    [...row].map((char, digit) => [char, digit]),
  ),
);
const SPOKEN = /(?:[\d零〇○一二三四五六七八九幺壹贰貳叁參肆伍陆陸柒捌玖][ ._/*|~·-]?){7,40}/g;
/** A numeral beside a number of plain digits is another word: 张三_138…, 138…-三楼. */
const BESIDE = /^\D(?=[^\d\p{L}]\d)|(?<=\d[^\d\p{L}])\p{L}(?=[^\d\p{L}]?$)/gu;

/** Numbers read out in Chinese ("一三八零零…"), from seven digits on, in digits; every unit stays where it is. */
export function spokenDigits(text: string): string {
  return text.replace(SPOKEN, (run) => {
    const kept = new Set([...run.matchAll(BESIDE)].map(({ index }) => index));
    return [...run].map((char, at) => (kept.has(at) ? char : (HAN_DIGIT_FORMS.get(char) ?? char))).join('');
  });
}
