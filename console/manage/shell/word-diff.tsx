import { w } from './words.ts';

type Piece = { text: string; side: 'both' | 'before' | 'after' };

/** Words of a text with the blanks behind them; each Chinese character is a word. */
const wordsOf = (text: string): string[] => text.match(/\p{Script=Han}|[^\s\p{Script=Han}]+\s*|\s+/gu) ?? [];

/** More cells than this are not compared word by word: the texts stand whole. */
const MAX_CELLS = 1_000_000;

/** The longest run of words that both have, in order (Hunt & Szymanski's problem, by the plain table). */
function lengths(before: readonly string[], after: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const same = before[i] === after[j];
      const [row, below] = [rows[i], rows[i + 1]];
      if (row === undefined || below === undefined) continue;
      row[j] = same ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return rows;
}

/** What was taken away, what was added and what stayed, in reading order. */
export function wordDiff(before: string, after: string): Piece[] {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  if (old.length * now.length > MAX_CELLS) return whole(before, after);
  const table = lengths(old, now);
  const pieces: Piece[] = [];
  const add = (side: Piece['side'], text: string) => {
    const last = pieces.at(-1);
    if (last?.side === side) last.text += text;
    else pieces.push({ side, text });
  };
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [was, is] = [old[i], now[j]];
    if (was !== undefined && was === is) {
      add('both', was);
      [i, j] = [i + 1, j + 1];
    } else if (was !== undefined && (is === undefined || (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))) {
      add('before', was);
      i += 1;
    } else if (is !== undefined) {
      add('after', is);
      j += 1;
    }
  }
  return pieces;
}

const whole = (before: string, after: string): Piece[] => [
  { side: 'before', text: before },
  { side: 'after', text: after },
];

/** Two texts as one, with what went and what came. */
export function WordDiff({ before, after }: { before: string; after: string }) {
  const say = w.value;
  return (
    <>
      {wordDiff(before, after).map(({ side, text }, at) => {
        // The pieces of one comparison never move.
        const key = `${at}-${side}`;
        if (side === 'both') return <span key={key}>{text}</span>;
        return side === 'before' ? (
          <del key={key}>
            <span class="unseen">{say.removed}</span>
            {text}
          </del>
        ) : (
          <ins key={key}>
            <span class="unseen">{say.added}</span>
            {text}
          </ins>
        );
      })}
    </>
  );
}
