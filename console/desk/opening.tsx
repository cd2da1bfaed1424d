import { useEffect } from 'preact/hooks';
import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import type { Opening } from '../../lib/domain/opening.ts';
import { fill } from '../words/words.ts';
import { Ahead, InsertLine } from './cards/ahead.tsx';
import type { CueDesk } from './cue-desk.ts';
import { Products } from './products.tsx';
import { t } from './words.ts';

type OpeningProps = { desk: CueDesk; open: ConversationDetail };

/** Before the customer's first word: what they probably came for, with answers, and what the lead is worth. */
export function OpeningCard({ desk, open }: OpeningProps) {
  const { id, version } = open.head;
  useEffect(() => void desk.cue.readOpening(open), [id, version]);
  const found = desk.cue.openings.value[id];
  const { opening, openingLead, openingNone, reading, offline } = t.value;
  return (
    <div class="opening" data-testid="opening">
      <section class="card" aria-label={opening}>
        <h3>{opening}</h3>
        <p class="small muted">{openingLead}</p>
        {found?.state === 'there' ? (
          <Likely desk={desk} likely={found.value.likely} />
        ) : (
          <p class="small muted" role="status">
            {found?.state === 'failed' ? offline : reading}
          </p>
        )}
        {found?.state === 'there' && isNothing(found.value) ? <p class="muted">{openingNone}</p> : null}
      </section>
      {found?.state === 'there' ? <Lead lead={found.value.lead} /> : null}
      <Products desk={desk} cards={found?.state === 'there' ? found.value.cards : []} />
    </div>
  );
}

const isNothing = ({ likely, cards, lead }: Opening): boolean =>
  likely.length === 0 && cards.length === 0 && lead.parts.length === 0;

function Likely({ desk, likely }: { desk: CueDesk; likely: Opening['likely'] }) {
  return (
    <ul class="opening-likely">
      {likely.map(({ question, reason, suggestion }, at) => (
        <li key={question} data-testid={`opening-${at + 1}`}>
          {suggestion === undefined ? <Ahead desk={desk} question={question} /> : <strong>{question}</strong>}
          <span class="small muted">{reason}</span>
          {suggestion === undefined ? null : <InsertLine desk={desk} text={suggestion.text} />}
        </li>
      ))}
    </ul>
  );
}

/** One number, which opens to all that it is made of. */
function Lead({ lead: { score, parts } }: { lead: Opening['lead'] }) {
  const { lead, leadOf, leadParts } = t.value;
  const leadPart: Record<string, string> = t.value.leadPart;
  return (
    <details class="card lead" data-testid="lead">
      <summary>
        {lead} <strong>{fill(leadOf, { n: Math.round(score) })}</strong>
        <meter min={0} max={100} value={score} aria-label={lead} />
      </summary>
      <table class="small" aria-label={leadParts}>
        <tbody>
          {parts.map((part) => (
            <tr key={`${part.name} ${part.value}`}>
              <th scope="row">{leadPart[part.name] ?? part.name}</th>
              <td>{part.value}</td>
              <td class="number">{part.points > 0 ? `+${part.points}` : part.points}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
