import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import type { SummaryPoint, Summary as Summed } from '../../lib/domain/contract/drafts.ts';
import type { Desk } from '../desk-store.ts';
import { pointWords } from '../point-words.ts';
import { titlesOf } from '../product-titles.ts';
import { isOld, type Summarised } from '../summaries.ts';
import { fill, words } from '../words/words.ts';

const KINDS = ['wanted', 'tried', 'fact', 'mood', 'open'] as const;

type SummaryProps = { desk: Desk; open: ConversationDetail; unfolded: boolean };

/** The conversation in a few points, each leading to the messages that it comes from. */
export function Summary({ desk, open, unfolded }: SummaryProps) {
  const { ui } = words.value;
  const { id } = open.head;
  const summarised = desk.summaries.value[id];
  if (summarised === undefined || isEmpty(summarised, open)) return null;
  return (
    <details class="summary" open={unfolded} data-testid="summary" data-state={summarised.state}>
      <summary>{ui.summary}</summary>
      <Body summarised={summarised} desk={desk} open={open} />
      {isOld(summarised, open) || summarised.state === 'failed' ? (
        <button type="button" class="quiet again" data-testid="summary-again" onClick={() => void desk.summarise(id)}>
          {ui.summaryAgain}
        </button>
      ) : null}
    </details>
  );
}

/** Nothing was found to sum up, and nothing has been said since. */
function isEmpty(summarised: Summarised, open: ConversationDetail): boolean {
  if (summarised.state !== 'there' || isOld(summarised, open)) return false;
  const { points, reason = 'not_configured' } = summarised.summary;
  return points.length === 0 && reason === 'not_configured';
}

type BodyProps = { summarised: Summarised; desk: Desk; open: ConversationDetail };

function Body({ summarised, desk, open }: BodyProps) {
  const { ui } = words.value;
  if (summarised.state !== 'there') {
    return (
      <p class="small" role="status">
        {summarised.state === 'loading' ? ui.summarising : ui.summaryFailed}
      </p>
    );
  }
  const { points } = summarised.summary;
  const here = new Set<string>(open.messages.map((message) => message.id));
  const titles = titlesOf(open);
  return (
    <>
      <dl class="points">
        {KINDS.map((kind) => {
          const mine = points.filter((point) => point.kind === kind);
          return mine.length === 0 ? null : <Kind key={kind} {...{ kind, desk, here, titles }} points={mine} />;
        })}
      </dl>
      <Origin summary={summarised.summary} />
    </>
  );
}

type KindProps = {
  kind: SummaryPoint['kind'];
  points: readonly SummaryPoint[];
  desk: Desk;
  here: ReadonlySet<string>;
  titles: ReadonlyMap<string, string>;
};

function Kind({ kind, points, desk, here, titles }: KindProps) {
  const { point: names } = words.value;
  return (
    <div data-testid={`points-${kind}`}>
      <dt>{names[kind]}</dt>
      {points.map((point) => (
        <dd key={`${point.text} ${point.messageIds[0]}`}>
          <Point {...{ point, desk, titles }} ids={point.messageIds.filter((id) => here.has(id))} />
        </dd>
      ))}
    </div>
  );
}

type PointProps = { point: SummaryPoint; desk: Desk; ids: readonly string[]; titles: ReadonlyMap<string, string> };

/** A point whose messages are not among those shown leads nowhere. */
function Point({ point, desk, ids, titles }: PointProps) {
  const { ui } = words.value;
  const text = pointWords(point, titles);
  if (ids.length === 0) return <span>{text}</span>;
  return (
    <button type="button" class="point" title={ui.showMessage} onClick={() => desk.showMessages(ids)}>
      {text}
    </button>
  );
}

/** Whose words these are: without a model by rules, which needs no word. */
function Origin({ summary }: { summary: Summed }) {
  const { ui, authored } = words.value;
  const { kind, reason } = summary;
  if (kind === 'drafted') return <p class="small muted">{ui.summaryDrafted}</p>;
  if (reason === undefined || reason === 'not_configured') return null;
  return <p class="small muted">{fill(ui.summaryRules, { why: authored[reason] })}</p>;
}
