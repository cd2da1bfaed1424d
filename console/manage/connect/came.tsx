import { language } from '../../words/words.ts';
import { counted } from '../shell/say.ts';
import { TableWrap } from '../shell/table-wrap.tsx';
import type { View } from './connect.ts';
import { w } from './words.ts';

type Seen = View['events'][number];

/** The events that came last: whether the webhook reaches us, and why one was refused. */
export function Came({ events }: { events: readonly Seen[] }) {
  const say = w.value;
  return (
    <section class="panel" aria-label={say.came}>
      <h3>{say.came}</h3>
      {events.length === 0 ? (
        <p class="muted">{say.nothing}</p>
      ) : (
        <TableWrap label={say.came}>
          <table class="table" data-testid="came">
            <thead>
              <tr>
                <th scope="col">{say.at}</th>
                <th scope="col">{say.event}</th>
                <th scope="col">{say.outcome}</th>
              </tr>
            </thead>
            <tbody>
              {events.map((seen) => (
                <Row key={`${seen.at} ${seen.event}`} seen={seen} />
              ))}
            </tbody>
          </table>
        </TableWrap>
      )}
    </section>
  );
}

const TONE = { accepted: 'good', ignored: '', refused: 'bad' } as const;

function Row({ seen: { at, event, outcome, why, signed, fetched } }: { seen: Seen }) {
  const say = w.value;
  const how = signed === true ? say.signed : say.unsigned;
  return (
    <tr>
      <td>{new Date(at).toLocaleTimeString(language.value === 'zh' ? 'zh-CN' : 'en')}</td>
      <td>
        <code>{event}</code>
      </td>
      <td>
        <span class={`chip ${TONE[outcome]}`}>{say[outcome]}</span>{' '}
        <span class="small muted">
          {fetched === undefined ? (why ?? (signed === undefined ? '' : how)) : counted(say.fetched, fetched)}
        </span>
      </td>
    </tr>
  );
}
