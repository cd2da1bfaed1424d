import { readPage } from './html.ts';

/** What a reader of a piece of HTML would see, lines kept. The result is text, never to be taken for HTML again. */
export function textOfHtml(html: string): string {
  return readPage([{ html }])
    .blocks.flatMap((block) => (block.kind === 'answered' ? [block.question, block.answer] : [block.text]))
    .join('\n')
    .replaceAll('\uFFFD', '')
    .trim();
}
