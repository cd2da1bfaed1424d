/** Splits what was typed into the short messages a person would send one after another: by line, then by sentence. */
export function pieces(text: string): string[] {
  return text
    .split(/\n+|(?<=[。！？!?；;])\s*|(?<=[.，,])\s+|(?<=，)/u)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
}
