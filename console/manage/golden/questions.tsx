import { useSignal } from '@preact/signals';
import type { Golden } from '../../../lib/domain/knowledge.ts';
import { intentWords } from '../../intent-words.ts';
import { hashOf } from '../../route.ts';
import { counted } from '../shell/say.ts';
import { TableWrap } from '../shell/table-wrap.tsx';
import { fits, NONE } from './list.ts';
import { w } from './words.ts';

/** So many rows are drawn until more are asked for. */
const SHOWN = 100;

type QuestionsProps = {
  items: readonly Golden[];
  onEdit: (golden: Golden) => void;
  onRemove: (golden: Golden) => void;
};

/** All of them, or those that hold what is searched for. */
export function Questions({ items, onEdit, onRemove }: QuestionsProps) {
  const say = w.value;
  const typed = useSignal('');
  const most = useSignal(SHOWN);
  const found = items.filter((one) => fits(one, typed.value.trim()));
  return (
    <div class="golden-list">
      <div class="row-of">
        <input
          type="search"
          data-search
          data-testid="golden-search"
          aria-label={say.search}
          placeholder={say.search}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
        />
        <span class="small muted" role="status" data-testid="golden-count">
          {counted(say.count, found.length)}
        </span>
      </div>
      {found.length === 0 ? <p class="muted">{say.noneFits}</p> : null}
      {found.length === 0 ? null : (
        <TableWrap label={say.title}>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{say.question}</th>
                <th scope="col">{say.expected}</th>
                <th scope="col">{say.language}</th>
                <th scope="col">{say.actions}</th>
              </tr>
            </thead>
            <tbody>
              {found.slice(0, most.value).map((one) => (
                <Row key={JSON.stringify(one)} golden={one} onEdit={onEdit} onRemove={onRemove} />
              ))}
            </tbody>
          </table>
        </TableWrap>
      )}
      {found.length <= most.value ? null : (
        <button
          type="button"
          onClick={() => {
            most.value += SHOWN;
          }}
        >
          {say.more}
        </button>
      )}
    </div>
  );
}

type RowProps = Pick<QuestionsProps, 'onEdit' | 'onRemove'> & { golden: Golden };

function Row({ golden, onEdit, onRemove }: RowProps) {
  const say = w.value;
  const { text, language } = golden;
  return (
    <tr data-testid="golden-row">
      <td>
        <a class="link" href={hashOf('hit-test', undefined, { text })} title={say.tryIt}>
          {text}
        </a>
      </td>
      <td>
        <Expected name={golden.intent} />
      </td>
      <td>{language === undefined ? <span class="muted">{say.any}</span> : say[language]}</td>
      <td class="access-actions">
        <button type="button" aria-label={`${say.edit}: ${text}`} onClick={() => onEdit(golden)}>
          {say.edit}
        </button>
        <button type="button" class="danger" aria-label={`${say.remove}: ${text}`} onClick={() => onRemove(golden)}>
          {say.remove}
        </button>
      </td>
    </tr>
  );
}

/** What should come: in words where the packs have some, and as it is called. */
function Expected({ name }: { name: string }) {
  if (name === NONE) return <span class="muted">{w.value.nothing}</span>;
  const title = intentWords(name);
  return (
    <>
      {title === name ? null : <>{title} </>}
      <code>{name}</code>
    </>
  );
}
