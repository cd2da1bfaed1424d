import { Pick } from '../shell/field.tsx';
import type { EntryList, Filters } from './entry-list.ts';
import { w } from './words.ts';

type FilterBarProps = {
  list: EntryList;
  packs: readonly string[];
  value: Filters;
  onChange: (filters: Filters) => void;
};

export function FilterBar({ list, packs, value, onChange }: FilterBarProps) {
  const say = w.value;
  const pick = (name: keyof Filters) => (next: string) => onChange({ ...value, [name]: next });
  const isSet = Object.values(value).some((one) => one !== '');
  return (
    <div class="filter-bar">
      <input
        type="search"
        data-search
        data-testid="search"
        aria-label={say.search}
        placeholder={say.search}
        value={value.q ?? ''}
        onInput={(event) => pick('q')(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <div class="filter-picks">
        <Pick
          label={say.category}
          value={value.category ?? ''}
          options={[['', say.anyCategory], ...list.categories.value.map((one) => [one, one] as const)]}
          onPick={pick('category')}
        />
        <Pick
          label={say.language}
          value={value.language ?? ''}
          testId="filter-language"
          options={[['', say.anyLanguage] as const, ['zh', say.zh] as const, ['en', say.en] as const]}
          onPick={pick('language')}
        />
        <Pick
          label={say.policy}
          value={value.policy ?? ''}
          options={[['', say.anyPolicy] as const, ...Object.entries(say.policies)]}
          onPick={pick('policy')}
        />
        {packs.length === 0 ? null : (
          <Pick
            label={say.pack}
            value={value.pack ?? ''}
            options={[
              ['', say.anyPack] as const,
              ['none', say.ownOnly] as const,
              ...packs.map((one) => [one, one] as const),
            ]}
            onPick={pick('pack')}
          />
        )}
        <Pick
          label={say.state}
          value={value.state ?? ''}
          testId="filter-state"
          options={[['', say.anyState] as const, ...Object.entries(say.states)]}
          onPick={pick('state')}
        />
        {isSet ? (
          <button type="button" class="quiet" onClick={() => onChange({})}>
            {say.clear}
          </button>
        ) : null}
      </div>
    </div>
  );
}
