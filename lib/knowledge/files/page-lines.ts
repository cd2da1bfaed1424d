/** What is gathered of a page while its elements open and close: lines, headings, questions with their answers, tables. */
import type { RawRow } from './table.ts';

/** What a reader of a page sees, in its order. `row` is a line of the file, from 1. */
export type Block =
  | { kind: 'heading'; row: number; level: number; text: string }
  /** A line; `strong` when all of it is bold, as headings of modest pages are. */
  | { kind: 'text'; row: number; text: string; strong: boolean }
  | { kind: 'answered'; row: number; question: string; answer: string };

type Line = { row: number; text: string; bold: number };
/** Where lines go: the page, or the answer of a `<dd>` or `<details>`. */
type Sink = { element: string; question: string; row: number; lines: string[] };

export type State = {
  blocks: (Block & { inMain: boolean })[];
  tables: RawRow[][];
  title: string;
  url: string | undefined;
  line: Line;
  sinks: Sink[];
  /** Depths of elements that matter to everything inside them. */
  silent: number;
  bold: number;
  kept: number;
  main: number;
  /** The heading, term or summary being read. */
  capture: { element: string; row: number } | undefined;
  term: { text: string; row: number } | undefined;
  links: (string | undefined)[];
  lists: { ordered: boolean; next: number }[];
  cells: string[] | undefined;
};

export const emptyState = (): State => ({
  blocks: [],
  tables: [],
  title: '',
  url: undefined,
  line: { row: 1, text: '', bold: 0 },
  sinks: [],
  silent: 0,
  bold: 0,
  kept: 0,
  main: 0,
  capture: undefined,
  term: undefined,
  links: [],
  lists: [],
  cells: undefined,
});

/** Chinese is written without spaces: a line of the file that ends in the middle of it leaves none. */
const WRAPPED_HAN = /(?<=[\p{Script=Han}，。！？；：、])[ \t]*\n\s*(?=\p{Script=Han})/gu;

export const squeezed = (text: string): string =>
  text
    .replace(WRAPPED_HAN, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();

function push(state: State, block: Block): void {
  state.blocks.push({ ...block, inMain: state.main > 0 });
}

/** Takes the line that has been gathered. */
function takeLine(state: State): Line {
  const { line } = state;
  state.line = { row: line.row, text: '', bold: 0 };
  return { ...line, text: state.kept > 0 ? line.text.trimEnd() : squeezed(line.text) };
}

export function endLine(state: State): void {
  if (state.capture !== undefined || state.cells !== undefined) {
    state.line.text += ' ';
    return;
  }
  const { row, text, bold } = takeLine(state);
  if (text.trim() === '' || /^(?:-|\d+\.)$/.test(text)) return;
  const sink = state.sinks.at(-1);
  if (sink === undefined) push(state, { kind: 'text', row, text, strong: bold >= text.replace(/\s/g, '').length });
  else sink.lines.push(text);
}

export function addText(state: State, text: string, row: number): void {
  if (state.line.text.trim() === '') state.line.row = row;
  if (state.bold > 0) state.line.bold += text.replace(/\s/g, '').length;
  if (state.kept === 0) {
    state.line.text += text;
    return;
  }
  text.split('\n').forEach((piece, index) => {
    if (index > 0) endLine(state);
    state.line.text += piece;
  });
}

/** What was asked and is answered; a term without text below it is a line like others. */
export function closeSink(state: State): void {
  endLine(state);
  const sink = state.sinks.pop();
  if (sink === undefined) return;
  const answer = sink.lines.join('\n');
  if (sink.question !== '' && answer !== '') {
    push(state, { kind: 'answered', row: sink.row, question: sink.question, answer });
    return;
  }
  for (const text of [sink.question, ...sink.lines].filter((one) => one !== '')) {
    push(state, { kind: 'text', row: sink.row, text, strong: false });
  }
}

export const headingLevel = (name: string): number => (/^h[1-6]$/.test(name) ? Number(name[1]) : 0);

export function openCapture(state: State, element: string, row: number): void {
  endLine(state);
  state.capture = { element, row };
  state.line.text = '';
}

export function closeCapture(state: State, name: string): void {
  const row = state.capture?.row ?? 1;
  state.capture = undefined;
  const text = squeezed(takeLine(state).text);
  if (name === 'title') state.title ||= text;
  else if (text === '') return;
  else if (name === 'dt') state.term = { text: state.term === undefined ? text : `${state.term.text} ${text}`, row };
  else if (name === 'summary') named(state, text, row);
  else heading(state, headingLevel(name), text, row);
}

/** The question of the `<details>` that is open. */
function named(state: State, text: string, row: number): void {
  const sink = state.sinks.at(-1);
  if (sink?.element === 'details' && sink.question === '') Object.assign(sink, { question: text, row });
  else push(state, { kind: 'text', row, text, strong: true });
}

/** Inside an answer a heading is a line of it. */
function heading(state: State, level: number, text: string, row: number): void {
  const sink = state.sinks.at(-1);
  if (sink === undefined) push(state, { kind: 'heading', row, level, text });
  else sink.lines.push(text);
}

export function openItem(state: State): void {
  endLine(state);
  const list = state.lists.at(-1);
  state.line.text = list?.ordered === true ? `${list.next++}. ` : '- ';
}

export function openSink(state: State, element: string, row: number): void {
  endLine(state);
  const term = element === 'dd' ? state.term : undefined;
  if (element === 'dd') state.term = undefined;
  state.sinks.push({ element, question: term?.text ?? '', row: term?.row ?? row, lines: [] });
}
