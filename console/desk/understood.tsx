import type { Understanding } from '../../lib/domain/understanding.ts';
import { intentTitle } from '../customer/samples.ts';
import { level, percent, sureness } from '../format.ts';
import { language, words } from '../words/words.ts';

/** What the message does and wants, how sure that is, and what was found in it. */
export function Understood({ understanding }: { understanding: Understanding }) {
  const { ui, act } = words.value;
  const { entities, questions } = understanding;
  return (
    <section class="card understood">
      <p class="act">
        <span class="muted">{ui.act}</span>{' '}
        <strong data-testid="act" data-act={understanding.act}>
          {act[understanding.act]}
        </strong>
        <Flags understanding={understanding} />
      </p>
      <Intent understanding={understanding} />
      {questions.length < 2 ? null : <Questions questions={questions} />}
      {entities.length === 0 ? null : <Entities entities={entities} />}
    </section>
  );
}

/** Acts whose intent is what the card is about; of the others it is only a hint. */
const ASKING: ReadonlySet<string> = new Set(['question', 'request', 'complain']);

function Intent({ understanding }: { understanding: Understanding }) {
  const { ui } = words.value;
  const { intent, alternatives, act } = understanding;
  const asking = ASKING.has(act);
  const rivals = alternatives.filter(({ confidence }) => confidence >= 0.01).slice(0, 2);
  const known = intent.name !== 'unknown';
  return (
    <>
      <p class={asking ? 'intent' : 'intent small muted'} data-testid="intent" data-intent={intent.name}>
        <span class={asking ? 'intent-name' : ''}>
          {asking || !known ? '' : `${ui.nearestTopic}: `}
          {intentWords(intent.name)}
        </span>
        {known ? <Confidence value={intent.confidence} /> : null}
      </p>
      {asking && rivals.length > 0 ? (
        <p class="small muted alternatives">
          {ui.alternatives}{' '}
          {rivals.map(({ name, confidence }) => `${intentWords(name)} ${percent(confidence)}`).join(' · ')}
        </p>
      ) : null}
    </>
  );
}

/** The pack's title of an intent; its own name where there is none. */
function intentWords(name: string): string {
  return name === 'unknown' ? words.value.ui.unknownIntent : (intentTitle(name, language.value) ?? name);
}

/** A turn that asks several things: each with what it was taken for. */
function Questions({ questions }: { questions: Understanding['questions'] }) {
  return (
    <div class="small">
      <p class="muted">{words.value.ui.questions}</p>
      <ul class="asked">
        {questions.map(({ text, intent }) => (
          <li key={text}>
            {text} <span class="muted">{intentWords(intent.name)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Four bars, the word and the number: the same wherever a confidence is shown. */
export function Confidence({ value }: { value: number }) {
  return (
    <span class={`confidence level-${level(value)}`}>
      <svg viewBox="0 0 22 12" aria-hidden="true">
        <path class="b1" d="M1 8h4v4H1z" />
        <path class="b2" d="M6.5 5.5h4V12h-4z" />
        <path class="b3" d="M12 3h4v9h-4z" />
        <path class="b4" d="M17.5 0h4v12h-4z" />
      </svg>
      {sureness(value)} <span class="number">{percent(value)}</span>
    </span>
  );
}

function Flags({ understanding }: { understanding: Understanding }) {
  const { ui, flag, sentiment } = words.value;
  const { label, angry } = understanding.sentiment;
  const flags = understanding.flags.filter((name) => name !== understanding.act);
  const mood = angry ? ui.angry : sentiment[label];
  return (
    <>
      {label === 'neutral' && !angry ? null : (
        <span class={`chip ${label === 'positive' ? 'good' : 'warm'}`} data-testid="sentiment">
          {mood}
        </span>
      )}
      {flags.map((name) => (
        <span key={name} class="chip bad" data-testid={`flag-${name}`}>
          {flag[name]}
        </span>
      ))}
    </>
  );
}

function Entities({ entities }: { entities: Understanding['entities'] }) {
  const { ui, entity } = words.value;
  return (
    <dl class="facts entities" aria-label={ui.found}>
      {entities.map(({ type, value, start }) => (
        <div key={`${start}-${type}`}>
          <dt>{entity[type]}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
