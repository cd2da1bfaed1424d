import type { ProductCard } from '../../lib/domain/product.ts';
import type { Understanding } from '../../lib/domain/understanding.ts';
import { entityWords } from '../entity-words.ts';
import { percent } from '../format.ts';
import { intentWords } from '../intent-words.ts';
import { fill, words } from '../words/words.ts';
import { Confidence } from './confidence.tsx';

type Named = readonly Pick<ProductCard, 'productId' | 'title'>[];
/** `least`: a topic that is only a hint is noise below it. `named`: products whose titles are known. */
type UnderstoodProps = { understanding: Understanding; least?: number; named?: Named };

/** What the message does and wants, how sure that is, and what was found in it. */
export function Understood({ understanding, least = 0, named = [] }: UnderstoodProps) {
  const { ui, act } = words.value;
  const { entities, questions, resolved } = understanding;
  return (
    <section class="card understood">
      <p class="act">
        <span class="muted">{ui.act}</span>{' '}
        <strong data-testid="act" data-act={understanding.act}>
          {act[understanding.act]}
        </strong>
        <Flags understanding={understanding} />
      </p>
      {questions.length > 1 ? (
        <p class="intent" data-testid="intent" data-intent={understanding.intent.name}>
          <span class="intent-name">{fill(ui.several, { n: questions.length })}</span>
        </p>
      ) : (
        <Intent understanding={understanding} least={least} />
      )}
      {resolved === undefined ? null : <Resolved resolved={resolved} />}
      {entities.length === 0 ? null : <Entities entities={entities} named={named} />}
    </section>
  );
}

/** Acts whose intent is what the card is about; of the others it is only a hint. */
const ASKING: ReadonlySet<string> = new Set(['question', 'request', 'complain']);

function Intent({ understanding, least }: { understanding: Understanding; least: number }) {
  const { ui } = words.value;
  const { intent, alternatives, act } = understanding;
  const asking = ASKING.has(act);
  if (!asking && intent.confidence < least) return null;
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

/** A short follow-up and the text that was read in its place, with what it follows. */
function Resolved({ resolved }: { resolved: NonNullable<Understanding['resolved']> }) {
  const { ui } = words.value;
  return (
    <p class="small muted resolved" data-testid="resolved">
      {fill(ui.readAs, { text: resolved.text })}
      {' · '}
      {fill(ui.readAfter, { topic: intentWords(resolved.topic) })}
    </p>
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

function Entities({ entities, named }: { entities: Understanding['entities']; named: Named }) {
  const { ui, entity } = words.value;
  const titles = new Map(named.map(({ productId, title }) => [String(productId), title]));
  return (
    <dl class="facts entities" aria-label={ui.found}>
      {entities.map(({ type, value, text, start }) => (
        <div key={`${start}-${type}`}>
          <dt>{entity[type]}</dt>
          <dd>{type === 'product' ? (titles.get(value) ?? text) : entityWords(type, value)}</dd>
        </div>
      ))}
    </dl>
  );
}
