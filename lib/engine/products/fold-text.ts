/** A text without spaces, case and width, and where each of its characters stood: UTF-16 offsets, `ends` exclusive. */
export type FoldedText = { text: string; starts: Uint32Array; ends: Uint32Array };

/** `iPhone １５ Pro` and `iphone15pro` fold alike; customers type product names without caring for spaces. */
export function foldText(source: string): FoldedText {
  const starts = new Uint32Array(source.length);
  const ends = new Uint32Array(source.length);
  let text = '';
  for (let at = 0; at < source.length; at += 1) {
    const unit = foldUnit(source.charAt(at));
    if (unit === '') continue;
    starts[text.length] = at;
    ends[text.length] = at + 1;
    text += unit;
  }
  return { text, starts: starts.subarray(0, text.length), ends: ends.subarray(0, text.length) };
}

/** One UTF-16 unit as one unit or none, so that offsets stay true. */
function foldUnit(unit: string): string {
  const code = unit.charCodeAt(0);
  const narrow = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : unit;
  if (/[\s\u3000]/.test(narrow)) return '';
  const lower = narrow.toLowerCase();
  return lower.length === 1 ? lower : narrow;
}
