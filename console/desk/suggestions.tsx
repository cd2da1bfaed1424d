import type { Assist } from '../../lib/domain/assist.ts';
import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import { intentWords } from '../intent-words.ts';
import { focusComposer } from '../keyboard.ts';
import { type Group, visibleGroups, visibleReplies } from '../visible.ts';
import { fill, words } from '../words/words.ts';
import { ActCard } from './cards/act-card.tsx';
import { type CardKind, cardKind, foldsReplies, leadsWithPhrase, wantsReplies } from './cards/kind.ts';
import type { CueDesk } from './cue-desk.ts';
import { Reply } from './replies.tsx';
import { t } from './words.ts';

type SuggestionsProps = { desk: CueDesk; assist: Assist; open: ConversationDetail };

/**
 * What this kind of message calls for, the replies, under their questions where a turn asks several, and the phrase for
 * the moment. Each place keeps its element and its number, so that a revision replaces the text in place; while the
 * pointer or the focus rests here nothing changes.
 */
export function Suggestions({ desk, assist, open }: SuggestionsProps) {
  const { ui } = words.value;
  const { next } = assist;
  const kind = cardKind(assist, open.messages);
  const first = leadsWithPhrase(kind);
  const phrase = next === undefined ? null : <NextPhrase key="phrase" desk={desk} next={next} leads={first} />;
  return (
    <section
      class={`suggestions for-${kind}`}
      aria-label={ui.suggestions}
      data-testid="suggestions"
      data-kind={kind}
      onPointerEnter={() => desk.hold.pointer(true)}
      onPointerLeave={() => desk.hold.pointer(false)}
      onFocusIn={() => desk.hold.focus(true)}
      onFocusOut={(event) => {
        const to = event.relatedTarget;
        if (!(to instanceof Node && event.currentTarget.contains(to))) desk.hold.focus(false);
      }}
    >
      <ActCard key="act" desk={desk} assist={assist} open={open} kind={kind} />
      {first ? phrase : null}
      {foldsReplies(kind) ? <Folded desk={desk} assist={assist} /> : groups({ desk, assist, kind })}
      {first ? null : phrase}
    </section>
  );
}

/** Replies to what was not asked are kept out of the way. */
function Folded({ desk, assist }: Omit<SuggestionsProps, 'open'>) {
  const { length } = visibleReplies(assist);
  if (length === 0) return null;
  return (
    <details class="folded">
      <summary class="small">{fill(t.value.otherReplies, { n: length })}</summary>
      <div class="folded-replies">{groups({ desk, assist, kind: 'closing' })}</div>
    </details>
  );
}

type GroupsProps = Omit<SuggestionsProps, 'open'> & { kind: CardKind };
type GroupProps = GroupsProps & { group: Group; at: number };

const groups = (given: GroupsProps) =>
  visibleGroups(given.assist).flatMap((group, at) => groupElements({ ...given, group, at }));

/** All groups stand in one list, keyed by place: a reply that comes to stand below a heading stays the same element. */
function groupElements({ desk, assist, kind, group, at }: GroupProps) {
  const { question, suggestions, first } = group;
  const threshold = assist.decision.thresholds.suggest;
  const saysNone = suggestions.length === 0 && (question !== undefined || wantsReplies(kind));
  return [
    question === undefined ? null : <QuestionHeading key={`question-${at}`} number={at + 1} question={question} />,
    saysNone ? (
      <p key={`none-${at}`} class="none muted" data-testid="no-suggestions">
        {words.value.ui.noSuggestions}
      </p>
    ) : null,
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

type NextProps = { desk: CueDesk; next: NonNullable<Assist['next']>; leads: boolean };

function NextPhrase({ desk, next, leads }: NextProps) {
  const { ui, phase } = words.value;
  return (
    <button
      type="button"
      class={`suggestion phrase ${leads ? 'leads' : ''}`}
      data-testid="next-phrase"
      data-phase={next.phase}
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
