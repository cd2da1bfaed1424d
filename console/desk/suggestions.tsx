import type { Assist } from '../../lib/domain/assist.ts';
import type { Desk } from '../desk-store.ts';
import { intentWords } from '../intent-words.ts';
import { focusComposer } from '../keyboard.ts';
import { type Group, visibleGroups } from '../visible.ts';
import { fill, words } from '../words/words.ts';
import { Reply } from './replies.tsx';

/**
 * The replies, under their questions where a turn asks several, and the phrase for the moment. Each place keeps its
 * element and its number, so that a revision replaces the text in place; while the pointer rests here nothing changes.
 */
export function Suggestions({ desk, assist }: { desk: Desk; assist: Assist }) {
  const { ui } = words.value;
  const { next } = assist;
  return (
    <section
      class="suggestions"
      aria-label={ui.suggestions}
      onPointerEnter={() => desk.hold.pointer(true)}
      onPointerLeave={() => desk.hold.pointer(false)}
    >
      {visibleGroups(assist).flatMap((group, at) => groupElements({ desk, assist, group, at }))}
      {next === undefined ? null : <NextPhrase desk={desk} next={next} />}
    </section>
  );
}

type GroupProps = { desk: Desk; assist: Assist; group: Group; at: number };

/** All groups stand in one list, keyed by place: a reply that comes to stand below a heading stays the same element. */
function groupElements({ desk, assist, group, at }: GroupProps) {
  const { question, suggestions, first } = group;
  const threshold = assist.decision.thresholds.suggest;
  return [
    question === undefined ? null : <QuestionHeading key={`question-${at}`} number={at + 1} question={question} />,
    suggestions.length > 0 ? null : (
      <p key={`none-${at}`} class="none muted" data-testid="no-suggestions">
        {words.value.ui.noSuggestions}
      </p>
    ),
    ...suggestions.map((suggestion, index) => (
      <Reply
        key={`place-${first + index}`}
        desk={desk}
        place={first + index}
        suggestion={suggestion}
        threshold={threshold}
      />
    )),
  ];
}

type HeadingProps = { number: number; question: NonNullable<Group['question']> };

/** A question as the customer wrote it, and what it was taken for. */
function QuestionHeading({ number, question }: HeadingProps) {
  return (
    <h3 class="question" data-testid={`question-${number}`} data-intent={question.intent.name}>
      <span class="unseen">{fill(words.value.ui.question, { n: number })}: </span>
      <span class="question-text">{question.text}</span>{' '}
      <span class="question-intent muted">{intentWords(question.intent.name)}</span>
    </h3>
  );
}

function NextPhrase({ desk, next }: { desk: Desk; next: NonNullable<Assist['next']> }) {
  const { ui, phase } = words.value;
  return (
    <button
      type="button"
      class="suggestion phrase"
      data-testid="next-phrase"
      aria-keyshortcuts="0 Alt+0"
      onClick={() => {
        desk.insertPhrase();
        requestAnimationFrame(focusComposer);
      }}
    >
      <kbd>0</kbd>
      <span class="suggestion-body">
        <span class="suggestion-text">{next.text}</span>
        <span class="small muted">
          {ui.nextPhrase} · {phase[next.phase]}
        </span>
      </span>
    </button>
  );
}
