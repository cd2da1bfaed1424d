import { Parser } from 'htmlparser2';
import { CuecardError } from '../../domain/error.ts';

/** What an XML part tells, in its order. Names come without their prefix. */
export type XmlHandler = {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
};

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Some writers use UTF-16 with a mark; everything else in these packages is UTF-8. */
function decoderFor(first: Uint8Array): TextDecoder {
  if (first[0] === 0xff && first[1] === 0xfe) return new TextDecoder('utf-16le');
  if (first[0] === 0xfe && first[1] === 0xff) return new TextDecoder('utf-16be');
  return new TextDecoder('utf-8');
}

const broken = (): CuecardError =>
  new CuecardError('invalid', 'a part of the workbook is not whole: open it in Excel, save it again and upload that');

/**
 * Reads XML as a stream. Only the five built-in entities and characters by number are resolved: a document type, where
 * others could be defined, is refused. Raises `invalid` for one, and for XML that ends too early.
 */
export function readXml(chunks: Iterable<Uint8Array>, handler: XmlHandler): void {
  let depth = 0;
  let elements = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth++;
        elements++;
        handler.open?.(local(name), attributes);
      },
      ontext(text) {
        handler.text?.(text);
      },
      onclosetag(name) {
        depth--;
        handler.close?.(local(name));
      },
      onprocessinginstruction(name) {
        if (name.toLowerCase() === '!doctype') {
          throw new CuecardError('invalid', 'the file defines XML entities of its own, which is never read');
        }
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  let decoder: TextDecoder | undefined;
  for (const chunk of chunks) {
    decoder ??= decoderFor(chunk);
    parser.write(decoder.decode(chunk, { stream: true }));
  }
  if (elements === 0 || depth !== 0) throw broken();
  parser.end();
}
