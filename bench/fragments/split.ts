/** Lines as impatient people send them: in pieces, some seconds apart. */

export type Pieces = { texts: string[] /** Milliseconds before each piece; 0 for the first. */; gapsMs: number[] };

const MIN_GAP_MS = 500;
const MAX_GAP_MS = 6_000;
const MAX_PIECES = 4;
/** Of Chinese: shorter pieces are not what people send. */
const MIN_HAN = 2;

const HAN = /\p{Script=Han}/u;
const WORDISH = /[\p{Script=Latin}\d]/u;

/** Offsets (UTF-16) where a line may be cut: between words, and between Chinese characters, never within a word. */
function cuts(text: string): number[] {
  const places: number[] = [];
  for (let at = MIN_HAN; at <= text.length - MIN_HAN; at += 1) {
    const [before = '', after = ''] = [text[at - 1], text[at]];
    const inWord = WORDISH.test(before) && WORDISH.test(after);
    if (before === ' ' || (!inWord && (HAN.test(before) || WORDISH.test(before)) && HAN.test(after))) places.push(at);
  }
  return places;
}

/** Cuts a line into two to four pieces at random places; `undefined` for one too short. `random` is uniform in [0, 1). */
export function split(text: string, random: () => number): Pieces | undefined {
  const places = cuts(text);
  const wanted = Math.min(places.length, 1 + Math.floor(random() * (MAX_PIECES - 1)));
  if (wanted === 0) return undefined;
  const chosen = new Set<number>();
  while (chosen.size < wanted) chosen.add(places[Math.floor(random() * places.length)] ?? 0);
  const ends = [...chosen].sort((a, b) => a - b);
  const texts = [...ends, text.length]
    .map((end, index) => text.slice(index === 0 ? 0 : ends[index - 1], end).trim())
    .filter((piece) => piece !== '');
  if (texts.length < 2) return undefined;
  const gapsMs = texts.map((_, index) =>
    index === 0 ? 0 : Math.round(MIN_GAP_MS + random() * (MAX_GAP_MS - MIN_GAP_MS)),
  );
  return { texts, gapsMs };
}
