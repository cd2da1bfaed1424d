import type { ReportItem } from '../../../lib/domain/contract/supervisor.ts';
import type { Average, Share, SkillReport } from '../../../lib/domain/hour-report.ts';
import { duration } from '../../format.ts';
import { fill } from '../../words/words.ts';
import { number, share } from '../shell/say.ts';
import { TableWrap } from '../shell/table-wrap.tsx';
import { skillName } from './queue.tsx';
import { w } from './words.ts';

/** A share with the number it is a share of. */
export const shareText = (of: Share): string =>
  of.share === undefined ? w.value.unknown : `${share(of.share)} (${number(of.count)}/${number(of.of)})`;

const timeText = ({ ms }: Average): string => (ms === undefined ? w.value.unknown : duration(ms));

type Row = Omit<SkillReport, 'skill'>;

/** What was promised to hand-offs and what became of it, by skill and in all. */
export function SlaTable({ total }: { total: ReportItem }) {
  const say = w.value;
  const heads = [
    say.slaHandoffs,
    say.slaMinute,
    say.slaFirst,
    say.slaWait,
    say.slaBroken,
    say.slaUnanswered,
    say.slaEnd,
  ];
  const { firstResponse, sla, skills, handoffs, resolution } = total;
  const all: Row = {
    handoffs,
    withinMinute: firstResponse.withinMinute,
    firstResponse: firstResponse.average,
    wait: waitOf(skills),
    breaches: sla.firstBroken + sla.endBroken,
    unanswered: sla.unanswered,
    resolution,
  };
  return (
    <section class="panel" data-testid="sla-table">
      <h3>{say.slaTitle}</h3>
      <TableWrap label={say.slaTitle}>
        <table class="table team-table">
          <thead>
            <tr>
              <th scope="col">{say.queueSkill}</th>
              {heads.map((name) => (
                <th key={name} scope="col" class="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {skills.map(({ skill, ...row }) => (
              <SlaRow key={skill} name={skill === 'other' ? say.rest : skillName(skill)} row={row} />
            ))}
            <SlaRow name={say.all} row={all} />
          </tbody>
        </table>
      </TableWrap>
      <p class="small muted">
        {fill(say.slaKept, {
          first: shareText(sla.firstInTime),
          end: shareText(sla.endInTime),
          kept: shareText(total.promises.kept),
        })}
      </p>
    </section>
  );
}

/** Averages weighed by what they are averages of. */
function waitOf(skills: readonly SkillReport[]): Average {
  const of = skills.reduce((sum, { wait }) => sum + wait.of, 0);
  const ms = skills.reduce((sum, { wait }) => sum + (wait.ms ?? 0) * wait.of, 0);
  return of === 0 ? { of } : { of, ms: ms / of };
}

function SlaRow({ name, row }: { name: string; row: Row }) {
  const cells = [
    number(row.handoffs),
    shareText(row.withinMinute),
    timeText(row.firstResponse),
    timeText(row.wait),
    number(row.breaches),
    number(row.unanswered),
    timeText(row.resolution),
  ];
  return (
    <tr>
      <th scope="row">{name}</th>
      {cells.map((cell, at) => (
        <td key={at} class="number">
          {cell}
        </td>
      ))}
    </tr>
  );
}
