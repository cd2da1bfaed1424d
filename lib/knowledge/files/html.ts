import { Parser } from 'htmlparser2';
import type { RawRow } from './table.ts';

/** What a reader of a page sees, in its order. `row` is a line of the file, from 1. */
export type Block =
  | { kind: 'heading'; row: number; level: number; text: string }
  /** A line; `strong` when all of it is bold, as headings of modest pages are. */
  | { kind: 'text'; row: number; text: string; strong: boolean }
  | { kind: 'answered'; row: number; question: string; answer: string };

export type Page = { title: string; url: string | undefined; blocks: Block[]; tables: RawRow[][] };

/** Elements whose content is nothing that the page says: code, pictures, other pages, what leads elsewhere, forms. */
const SILENT = new Set(
  'script style template noscript iframe object embed svg math canvas audio video nav footer form button select textarea'.split(
    ' ',
  ),
);
/** Elements that stand inside a line; all others break it. */
const INLINE = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i img input ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
const BOLD = new Set(['b', 'strong']);
const MOST_TABLE_ROWS = 60_000;

type Line = { row: number; text: string; bold: number };
/** Where lines go: the page, or the answer of a `<dd>` or `<details>`. */
type Sink = { element: string; question: string; row: number; lines: string[] };

type State = {
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

const emptyState = (): State => ({
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

const squeezed = (text: string): string =>
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

function endLine(state: State): void {
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

function addText(state: State, text: string, row: number): void {
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
function closeSink(state: State): void {
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

const headingLevel = (name: string): number => (/^h[1-6]$/.test(name) ? Number(name[1]) : 0);

function openCapture(state: State, element: string, row: number): void {
  endLine(state);
  state.capture = { element, row };
  state.line.text = '';
}

function closeCapture(state: State, name: string): void {
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

function openItem(state: State): void {
  endLine(state);
  const list = state.lists.at(-1);
  state.line.text = list?.ordered === true ? `${list.next++}. ` : '- ';
}

function openSink(state: State, element: string, row: number): void {
  endLine(state);
  const term = element === 'dd' ? state.term : undefined;
  if (element === 'dd') state.term = undefined;
  state.sinks.push({ element, question: term?.text ?? '', row: term?.row ?? row, lines: [] });
}

/** Addresses of the web only: scripts and data in links are nothing to read. */
const webAddress = (href: string | undefined): string | undefined =>
  href !== undefined && /^https?:\/\//i.test(href) ? href.slice(0, 2_000) : undefined;

type Opener = (state: State, attributes: Readonly<Record<string, string>>, row: number) => void;

const OPEN: Readonly<Record<string, Opener>> = {
  a: (state, { href }) => void state.links.push(webAddress(href)),
  link: (state, { rel, href }) => {
    if (rel === 'canonical') state.url ??= webAddress(href);
  },
  br: (state) => endLine(state),
  li: (state) => openItem(state),
  ol: (state, { start }) => void state.lists.push({ ordered: true, next: Number.parseInt(start ?? '1', 10) || 1 }),
  ul: (state) => void state.lists.push({ ordered: false, next: 1 }),
  pre: (state) => void state.kept++,
  main: (state) => void state.main++,
  article: (state) => void state.main++,
  dd: (state, _, row) => openSink(state, 'dd', row),
  details: (state, _, row) => openSink(state, 'details', row),
  table: (state) => void state.tables.push([]),
  tr: (state) => {
    endLine(state);
    state.cells = [];
  },
};

function closeLink(state: State): void {
  const address = state.links.pop();
  if (address !== undefined && !state.line.text.includes(address)) state.line.text += ` (${address})`;
}

function closeCell(state: State): void {
  if (state.cells === undefined) return;
  state.cells.push(squeezed(state.line.text));
  state.line.text = '';
}

function closeTableRow(state: State): void {
  const cells = state.cells ?? [];
  state.cells = undefined;
  const { row } = state.line;
  const table = state.tables.at(-1);
  if (cells.some((cell) => cell !== '') && table !== undefined && table.length < MOST_TABLE_ROWS)
    table.push({ row, cells });
  state.line.text = cells.filter((cell) => cell !== '').join(' | ');
  endLine(state);
}

const CLOSE: Readonly<Record<string, (state: State) => void>> = {
  a: closeLink,
  td: closeCell,
  th: closeCell,
  tr: closeTableRow,
  ol: (state) => void state.lists.pop(),
  ul: (state) => void state.lists.pop(),
  pre: (state) => void state.kept--,
  main: (state) => void state.main--,
  article: (state) => void state.main--,
  dd: closeSink,
  details: closeSink,
};

const captures = (name: string): boolean =>
  name === 'dt' || name === 'summary' || name === 'title' || headingLevel(name) > 0;

function open(state: State, name: string, attributes: Readonly<Record<string, string>>, row: number): void {
  if (SILENT.has(name)) state.silent++;
  if (state.silent > 0) return;
  if (!INLINE.has(name) && name !== 'td' && name !== 'th') endLine(state);
  if (BOLD.has(name)) state.bold++;
  if (state.capture === undefined && captures(name)) openCapture(state, name, row);
  else OPEN[name]?.(state, attributes, row);
}

function close(state: State, name: string): void {
  if (SILENT.has(name)) {
    state.silent = Math.max(0, state.silent - 1);
    return;
  }
  if (state.silent > 0) return;
  if (BOLD.has(name)) state.bold = Math.max(0, state.bold - 1);
  if (state.capture?.element === name) closeCapture(state, name);
  if (!INLINE.has(name) && name !== 'td' && name !== 'th' && name !== 'tr') endLine(state);
  CLOSE[name]?.(state);
}

/** Counts lines on the way, so that each place is looked at once. */
function lineCounter(): (html: string, to: number) => number {
  let [at, lines] = [0, 0];
  return (html, to) => {
    for (let next = html.indexOf('\n', at); next !== -1 && next < to; next = html.indexOf('\n', at)) {
      lines++;
      at = next + 1;
    }
    return lines;
  };
}

/** Pieces of one page. A piece with `row` comes whole from that line of the file; otherwise lines are counted. */
export function readPage(pieces: Iterable<{ html: string; row?: number }>): Page {
  const state = emptyState();
  const count = lineCounter();
  let here: { html: string; row?: number } = { html: '' };
  const rowHere = (): number => here.row ?? 1 + count(here.html, parser.startIndex);
  const parser = new Parser({
    onopentag: (name, attributes) => open(state, name, attributes, rowHere()),
    ontext: (text) => {
      if (state.silent === 0) addText(state, text, rowHere());
    },
    onclosetag: (name) => close(state, name),
  });
  for (const piece of pieces) {
    here = piece;
    parser.write(piece.html);
  }
  parser.end();
  endLine(state);
  return { title: state.title, url: state.url, blocks: mainOf(state.blocks), tables: state.tables };
}

/** What a page marks as its own content, where it does. */
function mainOf(blocks: readonly (Block & { inMain: boolean })[]): Block[] {
  const own = blocks.filter(({ inMain }) => inMain);
  return (own.length > 0 ? own : blocks).map(({ inMain: _, ...block }) => block);
}
