import type { Miss } from '../../../lib/domain/evaluation.ts';
import { intentWords } from '../../intent-words.ts';
import { hashOf } from '../../route.ts';
import { number, share } from '../shell/say.ts';
import { TableWrap } from '../shell/table-wrap.tsx';
import { w } from './words.ts';

/** Questions with what they should have got and what they did; each opens in the hit test. */
export function MissTable({ misses }: { misses: readonly Miss[] }) {
  const say = w.value;
  if (misses.length === 0) return null;
  return (
    <TableWrap label={say.misses}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{say.question}</th>
            <th scope="col">{say.expected}</th>
            <th scope="col">{say.got}</th>
            <th scope="col" class="number">
              {say.sure}
            </th>
            <th scope="col">{say.rank}</th>
          </tr>
        </thead>
        <tbody>
          {misses.map(({ row, question, expected, got, confidence, rank }) => (
            <tr key={row}>
              <td>
                <a class="link" href={hashOf('hit-test', undefined, { text: question })} title={say.tryIt}>
                  {question}
                </a>
              </td>
              <td>{intentWords(expected)}</td>
              <td>{got === '' ? '–' : intentWords(got)}</td>
              <td class="number">{share(confidence)}</td>
              <td>{rank === undefined ? say.notThere : number(rank)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableWrap>
  );
}
