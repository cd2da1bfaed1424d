import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { DeskPhrase } from '../../../lib/domain/contract/desk-session.ts';
import type { Found, Phrases, ToolsApi } from '../tools-api.ts';
import { filled, knownValue, parametersOf } from './parameters.ts';
import { byShortcut, type Item, rank } from './rank.ts';

/** The server is asked once typing pauses so long. */
const PAUSE_MS = 180;

/** A phrase whose places are being filled. */
export type Filling = { title: string; text: string; names: readonly string[]; values: Record<string, string> };
/** `inline`: what was typed after `/` in the reply is the query; `beside`: the list has a field of its own. */
export type Open = { mode: 'inline' | 'beside'; query: string };

export type Slash = {
  open: Signal<Open | undefined>;
  items: Signal<readonly Item[]>;
  /** The place of the chosen line. */
  at: Signal<number>;
  state: Signal<'still' | 'asking' | 'unreachable'>;
  filling: Signal<Filling | undefined>;
  /** The reply as it now stands: opens and closes the list, and expands a code that was typed out. */
  follow(text: string): void;
  openBeside(): void;
  ask(query: string): void;
  /** True when the key was the list's. */
  onKey(event: Pick<KeyboardEvent, 'key' | 'isComposing' | 'shiftKey'>): boolean;
  choose(item: Item, withFields: boolean): void;
  setValue(name: string, value: string): void;
  finish(): void;
  close(): void;
};

type Dependencies = {
  api: Pick<ToolsApi, 'search'>;
  phrases: ReadonlySignal<Phrases>;
  known: () => Readonly<Partial<Record<string, string>>>;
  later: (run: () => void, ms: number) => void;
  /** Into the reply; `instead` of what was typed to find it. */
  put: (text: string, instead: boolean) => void;
  putCard: (item: Extract<Item, { kind: 'product' }>, instead: boolean) => void;
};

/** One list over phrases, knowledge and products. Phrases are at hand; the rest is asked for, and comes or does not. */
export function createSlash({ api, phrases, known, later, put, putCard }: Dependencies): Slash {
  const open = signal<Open | undefined>(undefined);
  const items = signal<readonly Item[]>([]);
  const at = signal(0);
  const state = signal<'still' | 'asking' | 'unreachable'>('still');
  const filling = signal<Filling | undefined>(undefined);
  /** Grows with every query: an answer to an older one is dropped. */
  let asked = 0;
  /** Closed by the agent: it stays so while the reply begins with the same sign. */
  let declined = false;
  /** Whether what is being filled replaces what was typed to find it. */
  let instead = false;

  /** What is chosen stays chosen when the server's answers join: Enter never takes what has just come under it. */
  const show = (query: string, found: Found | undefined, chosen: string | undefined) => {
    items.value = rank(query, phrases.peek(), found);
    at.value = Math.max(
      0,
      items.peek().findIndex(({ id }) => id === chosen),
    );
  };
  const search = async (query: string, mine: number) => {
    const found = await api.search(query).catch(() => undefined);
    if (mine !== asked || open.peek() === undefined) return;
    state.value = found === undefined ? 'unreachable' : 'still';
    if (found !== undefined) show(query, found, items.peek()[at.peek()]?.id);
  };
  const ask = (query: string) => {
    const before = open.peek();
    if (before === undefined) return;
    asked += 1;
    const mine = asked;
    open.value = { ...before, query };
    show(query, undefined, undefined);
    state.value = query.trim() === '' ? 'still' : 'asking';
    if (query.trim() !== '') later(() => mine === asked && void search(query.trim(), mine), PAUSE_MS);
  };
  const close = () => {
    asked += 1;
    open.value = undefined;
    filling.value = undefined;
    items.value = [];
    state.value = 'still';
  };
  const start = (mode: Open['mode'], query: string) => {
    open.value = { mode, query };
    ask(query);
  };
  const insertPhrase = (phrase: DeskPhrase, over: boolean, withFields: boolean) => {
    const names = parametersOf(phrase.text);
    const values = Object.fromEntries(names.map((name) => [name, knownValue(name, known())]));
    const isWhole = names.every((name) => values[name] !== '');
    if (names.length === 0 || (isWhole && !withFields)) {
      close();
      return put(filled(phrase.text, values), over);
    }
    asked += 1;
    instead = over;
    open.value ??= { mode: 'inline', query: '' };
    filling.value = { title: phrase.title ?? phrase.shortcut ?? '', text: phrase.text, names, values };
  };
  const choose = (item: Item, withFields: boolean) => {
    const over = open.peek()?.mode === 'inline';
    if (item.kind === 'phrase') return insertPhrase(item.phrase, over, withFields);
    close();
    if (item.kind === 'entry') put(item.suggestion.text, over);
    else putCard(item, over);
  };
  const decline = () => {
    declined = open.peek()?.mode === 'inline';
    close();
  };
  /** The phrase whose code stands there with a space behind it. */
  const typedOut = (query: string) => (query.endsWith(' ') ? byShortcut(query.trim(), phrases.peek()) : undefined);
  // Whoever types faster than the phrases come is understood when they are here.
  phrases.subscribe(() => {
    const query = open.peek();
    if (query?.mode !== 'inline' || filling.peek() !== undefined) return;
    const phrase = typedOut(query.query);
    if (phrase !== undefined) insertPhrase(phrase, true, false);
  });
  /** The reply no longer begins with the sign. */
  const leave = () => {
    declined = false;
    if (open.peek()?.mode === 'inline' && filling.peek() === undefined) close();
  };
  const move = (by: number) => {
    const length = items.peek().length;
    if (length > 0) at.value = (at.peek() + by + length) % length;
  };
  const pick = (withFields: boolean) => {
    const item = items.peek()[at.peek()];
    if (item !== undefined) choose(item, withFields);
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => pick(false),
    Tab: () => pick(true),
    Escape: decline,
  };
  return {
    ...{ open, items, at, state, filling, ask, choose, close },
    follow(text) {
      const query = /^\/([^\n]*)$/.exec(text)?.[1];
      if (query === undefined) return leave();
      const phrase = typedOut(query);
      if (phrase !== undefined) return insertPhrase(phrase, true, false);
      if (!declined && filling.peek() === undefined) start('inline', query);
    },
    openBeside: () => start('beside', ''),
    onKey({ key, isComposing, shiftKey }) {
      const act = keys[key];
      if (open.peek() === undefined || filling.peek() !== undefined || isComposing || act === undefined) return false;
      if (shiftKey || (key === 'Tab' && items.peek().length === 0)) return false;
      act();
      return true;
    },
    setValue(name, value) {
      const before = filling.peek();
      if (before !== undefined) filling.value = { ...before, values: { ...before.values, [name]: value } };
    },
    finish() {
      const done = filling.peek();
      close();
      if (done !== undefined) put(filled(done.text, done.values), instead);
    },
  };
}
