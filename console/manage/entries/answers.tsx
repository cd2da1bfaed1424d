import { fill } from '../../words/words.ts';
import { Field } from '../shell/field.tsx';
import { counted } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { AnswerExtras } from './answer-extras.tsx';
import { ConditionField } from './condition-field.tsx';
import { type Slot, SlotText } from './slot-text.tsx';
import type { Answer } from './types.ts';
import { w } from './words.ts';

type AnswersProps = {
  shell: Shell;
  value: readonly Answer[];
  slots: readonly Slot[];
  timeZone: string;
  tried: boolean;
  onChange: (answers: Answer[]) => void;
};

export function Answers({ shell, value, slots, timeZone, tried, onChange }: AnswersProps) {
  const say = w.value;
  return (
    <section class="panel" aria-labelledby="answers-title" data-testid="answers">
      <div class="panel-head">
        <h3 id="answers-title">
          {say.answers} <span class="chip">{value.length}</span>
        </h3>
        <span class="small muted">{say.answersHint}</span>
      </div>
      {value.map((answer, index) => (
        // Answers are known by their place: sources and diffs count them so.
        <fieldset key={index} class="answer" aria-label={fill(say.answerN, { n: index + 1 })}>
          <AnswerHead
            place={index}
            only={value.length === 1}
            onUp={() => onChange(value.with(index - 1, answer).with(index, value[index - 1] ?? answer))}
            onRemove={() => onChange(value.toSpliced(index, 1))}
          />
          <AnswerText
            answer={answer}
            place={index}
            slots={slots}
            tried={tried}
            onInput={(text) => onChange(value.with(index, { ...answer, text }))}
          />
          <ConditionField
            place={index}
            value={answer.when ?? ''}
            onInput={(when) => onChange(value.with(index, { ...answer, when }))}
          />
          <AnswerExtras
            shell={shell}
            answer={answer}
            timeZone={timeZone}
            onChange={(next) => onChange(value.with(index, next))}
          />
        </fieldset>
      ))}
      <div>
        <button type="button" data-testid="add-answer" onClick={() => onChange([...value, { text: '' }])}>
          + {say.addAnswer}
        </button>
      </div>
    </section>
  );
}

type HeadProps = { place: number; only: boolean; onUp: () => void; onRemove: () => void };

function AnswerHead({ place, only, onUp, onRemove }: HeadProps) {
  const say = w.value;
  const n = { n: place + 1 };
  return (
    <div class="answer-head">
      <strong>{fill(say.answerN, n)}</strong>
      <span class="grow" />
      {place === 0 ? null : (
        <button type="button" class="icon" aria-label={fill(say.moveUp, n)} title={fill(say.moveUp, n)} onClick={onUp}>
          ↑
        </button>
      )}
      {only ? null : (
        <button
          type="button"
          class="icon"
          aria-label={fill(say.removeAnswer, n)}
          title={fill(say.removeAnswer, n)}
          onClick={onRemove}
        >
          ×
        </button>
      )}
    </div>
  );
}

type TextProps = {
  answer: Answer;
  place: number;
  slots: readonly Slot[];
  tried: boolean;
  onInput: (text: string) => void;
};

function AnswerText({ answer, place, slots, tried, onInput }: TextProps) {
  const say = w.value;
  const wrong = tried && answer.text.trim() === '' ? say.textMissing : undefined;
  const hint = answer.text === '' ? say.textHint : `${counted(say.characters, answer.text.length)} · ${say.textHint}`;
  return (
    <Field label={say.text} wrong={wrong} hint={hint}>
      {(ids) => (
        <SlotText
          ids={ids}
          value={answer.text}
          slots={slots}
          rows={Math.min(10, Math.max(3, Math.ceil(answer.text.length / 60)))}
          testId={`answer-${place}`}
          onInput={onInput}
        />
      )}
    </Field>
  );
}
