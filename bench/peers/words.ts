/** Tokenizers that know no Chinese get its words from the runtime's own segmenter: the usual remedy. */
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

export function chineseWords(text: string): string[] {
  return Array.from(segmenter.segment(text.toLowerCase()))
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);
}
