import type { Assist } from '../../lib/domain/assist.ts';
import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import { percent } from '../format.ts';
import { visibleReplies } from '../visible.ts';
import { fill, words } from '../words/words.ts';
import { cardKind } from './cards/kind.ts';
import type { CueDesk } from './cue-desk.ts';
import { CustomerFacts } from './customer-facts.tsx';
import { saidOf } from './decided.ts';
import { Decision } from './decision.tsx';
import { OpeningCard } from './opening.tsx';
import { Orders } from './orders.tsx';
import { Products } from './products.tsx';
import { Suggestions } from './suggestions.tsx';
import { Understood } from './understood.tsx';

/** The card for the customer's newest turn: what they want, what to say, and why. */
export function CueCard({ desk }: { desk: CueDesk }) {
  const { ui } = words.value;
  const assist = desk.card.value;
  const open = desk.open.value;
  const answered = open !== undefined && assist !== undefined && isAnswered(open);
  return (
    <aside class="column cue" aria-label={ui.cueCard} data-testid="cue-card">
      <header class="column-head">
        <h2>{ui.cueCard}</h2>
        {answered ? <span class="chip">{ui.answered}</span> : null}
        <span class="small update" data-testid="update-waiting">
          {desk.waiting.value ? ui.updateWaiting : ''}
        </span>
      </header>
      {open === undefined ? (
        <p class="empty">{ui.noCard}</p>
      ) : assist === undefined ? (
        <Before desk={desk} open={open} />
      ) : (
        <Card desk={desk} assist={assist} open={open} answered={answered} />
      )}
      <Announce assist={assist} />
    </aside>
  );
}

/** What is less likely than not is no hint, whatever share replies are shown from. */
const HINT = 0.5;

type CardProps = { desk: CueDesk; assist: Assist; open: ConversationDetail; answered: boolean };

function Card({ desk, assist, open, answered }: CardProps) {
  const isOrder = cardKind(assist, open.messages) === 'order';
  const orders = <Orders assist={assist} customer={open.customer} leads={isOrder} />;
  return (
    <div class={`cards ${answered ? 'answered' : ''} ${isOrder ? 'about-order' : ''}`}>
      <Understood
        understanding={assist.understanding}
        least={Math.max(assist.decision.thresholds.suggest, HINT)}
        named={namedProducts(open, assist)}
      />
      <Decision
        decision={assist.decision}
        said={saidOf(assist, open.head)}
        isAgents={open.head.owner.startsWith('agent:')}
      />
      <Degraded names={assist.degraded} />
      {isOrder ? orders : null}
      <Suggestions desk={desk} assist={assist} open={open} />
      {isOrder ? null : orders}
      <Products desk={desk} cards={assist.cards} />
      <CustomerFacts customer={open.customer} named={namedProducts(open, assist)} />
      <Details assist={assist} />
    </div>
  );
}

/** Nothing has been read yet. Before anything was said there is still what brought the customer here. */
function Before({ desk, open }: { desk: CueDesk; open: ConversationDetail }) {
  const isFirst = !open.messages.some(({ author }) => author.type === 'customer');
  if (!isFirst) return <p class="empty">{words.value.ui.noCard}</p>;
  return (
    <div class="cards">
      <OpeningCard desk={desk} open={open} />
      <Orders assist={undefined} customer={open.customer} leads={false} />
      <CustomerFacts customer={open.customer} named={namedProducts(open, undefined)} />
    </div>
  );
}

/** Products whose titles came along with something else. */
function namedProducts({ package: handedOver }: ConversationDetail, assist: Assist | undefined) {
  const { cart = [], views = [] } = handedOver?.customer ?? {};
  return [...cart, ...views, ...(assist?.cards ?? [])];
}

/** Somebody has replied to the newest turn; the notice of a hand-off is no answer, in the queue and after it. */
function isAnswered({ head, messages }: ConversationDetail): boolean {
  if (head.owner === 'queue') return false;
  const last = messages.at(-1);
  return last !== undefined && last.author.type !== 'customer' && last.notice !== true;
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
