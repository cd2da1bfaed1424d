import type { Conflict, ConfusedPair, Expiry } from '../../../lib/domain/comparison.ts';
import { hashOf } from '../../route.ts';
import { fill } from '../../words/words.ts';
import { counted, moment } from '../shell/say.ts';
import { w } from './words.ts';

/** Entries that steal from each other, with the questions, so that somebody can tell them apart. */
export function Pairs({ pairs }: { pairs: readonly ConfusedPair[] }) {
  const say = w.value;
  if (pairs.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="pairs-title" data-testid="pairs">
      <div class="panel-head">
        <h3 id="pairs-title">{say.pairs}</h3>
        <span class="small muted">{say.pairsHint}</span>
      </div>
      <ul class="findings">
        {pairs.map(({ a, b, questions, count }) => (
          <li key={`${a} ${b}`}>
            <p>
              <strong>{fill(say.pair, { a, b })}</strong> <span class="chip">{counted(say.times, count)}</span>{' '}
              <a class="link small" href={hashOf('entries', undefined, { q: a })}>
                {a}
              </a>{' '}
              <a class="link small" href={hashOf('entries', undefined, { q: b })}>
                {b}
              </a>
            </p>
            <ul class="quotes">
              {questions.map((question) => (
                <li key={question}>{question}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Expiring({ expiring }: { expiring: readonly Expiry[] }) {
  const say = w.value;
  if (expiring.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="expiring-title" data-testid="expiring">
      <h3 id="expiring-title">{say.expiring}</h3>
      <ul class="findings">
        {expiring.map(({ entryId, answer, kind, at }) => (
          <li key={`${entryId} ${answer} ${kind}`}>
            <a class="link" href={hashOf('entries', entryId)}>
              {entryId}
            </a>{' '}
            <span class="muted">{fill(say.answerN, { n: answer + 1 })}</span>{' '}
            <span class={`chip ${kind === 'ends' ? 'warm' : 'ask'}`}>{fill(say[kind], { at: moment(at) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Conflicts({ conflicts }: { conflicts: readonly Conflict[] }) {
  const say = w.value;
  if (conflicts.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="conflicts-title" data-testid="conflicts">
      <h3 id="conflicts-title">
        {say.conflicts} <span class="chip">{conflicts.length}</span>
      </h3>
      <ul class="findings">
        {conflicts.map((conflict) => (
          <li key={`${conflict.kind} ${conflict.entryIds.join(' ')} ${conflict.question}`}>
            <p>
              <span class="chip warm">{say.conflictKinds[conflict.kind]}</span> <strong>{conflict.question}</strong>
            </p>
            <p class="muted">{conflict.detail}</p>
            <p class="row-of small">
              {conflict.entryIds.map((id) => (
                <a key={id} class="link" href={hashOf('entries', id)}>
                  {id}
                </a>
              ))}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
