import { useSignal } from '@preact/signals';
import type { Procedure } from '../../../lib/domain/assist.ts';
import { words } from '../../words/words.ts';
import type { CueDesk } from '../cue-desk.ts';
import { t } from '../words.ts';
import { InsertLine } from './ahead.tsx';

type ProcedureProps = { desk: CueDesk; procedure: Procedure; turn: string };

/** How a request is met, to be ticked off; what is missing stands first, with the question for it. */
export function ProcedureCard({ desk, procedure, turn }: ProcedureProps) {
  const { steps, missing } = procedure;
  const { procedure: title, missing: stillMissing, noneMissing } = t.value;
  /** What the agent ticked in this turn; the server's own findings stand as they are. */
  const ticked = useSignal<{ turn: string; steps: ReadonlySet<string> }>({ turn, steps: new Set() });
  const mine = ticked.value.turn === turn ? ticked.value.steps : new Set<string>();
  const tick = (text: string, is: boolean) => {
    const others = [...mine].filter((one) => one !== text);
    ticked.value = { turn, steps: new Set(is ? [...others, text] : others) };
  };
  return (
    <div class="procedure" data-testid="procedure">
      <h3>{title}</h3>
      {missing.length === 0 ? (
        <p class="small good-words">✓ {noneMissing}</p>
      ) : (
        <ul class="missing" aria-label={stillMissing}>
          {missing.map(({ fact, ask }) => (
            <li key={fact} data-testid="missing">
              <span class="small">
                {stillMissing}: <strong>{factWords(fact)}</strong>
              </span>
              <InsertLine desk={desk} text={ask} testId="ask-missing" />
            </li>
          ))}
        </ul>
      )}
      <ul class="steps">
        {steps.map(({ text, done }) => (
          <li key={text}>
            <label>
              <input
                type="checkbox"
                data-testid="step"
                checked={done === true || mine.has(text)}
                disabled={done === true}
                onChange={(event) => tick(text, event.currentTarget.checked)}
              />
              <span>{text}</span>
            </label>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A fact by its name in the page's language: a message's, or a condition's. */
function factWords(name: string): string {
  const { entity, fact, askedFact } = words.value;
  return ({ ...fact, ...entity, ...askedFact } as Record<string, string>)[name] ?? name;
}
