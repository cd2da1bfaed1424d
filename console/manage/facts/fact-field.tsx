import type { Language } from '../../../lib/domain/language.ts';
import { hashOf } from '../../route.ts';
import { fill, language } from '../../words/words.ts';
import { counted } from '../shell/say.ts';
import { type Fact, isFilled, type Typed } from './facts.ts';
import { w } from './words.ts';

type FactFieldProps = { fact: Fact; typed: Typed; onType: (typed: Typed) => void };

const inLanguage = (texts: Partial<Record<Language, string>> | undefined): string | undefined =>
  texts?.[language.value] ?? texts?.zh ?? texts?.en;

/** A question of the set-up, its answer in both languages, and what filling it in brings. */
export function FactField({ fact, typed, onType }: FactFieldProps) {
  const say = w.value;
  const label = inLanguage(fact.question) ?? fact.name;
  return (
    <fieldset class="fact" data-testid={`fact-${fact.name}`}>
      <legend>
        <span class="fact-question">{label}</span> <code class="muted">{`{{shop.${fact.name}}}`}</code>{' '}
        {isFilled(fact) || fact.unlocks === 0 ? (
          <span class="small muted">{counted(say.used, fact.entries)}</span>
        ) : (
          <span class="chip warm">{counted(say.unlocks, fact.unlocks)}</span>
        )}
      </legend>
      <div class="fields">
        <Input fact={fact} label={label} code="zh" hint={say.inZh} typed={typed} onType={onType} />
        <Input fact={fact} label={label} code="en" hint={say.inEn} typed={typed} onType={onType} />
      </div>
      <Waiting fact={fact} />
    </fieldset>
  );
}

type InputProps = FactFieldProps & { label: string; code: Language; hint: string };

function Input({ fact, label, code, hint, typed, onType }: InputProps) {
  const example = fact.example?.[code];
  return (
    <input
      lang={code === 'zh' ? 'zh-CN' : 'en'}
      aria-label={`${label} (${hint})`}
      placeholder={example === undefined ? hint : fill(w.value.example, { text: example })}
      maxLength={500}
      value={typed[code]}
      onInput={(event) => onType({ ...typed, [code]: event.currentTarget.value })}
    />
  );
}

function Waiting({ fact: { waiting } }: { fact: Fact }) {
  if (waiting.length === 0) return null;
  return (
    <details class="small">
      <summary>{w.value.which}</summary>
      <ul class="waiting">
        {waiting.map(({ entryId, question }) => (
          <li key={entryId}>
            <a class="link" href={hashOf('entries', entryId)}>
              {question}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
