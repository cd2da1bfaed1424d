/** Names a draft may not invent: links, brands, sizes, products of the catalogue. */

const LINK =
  /(?:https?:\/\/|www\.)[^\s，。！？、）)》"']+|[\w.+-]+@[\w-]+\.[\w.-]+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cn|net|org|io|shop|store|xyz|top|info|co|me|app|link|site|online|vip|cc|ru|tk|ly|gg)\b(?:\/[^\s，。！？、）)]*)?/gi;
const SIZE = /(?<![\w'’])(?:XXS|XS|S|M|L|XL|XXL|XXXL|[2-6]XL)(?![\w'’])/g;
const LATIN = /[A-Za-z][A-Za-z0-9+-]*/g;
const CAPITALISED = /(?<=[a-z0-9,;:)"'’] )\p{Lu}[\p{L}0-9+-]+/gu;
const QUOTED = /《([^》]{2,40})》|「([^」]{2,40})」/g;
/** Capitalised or Latin without naming anything. */
const PLAIN = new Set(
  'i ok okay hi hello hey dear thanks thank sorry please yes no we you our your the it if just this that there here sir madam ms mr mrs faq am pm sms app id kg cm mm ml g l m s xl xs xxl january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday'.split(
    ' ',
  ),
);
const IS_CHINESE = /\p{Script=Han}/u;

const tidy = (link: string): string => link.toLowerCase().replace(/[.,;:!?]+$/, '');

export type Name = { kind: 'link' | 'size' | 'name'; text: string };

/** Links, sizes and names in a text as it is written (capitals tell names apart). */
export function namesOf(text: string): Name[] {
  const links = [...text.matchAll(LINK)].map(([link]) => ({ kind: 'link' as const, text: tidy(link) }));
  const rest = text.replace(LINK, ' ');
  const sizes = [...rest.matchAll(SIZE)].map(([size]) => ({ kind: 'size' as const, text: size }));
  const foreign = IS_CHINESE.test(rest) ? rest.matchAll(LATIN) : rest.matchAll(CAPITALISED);
  const quoted = [...rest.matchAll(QUOTED)].map(([, book, corner]) => book ?? corner ?? '');
  const names = [...foreign].map(([name]) => name).filter((name) => !PLAIN.has(name.toLowerCase()));
  return [...links, ...sizes, ...[...names, ...quoted].map((name) => ({ kind: 'name' as const, text: name }))];
}

/** Whether a source has the name, in any case of letters; a size as it is written, a link as a whole. */
export function saysName({ kind, text }: Name, sources: readonly string[], said: readonly Name[]): boolean {
  if (kind !== 'name') return said.some((other) => other.kind === kind && other.text === text);
  const wanted = text.toLowerCase();
  return sources.some((source) => source.toLowerCase().includes(wanted));
}
