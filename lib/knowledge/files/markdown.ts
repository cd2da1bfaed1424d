import { Marked } from 'marked';
import { type Page, readPage } from './html.ts';

/** Settings that many tools put at the top of a page. */
const FRONT_MATTER = /^---[ \t]*\n([\s\S]{0,20000}?)\n---[ \t]*(?:\n|$)/;

/** With an empty line for each line of it, so that rows stay true. */
function withoutFrontMatter(text: string): { body: string; title: string } {
  const found = FRONT_MATTER.exec(text);
  if (found === null) return { body: text, title: '' };
  const lines = found[0].split('\n').length - 1;
  const title = /^title:[ \t]*(.+)$/m.exec(found[1] ?? '')?.[1]?.trim() ?? '';
  return { body: '\n'.repeat(lines) + text.slice(found[0].length), title: title.replace(/^(["'])(.*)\1$/, '$2') };
}

/** A written question or answer begins a line, which Markdown would otherwise join to the one before. */
const WRITTEN_QA = /^[ \t]*(?:[*_]{2})?(?:Q|A|Question|Answer|问|答|问题|答案|回答|回复)\s*\d{0,3}\s*[:：.、)]/im;

function* rendered(text: string): Iterable<{ html: string; row: number }> {
  const marked = new Marked({ gfm: true });
  const lined = new Marked({ gfm: true, breaks: true, async: false });
  let row = 1;
  for (const token of marked.lexer(text)) {
    const isLined = token.type === 'paragraph' && WRITTEN_QA.test(token.raw);
    const html = isLined ? lined.parse(token.raw, { async: false }) : marked.parser([token]);
    if (html !== '') yield { html, row };
    row += token.raw.split('\n').length - 1;
  }
}

/** Markdown as a reader of its page sees it; raw HTML in it is read as HTML. */
export function readMarkdown(source: string): Page {
  const { body, title } = withoutFrontMatter(source.replace(/\r\n?/g, '\n'));
  const page = readPage(rendered(body));
  return { ...page, title: title === '' ? page.title : title };
}

/** Headings, questions and answers, emphasis over a whole line: what a table or a list of values has not. */
export function looksLikeMarkdown(text: string): boolean {
  const sample = text.slice(0, 20_000).replace(/\r\n?/g, '\n');
  return (
    FRONT_MATTER.test(sample) ||
    /^ {0,3}#{1,6} +\S/m.test(sample) ||
    /^[^\n,;\t|]{1,100}\n(?:={3,}|-{3,})[ \t]*$/m.test(sample) ||
    /^(?:\*\*)?(?:Q|Question|问|问题)\s*\d{0,3}\s*[:：.、)]/im.test(sample)
  );
}
