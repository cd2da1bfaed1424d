/** Elements whose content is no text for readers. */
const SILENT = new Set(['script', 'style', 'template', 'noscript']);
/** Elements that stand inside a line; all others break it. */
const INLINE = new Set([
  'a',
  'abbr',
  'b',
  'code',
  'em',
  'font',
  'i',
  'mark',
  'small',
  'span',
  'strong',
  'sub',
  'sup',
  'u',
]);

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const HIGHEST = 0x10ffff;

function decoded(whole: string, name: string): string {
  if (!name.startsWith('#')) return NAMED[name.toLowerCase()] ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return Number.isInteger(code) && code > 0 && code <= HIGHEST ? String.fromCodePoint(code) : ' ';
}

type Tag = { name: string; closes: boolean; end: number };

/** The tag or comment that begins at `<`; undefined when the sign is text ("a < b"). An unclosed one takes the rest. */
function tagAt(html: string, at: number): Tag | undefined {
  if (html.startsWith('<!--', at)) return { name: '!', closes: false, end: endOf(html, '-->', at) };
  const [, slash = '', name = ''] = /^<(\/?)([a-z][a-z0-9]{0,20}|[!?])/i.exec(html.slice(at, at + 24)) ?? [];
  if (name === '') return undefined;
  return { name: name.toLowerCase(), closes: slash === '/', end: endOf(html, '>', at) };
}

function endOf(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at < 0 ? html.length : at + mark.length;
}

/** Where what a silent element holds is over. */
function silentEnd(html: string, lower: string, { name, closes, end }: Tag): number {
  if (closes || !SILENT.has(name)) return end;
  const close = lower.indexOf(`</${name}`, end);
  return close < 0 ? html.length : endOf(html, '>', close);
}

const shownFor = (tag: Tag | undefined): string => (tag === undefined ? '<' : INLINE.has(tag.name) ? '' : '\n');

/** The text between tags, a line break for each tag that breaks the line. */
function* pieces(html: string): Iterable<string> {
  const lower = html.toLowerCase();
  for (let at = 0; at < html.length; ) {
    const sign = html.indexOf('<', at);
    yield html.slice(at, sign < 0 ? html.length : sign);
    if (sign < 0) return;
    const tag = tagAt(html, sign);
    yield shownFor(tag);
    at = tag === undefined ? sign + 1 : silentEnd(html, lower, tag);
  }
}

/** What a reader of the page would see, lines kept. One pass; the result is text, never to be taken for HTML again. */
export function textOfHtml(html: string): string {
  return [...pieces(html)]
    .join('')
    .replace(/&(#x?[0-9a-f]{1,7}|[a-z]{2,8});/gi, decoded)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}
