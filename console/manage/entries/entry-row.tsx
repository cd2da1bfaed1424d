import { hashOf } from '../../route.ts';
import { counted } from '../shell/say.ts';
import type { StoredEntry } from './types.ts';
import { w } from './words.ts';

export function EntryRow({ entry, isOpen }: { entry: StoredEntry; isOpen: boolean }) {
  const say = w.value;
  const { question, category, language, similarQuestions, answers, pack, policy } = entry;
  const about = [
    category,
    language === undefined ? undefined : say[language],
    counted(say.similar, similarQuestions.length),
    ...(answers.length > 1 ? [counted(say.answersN, answers.length)] : []),
    pack,
  ].filter((one) => one !== undefined);
  return (
    <a
      class={`entry-row ${entry.off === true ? 'is-off' : ''}`}
      href={hashOf('entries', entry.id)}
      data-testid="entry-row"
      {...(isOpen ? { 'aria-current': 'true' as const } : {})}
    >
      <span class="entry-question">{question}</span>
      <span class="entry-about small">
        {entry.off === true ? <span class="chip">{say.off}</span> : null}
        {entry.passage === undefined ? null : <span class="chip">{say.passage}</span>}
        {policy === 'auto' ? null : (
          <span class={`chip ${policy === 'human' ? 'warm' : 'ask'}`}>{say.policies[policy]}</span>
        )}
        <span class="entry-facts">{about.join(' · ')}</span>
      </span>
    </a>
  );
}
