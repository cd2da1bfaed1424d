import { useSignal } from '@preact/signals';
import type { RowProblem } from '../../../lib/domain/import-job.ts';
import { counted } from '../shell/say.ts';
import { TableWrap } from '../shell/table-wrap.tsx';
import { w } from './words.ts';

type ProblemTableProps = {
  title: string;
  hint?: string;
  rows: readonly RowProblem[];
  total: number;
  testId: string;
  onDownload?: () => void;
};

const FILTER_FROM = 4;
/** More are in the file that can be downloaded. */
const MOST = 200;

/** Bad rows as they stand in the spreadsheet, each with its reason and how to mend it. */
export function ProblemTable({ title, hint, rows, total, testId, onDownload }: ProblemTableProps) {
  const say = w.value;
  const filter = useSignal('');
  if (total === 0) return null;
  const wanted = filter.value.trim().toLowerCase();
  const fits = rows.filter((row) => wanted === '' || Object.values(row).join(' ').toLowerCase().includes(wanted));
  const sheets = rows.some(({ sheet }) => sheet !== undefined);
  return (
    <section class="panel" data-testid={testId} aria-label={title}>
      <div class="panel-head">
        <h3>
          {title} <span class="chip">{total}</span>
        </h3>
        {hint === undefined ? null : <span class="small muted">{hint}</span>}
      </div>
      <div class="row-of table-tools">
        {rows.length < FILTER_FROM ? null : (
          <input
            type="search"
            aria-label={say.filterRows}
            placeholder={say.filterRows}
            value={filter.value}
            onInput={(event) => {
              filter.value = event.currentTarget.value;
            }}
          />
        )}
        {onDownload === undefined ? null : (
          <button type="button" data-testid={`${testId}-download`} onClick={onDownload}>
            {say.download}
          </button>
        )}
      </div>
      <TableWrap label={title}>
        <table class="table problems">
          <thead>
            <tr>
              {sheets ? <th scope="col">{say.sheet}</th> : null}
              <th scope="col" class="number">
                {say.row}
              </th>
              <th scope="col">{say.column}</th>
              <th scope="col">{say.value}</th>
              <th scope="col">{say.reason}</th>
              <th scope="col">{say.fix}</th>
            </tr>
          </thead>
          <tbody>
            {fits.slice(0, MOST).map((row, index) => (
              <tr key={index}>
                {sheets ? <td class="muted">{row.sheet}</td> : null}
                <td class="number">{row.row}</td>
                <td>{row.column}</td>
                <td class="bad-value">{row.value === '' ? '—' : row.value}</td>
                <td>{row.reason}</td>
                <td class="muted">{row.fix ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableWrap>
      {fits.length === 0 ? <p class="muted">{say.noFit}</p> : null}
      {total > Math.min(rows.length, MOST) ? (
        <p class="small muted">{counted(say.shown, Math.min(rows.length, MOST))}</p>
      ) : null}
    </section>
  );
}
