import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import type { FieldIds } from '../shell/field.tsx';
import { w } from './words.ts';

export type Slot = { name: string; value: string | undefined };
type SlotTextProps = {
  ids: FieldIds;
  value: string;
  slots: readonly Slot[];
  rows: number;
  onInput: (text: string) => void;
  testId?: string;
};

const MOST = 8;

/** The beginning of a slot that the caret stands in: `{{shop.di|`. */
export function slotAt(text: string, caret: number): { from: number; start: string } | undefined {
  const found = /\{\{\s*([\w.]*)$/.exec(text.slice(0, caret));
  return found === null ? undefined : { from: found.index, start: (found[1] ?? '').toLowerCase() };
}

export function matching(slots: readonly Slot[], start: string): Slot[] {
  const fits = slots.filter(({ name }) => name.includes(start));
  return fits.toSorted((a, b) => Number(b.name.startsWith(start)) - Number(a.name.startsWith(start))).slice(0, MOST);
}

/** A text in which `{{` offers the facts that can stand there: arrows choose, Enter or Tab puts in, Escape leaves it. */
export function SlotText({ ids, value, slots, rows, onInput, testId }: SlotTextProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const open = useSignal<{ from: number; start: string } | undefined>(undefined);
  const chosen = useSignal(0);
  const listId = useId();
  const offered = open.value === undefined ? [] : matching(slots, open.value.start);
  const look = () => {
    const { value: text = '', selectionStart = 0 } = field.current ?? {};
    open.value = slotAt(text, selectionStart);
    chosen.value = 0;
  };
  const put = (slot: Slot) => {
    const area = field.current;
    const from = open.value?.from;
    if (area === null || from === undefined) return;
    const after = area.value.slice(area.selectionStart).replace(/^\s*\}\}/, '');
    const written = `${area.value.slice(0, from)}{{${slot.name}}}`;
    onInput(written + after);
    open.value = undefined;
    requestAnimationFrame(() => area.setSelectionRange(written.length, written.length));
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => {
      chosen.value = (chosen.value + 1) % offered.length;
    },
    ArrowUp: () => {
      chosen.value = (chosen.value + offered.length - 1) % offered.length;
    },
    Enter: () => put(offered[chosen.value] as Slot),
    Tab: () => put(offered[chosen.value] as Slot),
    Escape: () => {
      open.value = undefined;
    },
  };
  return (
    <div class="slot-text">
      <textarea
        {...ids}
        ref={field}
        rows={rows}
        value={value}
        data-testid={testId}
        aria-autocomplete="list"
        aria-controls={listId}
        {...(offered.length > 0 ? { 'aria-activedescendant': `${listId}-${chosen.value}` } : {})}
        onInput={(event) => {
          onInput(event.currentTarget.value);
          look();
        }}
        onClick={look}
        onBlur={() => {
          open.value = undefined;
        }}
        onKeyDown={(event) => {
          const run = keys[event.key];
          if (run === undefined || offered.length === 0 || event.isComposing) return;
          event.preventDefault();
          event.stopPropagation();
          run();
        }}
      />
      <SlotList id={listId} offered={offered} chosen={chosen.value} onPut={put} />
    </div>
  );
}

type SlotListProps = { id: string; offered: readonly Slot[]; chosen: number; onPut: (slot: Slot) => void };

function SlotList({ id, offered, chosen, onPut }: SlotListProps) {
  return (
    <div id={id} role="listbox" class="slot-list" aria-label={w.value.slots} hidden={offered.length === 0}>
      {offered.map((slot, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text field has the focus and the keys
        <div
          key={slot.name}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          data-testid="slot-option"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPut(slot)}
        >
          <code>{`{{${slot.name}}}`}</code>
          <span class="muted">{slot.value ?? '—'}</span>
        </div>
      ))}
    </div>
  );
}
