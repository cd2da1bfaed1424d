const SENTENCE =
  /[^.!?。！？…\n]*(?:[.!?]+(?=["'”’)\]]*(?:\s|$))["'”’)\]]*|[。！？…]+["'”’）】]*|\n+|$|[.!?](?!\s|$))/gu;

/** The sentences of a text with what stands between them: joined, they are the text. */
export function sentencesOf(text: string): string[] {
  const pieces: string[] = [];
  let open = '';
  for (const [piece] of text.matchAll(SENTENCE)) {
    open += piece;
    if (/[.!?](?:["'”’)\]]*)$|[。！？…]["'”’）】]*$|\n$/u.test(piece) && !/[\p{L}\p{N}]$/u.test(piece)) {
      pieces.push(open);
      open = '';
    }
  }
  if (open !== '') pieces.push(open);
  return pieces;
}
