/** A multipart body (RFC 7578) as a stream: a part begins, then its bytes come. */
export type PartEvent = { kind: 'part'; name: string } | { kind: 'data'; bytes: Buffer };

const LONGEST_HEADERS = 8_192;
const HEADERS_END = '\r\n\r\n';

const nameOf = (headers: string): string => /content-disposition:[^\r\n]*?[; ]name="([^"]*)"/i.exec(headers)?.[1] ?? '';

type Reader = { buffer: Buffer; state: 'preamble' | 'between' | 'headers' | 'body' | 'over' };

/** What stands between two delimiters; keeps back what may be the beginning of the next one. */
function* readBody(reader: Reader, delimiter: Buffer): Iterable<PartEvent> {
  const at = reader.buffer.indexOf(delimiter);
  const end = at === -1 ? Math.max(0, reader.buffer.length - delimiter.length) : at;
  if (reader.state === 'body' && end > 0) yield { kind: 'data', bytes: reader.buffer.subarray(0, end) };
  reader.buffer = reader.buffer.subarray(at === -1 ? end : at + delimiter.length);
  if (at !== -1) reader.state = 'between';
}

/** After a delimiter: two hyphens end it all, a line break begins a part. */
function readBetween(reader: Reader): void {
  const two = reader.buffer.subarray(0, 2).toString('latin1');
  if (two !== '--' && two !== '\r\n') throw new Error('not a multipart body');
  reader.state = two === '--' ? 'over' : 'headers';
  reader.buffer = reader.buffer.subarray(2);
}

function* readHeaders(reader: Reader): Iterable<PartEvent> {
  const end = reader.buffer.indexOf(HEADERS_END);
  if (end === -1) {
    if (reader.buffer.length > LONGEST_HEADERS) throw new Error('the headers of a part are too long');
    return;
  }
  yield { kind: 'part', name: nameOf(reader.buffer.subarray(0, end).toString('utf8')) };
  reader.buffer = reader.buffer.subarray(end + HEADERS_END.length);
  reader.state = 'body';
}

function* step(reader: Reader, delimiter: Buffer): Iterable<PartEvent> {
  if (reader.state === 'headers') yield* readHeaders(reader);
  else if (reader.state === 'between') {
    if (reader.buffer.length >= 2) readBetween(reader);
  } else if (reader.state !== 'over') yield* readBody(reader, delimiter);
}

/** Steps until one changes nothing: more bytes are needed. */
function* drained(reader: Reader, delimiter: Buffer): Iterable<PartEvent> {
  for (let before = ''; ; ) {
    const now = `${reader.state} ${reader.buffer.length}`;
    if (now === before) return;
    before = now;
    yield* step(reader, delimiter);
  }
}

/** Raises an error for a body that is no multipart body, or ends before its last delimiter. */
export async function* readMultipart(chunks: AsyncIterable<Buffer>, boundary: string): AsyncIterable<PartEvent> {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // The first delimiter may begin the body without a line break before it.
  const reader: Reader = { buffer: Buffer.from('\r\n'), state: 'preamble' };
  for await (const chunk of chunks) {
    reader.buffer = Buffer.concat([reader.buffer, chunk]);
    yield* drained(reader, delimiter);
  }
  if (reader.state !== 'over') throw new Error('the body ended too early');
}
