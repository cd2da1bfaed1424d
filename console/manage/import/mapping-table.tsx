import type { MappedColumn } from '../../../lib/domain/import-job.ts';
import { fill } from '../../words/words.ts';
import { Pick } from '../shell/field.tsx';
import { TableWrap } from '../shell/table-wrap.tsx';
import type { Importer } from './importer.ts';
import type { Report } from './types.ts';
import { w } from './words.ts';

/** What each column of the file was read as; changed here, it is read again so. */
export function MappingTable({
  report,
  importer,
  editable,
}: {
  report: Report;
  importer: Importer;
  editable: boolean;
}) {
  const say = w.value;
  const mapping = report.mapping ?? [];
  if (mapping.length === 0) return null;
  const sheets = mapping.some(({ sheet }) => sheet !== undefined);
  const names = report.kind === 'catalog' ? say.productColumns : say.columns;
  const wished = importer.wish.value.mapping;
  const change = (header: string, column: string) => {
    importer.wish.value = { ...importer.wish.value, mapping: { ...wished, [header]: column === '' ? null : column } };
  };
  const isChanged = mapping.some((one) => readAs(one, wished) !== one.column);
  return (
    <section class="panel" aria-labelledby="mapping-title" data-testid="mapping">
      <div class="panel-head">
        <h3 id="mapping-title">{say.mapping}</h3>
        <span class="small muted">{say.mappingHint}</span>
      </div>
      {report.ignoredColumns.length === 0 ? null : (
        <p class="callout warm">{fill(say.ignoredList, { names: report.ignoredColumns.join(', ') })}</p>
      )}
      <TableWrap label={say.mapping}>
        <table class="table">
          <thead>
            <tr>
              {sheets ? <th scope="col">{say.sheet}</th> : null}
              <th scope="col">{say.header}</th>
              <th scope="col">{say.readAs}</th>
              <th scope="col">{say.samples}</th>
            </tr>
          </thead>
          <tbody>
            {mapping.map((one) => (
              <tr key={`${one.sheet ?? ''} ${one.header}`}>
                {sheets ? <td class="muted">{one.sheet}</td> : null}
                <td>
                  <strong>{one.header}</strong>
                </td>
                <td>
                  {editable ? (
                    <Pick
                      label={`${say.readAs}: ${one.header}`}
                      value={readAs(one, wished) ?? ''}
                      options={[['', say.ignored], ...Object.entries(names)]}
                      onPick={(column) => change(one.header, column)}
                    />
                  ) : (
                    (names[one.column ?? ''] ?? one.column ?? say.ignored)
                  )}
                </td>
                <td class="muted samples">{one.samples.join(' · ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableWrap>
      {isChanged && editable ? (
        <div class="row-of">
          <button
            type="button"
            class="primary"
            data-testid="check-again"
            disabled={importer.sending.value || importer.file.value === undefined}
            onClick={() => void importer.send(true)}
          >
            {say.again}
          </button>
        </div>
      ) : null}
    </section>
  );
}

function readAs({ header, column }: MappedColumn, wished: Record<string, string | null>): string | null {
  return Object.hasOwn(wished, header) ? (wished[header] ?? null) : column;
}
