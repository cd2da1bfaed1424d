import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { money } from '../../format.ts';
import { focusComposer } from '../../keyboard.ts';
import { fill } from '../../words/words.ts';
import { t } from '../words.ts';
import { ParameterForm } from './parameter-form.tsx';
import type { Item } from './rank.ts';
import type { Slash } from './slash-store.ts';

export const SLASH_LIST = 'slash-list';
export const optionId = (index: number): string => `slash-option-${index}`;

type ListOwner = { 'aria-autocomplete'?: 'list'; 'aria-controls'?: string; 'aria-activedescendant'?: string };

/** What a text field that steers the list says of it; nothing while it is closed. */
export function listOwner(slash: Slash): ListOwner {
  const isOpen = slash.open.value !== undefined && slash.filling.value === undefined;
  if (!isOpen || slash.items.value.length === 0) return {};
  return {
    'aria-autocomplete': 'list',
    'aria-controls': SLASH_LIST,
    'aria-activedescendant': optionId(slash.at.value),
  };
}

/** Above the reply: what was searched for, or the fields of the phrase that was chosen. */
export function SlashPanel({ slash }: { slash: Slash }) {
  const open = slash.open.value;
  if (open === undefined) return null;
  const filling = slash.filling.value;
  return (
    <section class="slash" aria-label={t.value.findEverything} data-testid="slash">
      {filling === undefined ? (
        <>
          {open.mode === 'beside' ? <OwnField slash={slash} query={open.query} /> : null}
          <List slash={slash} />
          <p class="small muted slash-foot">
            <span>{t.value.findHint}</span>
            <State slash={slash} />
          </p>
        </>
      ) : (
        <ParameterForm slash={slash} filling={filling} />
      )}
    </section>
  );
}

function State({ slash }: { slash: Slash }) {
  const { onlyPhrases, searching, found } = t.value;
  const state = slash.state.value;
  const said = { unreachable: onlyPhrases, asking: searching, still: fill(found, { n: slash.items.value.length }) };
  return (
    <span role="status" data-testid="slash-state" data-state={state}>
      {said[state]}
    </span>
  );
}

function OwnField({ slash, query }: { slash: Slash; query: string }) {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  return (
    <input
      ref={field}
      type="text"
      role="combobox"
      aria-expanded={slash.items.value.length > 0}
      aria-label={t.value.findEverything}
      placeholder={t.value.findEverything}
      data-testid="slash-query"
      value={query}
      onInput={(event) => {
        if (!event.isComposing) slash.ask(event.currentTarget.value);
      }}
      onCompositionEnd={(event) => slash.ask(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (!slash.onKey(event)) return;
        event.preventDefault();
        event.stopPropagation();
        if (slash.open.value === undefined) requestAnimationFrame(focusComposer);
      }}
      {...listOwner(slash)}
    />
  );
}

function List({ slash }: { slash: Slash }) {
  const items = slash.items.value;
  const at = slash.at.value;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.children[at]?.scrollIntoView({ block: 'nearest' }), [at, items]);
  if (items.length === 0 && slash.state.value !== 'asking') {
    return (
      <p class="none muted" data-testid="slash-none">
        {t.value.nothingFound}
      </p>
    );
  }
  return (
    <div class="slash-items" id={SLASH_LIST} role="listbox" aria-label={t.value.findEverything} ref={list}>
      {items.map((item, index) => (
        <Option key={item.id} item={item} id={optionId(index)} selected={index === at} slash={slash} />
      ))}
    </div>
  );
}

type OptionProps = { item: Item; id: string; selected: boolean; slash: Slash };

/** The focus stays in the field that steers the list, so an option takes none when it is pressed. */
function Option({ item, id, selected, slash }: OptionProps) {
  const { kind, title, text, code } = shown(item);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the option by aria-activedescendant
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field's keys move and choose
    <div
      id={id}
      role="option"
      aria-selected={selected}
      class="slash-item"
      data-testid="slash-item"
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => {
        slash.choose(item, false);
        if (slash.filling.value === undefined) requestAnimationFrame(focusComposer);
      }}
    >
      <span class="slash-title">
        {code === undefined ? null : <code>/{code}</code>} {title}
      </span>
      <span class="chip">{kind}</span>
      <span class="slash-text small muted">{text}</span>
    </div>
  );
}

function shown(item: Item): { kind: string; title: string; text: string; code?: string | undefined } {
  const { kindPhraseOwn, kindPhraseTeam, kindEntry, kindProduct } = t.value;
  if (item.kind === 'phrase') {
    const { title, shortcut, text } = item.phrase;
    return { kind: item.list === 'own' ? kindPhraseOwn : kindPhraseTeam, title: title ?? '', text, code: shortcut };
  }
  if (item.kind === 'entry')
    return { kind: kindEntry, title: item.suggestion.source.title, text: item.suggestion.text };
  const { title, price } = item.card;
  return { kind: kindProduct, title, text: price === undefined ? '' : money(price) };
}
