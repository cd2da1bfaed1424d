import { Parser } from 'htmlparser2';
import {
  addText,
  type Block,
  closeCapture,
  closeSink,
  emptyState,
  endLine,
  headingLevel,
  openCapture,
  openItem,
  openSink,
  type State,
  squeezed,
} from './page-lines.ts';
import type { RawRow } from './table.ts';

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
