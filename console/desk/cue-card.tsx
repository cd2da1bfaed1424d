import type { Assist } from '../../lib/domain/assist.ts';
import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import type { Desk } from '../desk-store.ts';
import { percent } from '../format.ts';
import { visibleReplies } from '../visible.ts';
import { fill, words } from '../words/words.ts';
import { CustomerFacts } from './customer-facts.tsx';
import { Decision } from './decision.tsx';
import { Orders } from './orders.tsx';
import { Products } from './products.tsx';
import { Suggestions } from './suggestions.tsx';
import { Understood } from './understood.tsx';

/** The card for the customer's newest turn: what they want, what to say, and why. */
export function CueCard({ desk }: { desk: Desk }) {
  const { ui } = words.value;
  const assist = desk.card.value;
  const open = desk.open.value;
  const answered = open !== undefined && isAnswered(open);
  return (
    <aside class="column cue" aria-label={ui.cueCard} data-testid="cue-card">
      <header class="column-head">
        <h2>{ui.cueCard}</h2>
        {assist !== undefined && answered ? <span class="chip">{ui.answered}</span> : null}
        <span class="small update" data-testid="update-waiting">
          {desk.waiting.value ? ui.updateWaiting : ''}
        </span>
      </header>
      {assist === undefined || open === undefined ? (
        <p class="empty">{ui.noCard}</p>
      ) : (
        <div class={`cards ${answered ? 'answered' : ''}`}>
          <Understood understanding={assist.understanding} />
          <Decision decision={assist.decision} />
          <Degraded names={assist.degraded} />
          <Suggestions desk={desk} assist={assist} />
          <Orders assist={assist} customer={open.customer} />
          <Products desk={desk} assist={assist} />
          <CustomerFacts customer={open.customer} />
          <Details assist={assist} />
        </div>
      )}
      <Announce assist={assist} />
    </aside>
  );
}

/** Somebody has replied to the newest turn; the notice of a hand-off is no answer. */
function isAnswered({ head, messages }: ConversationDetail): boolean {
  return head.owner !== 'queue' && messages.at(-1)?.author.type !== 'customer';
}

/** What was missing or down, so that the agent knows how far to trust the card. */
function Degraded({ names }: { names: readonly string[] }) {
  const { degraded } = words.value;
  if (names.length === 0) return null;
  return (
    <ul class="degraded small" data-testid="degraded">
      {names.map((name) => (
        <li key={name}>{degraded[name] ?? name}</li>
      ))}
    </ul>
  );
}

function Details({ assist }: { assist: Assist }) {
  const { ui } = words.value;
  const took = assist.timings['totalMs'];
  const { autoReply, suggest } = assist.decision.thresholds;
  return (
    <footer class="small muted details">
      <p>{fill(ui.thresholds, { auto: threshold(autoReply), suggest: threshold(suggest) })}</p>
      <p>
        {fill(ui.revision, { n: assist.revision })} · {ui.release} {assist.release}
        {took === undefined ? '' : ` · ${fill(ui.took, { ms: took.toFixed(1) })}`}
      </p>
    </footer>
  );
}

/** A threshold above 1 is one that no confidence reaches. */
function threshold(value: number): string {
  return value > 1 ? words.value.ui.thresholdNever : percent(value);
}

/** Tells a screen reader of a new card, once a revision. */
function Announce({ assist }: { assist: Assist | undefined }) {
  const { ui } = words.value;
  const replies = assist === undefined ? [] : visibleReplies(assist);
  const [first] = replies;
  const text = first === undefined ? ui.announceNone : fill(ui.announce, { n: replies.length, text: first.text });
  return (
    <p class="unseen" role="status" aria-live="polite" data-testid="announce">
      {assist === undefined ? '' : text}
    </p>
  );
}
