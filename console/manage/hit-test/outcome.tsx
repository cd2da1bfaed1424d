import type { ComponentChildren } from 'preact';
import { conditionWords } from '../../condition-words.ts';
import { Confidence } from '../../desk/confidence.tsx';
import { Decision } from '../../desk/decision.tsx';
import { Understood } from '../../desk/understood.tsx';
import { hashOf } from '../../route.ts';
import { fill, words } from '../../words/words.ts';
import { share } from '../shell/say.ts';
import type { Explained } from './ask.ts';
import { Candidate } from './candidate.tsx';
import { w } from './words.ts';

type OutcomeProps = { title: string; assist: Explained; mark?: ComponentChildren };

/** One release's answer: what was understood, what would happen, and why. */
export function Outcome({ title, assist, mark }: OutcomeProps) {
  return (
    <section class="panel outcome" data-testid="outcome" data-release={assist.release} aria-label={title}>
      <div class="panel-head">
        <h3>{title}</h3>
        {mark}
        <code class="muted">{assist.release}</code>
      </div>
      <Understood understanding={assist.understanding} />
      <Decision decision={assist.decision} />
      <Replies assist={assist} />
      <Why assist={assist} />
    </section>
  );
}

function Replies({ assist }: { assist: Explained }) {
  const say = w.value;
  const { suggestions, next, cards, degraded } = assist;
  return (
    <div class="outcome-replies">
      <h4>{say.replies}</h4>
      {suggestions.length === 0 ? <p class="muted">{say.noReplies}</p> : null}
      <ol>
        {suggestions.map(({ id, text, confidence, source, condition }) => (
          <li key={id} data-testid="outcome-reply">
            <p class="pre">{text}</p>
            <p class="small muted row-of">
              <Confidence value={confidence} shownFrom={assist.decision.thresholds.suggest} />
              <a class="link" href={hashOf('entries', source.id)}>
                {source.title}
              </a>
              {condition === undefined ? null : fill(words.value.ui.when, { condition: conditionWords(condition) })}
            </p>
          </li>
        ))}
      </ol>
      {next === undefined ? null : (
        <p class="small">
          <span class="muted">{say.nextPhrase}:</span> {next.text}
        </p>
      )}
      {cards.length === 0 ? null : (
        <p class="small">
          <span class="muted">{say.cards}:</span> {cards.map(({ title }) => title).join(' · ')}
        </p>
      )}
      {degraded.length === 0 ? null : (
        <p class="small bad">
          {say.degraded}: {degraded.map((name) => words.value.degraded[name] ?? name).join(', ')}
        </p>
      )}
    </div>
  );
}

function Why({ assist: { explanation } }: { assist: Explained }) {
  const say = w.value;
  if (explanation === undefined) return null;
  const several = explanation.asked.length > 1;
  return (
    <div class="why-all">
      {explanation.asks === undefined ? null : (
        <p class="small muted">{fill(say.asks, { share: share(explanation.asks) })}</p>
      )}
      {explanation.asked.map(({ text, candidates }) => (
        <div key={text}>
          <h4>{several ? fill(say.whyOf, { text }) : say.why}</h4>
          {candidates.length === 0 ? <p class="muted">{say.nothingKnown}</p> : null}
          {candidates.map((candidate, at) => (
            <Candidate key={candidate.entryId} candidate={candidate} open={at === 0} />
          ))}
        </div>
      ))}
    </div>
  );
}
