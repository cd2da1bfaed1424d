import type { ReportItem, TeamHours } from '../../../lib/domain/contract/supervisor.ts';
import { formatLocal } from '../../../lib/domain/local-time.ts';
import type { Act } from '../../../lib/domain/understanding.ts';
import { intentWords } from '../../intent-words.ts';
import { words } from '../../words/words.ts';
import { type Column, Columns } from '../charts/columns.tsx';
import { Ranked, type RankedRow } from '../charts/ranked.tsx';
import type { Period } from './read.ts';
import { Sentences } from './sentences.tsx';
import { SlaTable } from './sla-table.tsx';
import { w } from './words.ts';

const MOST_ROWS = 10;

type When = { period: Period; timeZone: string };

/** What happened in a period: promises kept, who was busy when, what it was about, and how the suggestions fared. */
export function Report({ hours, period }: { hours: TeamHours; period: Period }) {
  const say = w.value;
  const { total, items, timeZone } = hours;
  const when = { period, timeZone };
  if (total.turns + total.handoffs + total.agentMessages === 0) return <p class="muted">{say.nothing}</p>;
  return (
    <div class="team-report" data-testid="team-report">
      <SlaTable total={total} />
      <div class="team-charts">
        <section class="panel">
          <h3>{say.turns}</h3>
          <Columns
            label={say.turns}
            legend={[say.byBot, say.byPeople, say.noReply]}
            columns={items.map((item) => columnOf(item, when, turnParts(item)))}
          />
        </section>
        <section class="panel">
          <h3>{say.waits}</h3>
          <Columns
            label={say.waits}
            legend={[say.answeredIn, say.answeredLater, say.never]}
            columns={items.map((item) => columnOf(item, when, waitParts(item)))}
          />
        </section>
      </div>
      <div class="team-lists">
        <List
          title={say.intents}
          rows={total.intents.map(({ intent, count }) => ({ name: intentName(intent), count }))}
        />
        <List title={say.acts} rows={sorted(total.acts, (act) => words.value.act[act as Act] ?? act)} />
        <List
          title={say.reasons}
          rows={sorted(
            total.handoffReasons,
            (reason) => say.handoffReason[reason as keyof typeof say.handoffReason] ?? reason,
          )}
        />
      </div>
      <Sentences total={total} />
    </div>
  );
}

const intentName = (intent: string): string => (intent === 'other' ? w.value.rest : intentWords(intent));

/** Times as they are where the shop is. */
function columnOf(item: ReportItem, { period, timeZone }: When, parts: readonly number[]): Column {
  const [day = '', time = ''] = formatLocal(Date.parse(item.from), timeZone).split(' ');
  const isDays = period === 'week' || period === 'month';
  return isDays ? { mark: day.slice(5), title: day, parts } : { mark: time.slice(0, 2), title: time, parts };
}

function turnParts({ decisions, turns }: ReportItem): number[] {
  const { auto_reply: replied = 0, clarify = 0, none = 0 } = decisions;
  const bot = replied + clarify;
  return [bot, Math.max(0, turns - bot - none), none];
}

function waitParts({ firstResponse, sla }: ReportItem): number[] {
  const { withinMinute, average } = firstResponse;
  return [withinMinute.count, Math.max(0, average.of - withinMinute.count), sla.unanswered];
}

const sorted = (counts: Record<string, number>, worded: (name: string) => string): RankedRow[] =>
  Object.entries(counts)
    .map(([name, count]) => ({ name: worded(name), count }))
    .sort((a, b) => b.count - a.count);

function List({ title, rows }: { title: string; rows: readonly RankedRow[] }) {
  return (
    <section class="panel">
      <h3>{title}</h3>
      <Ranked rows={rows.slice(0, MOST_ROWS)} empty={w.value.none} />
    </section>
  );
}
