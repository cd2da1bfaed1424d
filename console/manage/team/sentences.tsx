import type { ReportItem } from '../../../lib/domain/contract/supervisor.ts';
import type { Share } from '../../../lib/domain/hour-report.ts';
import { duration } from '../../format.ts';
import { fill } from '../../words/words.ts';
import { counted, number, share } from '../shell/say.ts';
import { shareText } from './sla-table.tsx';
import { w } from './words.ts';

/** `{count}`, `{of}` and `{share}` of a sentence. */
const parts = ({ count, of, share: part }: Share) => ({
  count: number(count),
  of: number(of),
  share: part === undefined ? w.value.unknown : share(part),
});

/** What a number alone would not say. */
export function Sentences({ total }: { total: ReportItem }) {
  return (
    <div class="team-lists">
      <Containment total={total} />
      <Suggestions total={total} />
      <Would total={total} />
    </div>
  );
}

function Containment({ total }: { total: ReportItem }) {
  const say = w.value;
  const { contained, offers, transfers, requeued, replies, warnedSent, agentMessages } = total;
  const average = replies.average.ms === undefined ? say.unknown : duration(replies.average.ms);
  return (
    <section class="panel" data-testid="containment">
      <h3>{say.containment}</h3>
      <p>{fill(say.containmentText, parts(contained))}</p>
      {replies.average.of === 0 ? null : (
        <p>{fill(say.replies, { minute: shareText(replies.withinMinute), average, of: number(replies.average.of) })}</p>
      )}
      {offers.made === 0 ? null : <p>{fill(say.offers, parts(offers.accepted))}</p>}
      {agentMessages === 0 ? null : (
        <p class={warnedSent === 0 ? '' : 'warm-text'} data-testid="warned-sent">
          {warnedSent === 0 ? say.warnedNone : fill(counted(say.warnedSent, warnedSent), { of: number(agentMessages) })}
        </p>
      )}
      <p class="small muted">
        {[
          ...(transfers === 0 ? [] : [counted(say.transfers, transfers)]),
          ...(requeued === 0 ? [] : [counted(say.requeued, requeued)]),
          `${say.botReplies} ${number(total.botReplies)}`,
          `${say.agentMessages} ${number(agentMessages)}`,
          `${say.closed} ${number(total.closed)}`,
        ].join(' · ')}
      </p>
    </section>
  );
}

function Suggestions({ total: { suggestions } }: { total: ReportItem }) {
  const say = w.value;
  const { shown, used, edited, ignored, dismissed, use } = suggestions;
  return (
    <section class="panel" data-testid="suggestion-use">
      <h3>{say.suggestions}</h3>
      {shown + use.of === 0 ? (
        <p class="muted">{say.none}</p>
      ) : (
        <p>
          {fill(use.of === 0 ? say.suggestionsOnly : say.suggestionsText, {
            ...parts(use),
            shown: number(shown),
            used: number(used),
            edited: number(edited),
            ignored: number(ignored),
            dismissed: number(dismissed),
          })}
        </p>
      )}
    </section>
  );
}

/** Of the modes in which the bot keeps silent: nothing to say where it answers itself. */
function Would({ total: { would } }: { total: ReportItem }) {
  const say = w.value;
  const { alone, same, alike, different, asked, handedOver } = would;
  if (alone.of === 0) return null;
  return (
    <section class="panel" data-testid="would">
      <h3>{say.wouldTitle}</h3>
      <p>{fill(say.would, parts(alone))}</p>
      <p>
        {same.of === 0
          ? say.wouldNone
          : fill(say.wouldSame, { ...parts(same), alike: number(alike), different: number(different) })}
      </p>
      <p class="small muted">{fill(say.wouldRest, { asked: number(asked), handed: number(handedOver) })}</p>
    </section>
  );
}
