import { diffArrays } from 'diff';
import { w } from './words.ts';

/** Words of a text with the blanks behind them; each Chinese character is a word. */
const wordsOf = (text: string): string[] => text.match(/\p{Script=Han}|[^\s\p{Script=Han}]+\s*|\s+/gu) ?? [];

/** Texts further apart than this stand whole: a comparison of everything with everything tells nothing. */
const MAX_EDITS = 2_000;

type Piece = { text: string; side: 'both' | 'before' | 'after' };

/** What was taken away, what was added and what stayed, in reading order. */
export function wordDiff(before: string, after: string): Piece[] {
  const changes = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: MAX_EDITS });
  const whole: Piece[] = [
    { side: 'before', text: before },
    { side: 'after', text: after },
  ];
  return (
    changes?.map(({ added, removed, value }) => ({
      side: added ? 'after' : removed ? 'before' : 'both',
      text: value.join(''),
    })) ?? whole
  );
}

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
