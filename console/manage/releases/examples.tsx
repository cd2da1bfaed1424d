import type { ChangedQuestion } from '../../../lib/domain/comparison.ts';
import type { ReleaseReport } from '../../../lib/domain/release.ts';
import { fill } from '../../words/words.ts';
import { share } from '../shell/say.ts';
import { TableWrap } from '../shell/table-wrap.tsx';
import { w } from './words.ts';

const TONES = { gained: 'good', lost: 'bad', changed: 'ask' } as const;
const ORDER = { lost: 0, changed: 1, gained: 2 } as const;

/** The questions behind the bars, the lost ones first. */
export function Examples({ report }: { report: ReleaseReport }) {
  const say = w.value;
  return (
    <>
      {(['golden', 'own', 'recent'] as const).map((name) => {
        const found = report[name]?.examples ?? [];
        return found.length === 0 ? null : (
          <ExampleTable key={name} title={fill(say.examples, { set: say.sets[name] })} questions={found} />
        );
      })}
    </>
  );
}

function ExampleTable({ title, questions }: { title: string; questions: readonly ChangedQuestion[] }) {
  const say = w.value;
  const sorted = questions.toSorted((a, b) => ORDER[a.change] - ORDER[b.change]);
  const hasExpected = sorted.some(({ expected }) => expected !== undefined);
  return (
    <section class="panel" aria-label={title} data-testid="examples">
      <h3>{title}</h3>
      <TableWrap label={title}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{say.change}</th>
              <th scope="col">{say.question}</th>
              {hasExpected ? <th scope="col">{say.expected}</th> : null}
              <th scope="col">{say.before}</th>
              <th scope="col">{say.after}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((one) => (
              <tr key={`${one.text} ${one.change}`}>
                <td>
                  <span class={`chip ${TONES[one.change]}`}>{say.changeKinds[one.change]}</span>
                </td>
                <td>{one.text}</td>
                {hasExpected ? <td>{one.expected ?? ''}</td> : null}
                <td>
                  <Got name={one.before} confidence={one.confidenceBefore} />
                </td>
                <td>
                  <Got name={one.after} confidence={one.confidenceAfter} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableWrap>
    </section>
  );
}

function Got({ name, confidence }: { name: string | undefined; confidence: number | undefined }) {
  return (
    <>
      {name === undefined || name === '' ? <span class="muted">{w.value.nothing}</span> : name}
      {confidence === undefined ? null : <span class="muted"> {share(confidence)}</span>}
    </>
  );
}
