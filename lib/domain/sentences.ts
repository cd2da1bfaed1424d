/** Ends of sentences and lines, with what closes them and the space behind. A dot within a number or an address is none. */
const ENDS = /[.!?]+["'”’)\]]*(?:[^\S\n]+|(?=\n|$))|[。！？…]+["'”’）】]*[^\S\n]*|\n+/gu;
/** What ends so soon is the number of a list, not a sentence. */
const ORDINAL = /^\s*(?:\d{1,2}|[a-z])\.\s*$/i;

/** The sentences of a text, each with what stands behind it: joined, they are the text. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let from = 0;
  for (const { index, 0: end } of text.matchAll(ENDS)) {
    const sentence = text.slice(from, index + end.length);
    if (ORDINAL.test(sentence)) continue;
    sentences.push(sentence);
    from = index + end.length;
  }
  return from < text.length ? [...sentences, text.slice(from)] : sentences;
}
