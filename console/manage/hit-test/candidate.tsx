import type { AnswerVerdict, ExplainedCandidate } from '../../../lib/domain/explanation.ts';
import { conditionWords } from '../../condition-words.ts';
import { Confidence } from '../../desk/confidence.tsx';
import { hashOf } from '../../route.ts';
import { fill, words } from '../../words/words.ts';
import { share } from '../shell/say.ts';
import { reasons, w } from './words.ts';

const PIECES = 8;

type CandidateProps = { candidate: ExplainedCandidate; open: boolean };

/** An entry that was in question: how sure, which question and which pieces of text carried it, and its answers. */
export function Candidate({ candidate, open }: CandidateProps) {
  const say = w.value;
  const { entryId, question, confidence, exact, answers, ask } = candidate;
  return (
    <details class="candidate" open={open} data-testid="candidate" data-entry={entryId}>
      <summary>
        <span class="candidate-question">{question}</span>
        <Confidence value={confidence} />
        {exact ? <span class="chip good">{say.exact}</span> : null}
      </summary>
      <Facts candidate={candidate} />
      <Matched candidate={candidate} />
      {ask === undefined ? null : (
        <p class="small">
          {fill(say.asksFirst, { text: ask.text })} {ask.chosen ? <span class="chip good">{say.chosen}</span> : null}
        </p>
      )}
      <h5>{say.answers}</h5>
      <ul class="verdicts">
        {answers.map((answer) => (
          <Verdict key={answer.index} answer={answer} />
        ))}
      </ul>
    </details>
  );
}

function Facts({ candidate: { entryId, searchPlace, meaning, policy } }: { candidate: ExplainedCandidate }) {
  const say = w.value;
  return (
    <p class="small muted row-of">
      <a class="link" href={hashOf('entries', entryId)}>
        {entryId}
      </a>
      {searchPlace === undefined ? null : <span>{fill(say.searchPlace, { n: searchPlace })}</span>}
      {meaning === undefined ? null : <span>{fill(say.meaning, { n: meaning.toFixed(2) })}</span>}
      {policy === 'assist' ? <span class="chip">{say.policyAssist}</span> : null}
      {policy === 'human' ? <span class="chip warm">{say.policyHuman}</span> : null}
    </p>
  );
}

/** The pieces stand as heavy as they weighed: four steps of colour, and the number for who wants it. */
function Matched({ candidate: { matched } }: { candidate: ExplainedCandidate }) {
  const say = w.value;
  if (matched === undefined) return null;
  const pieces = matched.ngrams.slice(0, PIECES);
  const most = Math.max(...pieces.map(({ weight }) => Math.abs(weight)), Number.MIN_VALUE);
  return (
    <div class="matched">
      <p class="small">
        {fill(say.nearest, { text: matched.question })}{' '}
        <span class="muted">{fill(say.alike, { share: share(matched.similarity) })}</span>
      </p>
      {pieces.length === 0 ? null : (
        <p class="small row-of">
          <span class="muted">{say.pieces}</span>
          {pieces.map(({ text, weight }) => (
            <span
              key={text}
              class={`piece ${weight < 0 ? 'against' : ''} weight-${Math.ceil((4 * Math.abs(weight)) / most)}`}
              title={weight.toFixed(2)}
            >
              {text}
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

function Verdict({ answer }: { answer: AnswerVerdict }) {
  const say = w.value;
  const { text, when, holds, chosen, reason, missing = [] } = answer;
  const state = { yes: say.holds, no: say.holdsNot, unknown: say.unknown }[holds];
  return (
    <li class={chosen ? 'chosen' : ''} data-testid="verdict" data-reason={reason}>
      <p class="pre">{text}</p>
      <p class="small muted row-of">
        {chosen ? <span class="chip good">{say.chosen}</span> : null}
        {when === undefined ? null : (
          <span>
            {fill(words.value.ui.when, { condition: conditionWords(when) })} ({state})
          </span>
        )}
        {chosen || reason === undefined || reason === 'condition' ? null : (
          <span>{reasons.value[reason] ?? reason}</span>
        )}
        {missing.length === 0 ? null : <span>{fill(say.missing, { facts: missing.join(', ') })}</span>}
      </p>
    </li>
  );
}
