import type { Assist } from '../../../lib/domain/assist.ts';
import type { ConversationDetail } from '../../../lib/domain/contract/desk.ts';
import type { CueDesk } from '../cue-desk.ts';
import { t } from '../words.ts';
import { Ahead } from './ahead.tsx';
import { Chase } from './chase.tsx';
import type { CardKind } from './kind.ts';
import { Look } from './look.tsx';
import { ProcedureCard } from './procedure.tsx';

export type ActCardProps = { desk: CueDesk; assist: Assist; open: ConversationDetail; kind: CardKind };

/** What this kind of message calls for, above the replies. */
export function ActCard({ desk, assist, open, kind }: ActCardProps) {
  const { closing, thanks, mistaken, greeting } = t.value;
  switch (kind) {
    case 'closing':
      return <Note text={closing} />;
    case 'thanks':
      return <Note text={thanks} />;
    case 'mistaken':
      return <Note text={mistaken} />;
    case 'greeting':
      return <Note text={greeting} />;
    case 'chase':
      return <Chase promise={open.head.promise} now={desk.cue.now} />;
    case 'look':
      return <Look desk={desk} assist={assist} messages={open.messages} />;
    case 'procedure':
      return assist.procedure === undefined ? null : (
        <ProcedureCard desk={desk} procedure={assist.procedure} turn={assist.turnId} />
      );
    case 'order':
      return <Likely desk={desk} assist={assist} />;
    case 'replies':
      return null;
  }
}

function Note({ text }: { text: string }) {
  return (
    <p class="act-note muted" data-testid="act-note">
      {text}
    </p>
  );
}

/** What customers ask about an order in this state, each with the answer for this very order. */
function Likely({ desk, assist }: Pick<ActCardProps, 'desk' | 'assist'>) {
  const { order } = assist;
  if (order === undefined || order.likely.length === 0) return null;
  return (
    <div class="likely" data-testid="likely">
      <h3>{t.value.likely}</h3>
      {order.likely.map(({ entryId, question }) => (
        <Ahead key={entryId} desk={desk} question={question} orderNumber={order.number} />
      ))}
    </div>
  );
}
