import { readFile } from 'node:fs/promises';

/** The first shell block under a heading of the README, as a newcomer would copy it. */
export async function shellBlock(heading: string): Promise<string> {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const section = readme.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  const block = /^```sh\n([\s\S]*?)^```/m.exec(section ?? '')?.[1];
  if (block === undefined) throw new Error(`the README has no shell block under "${heading}"`);
  return block;
}
