import { CuecardError } from '../../domain/error.ts';
import { workbookPart } from './xlsx-parts.ts';
import { openZip, type Zip } from './zip.ts';

/** Files that are known by how they begin, and what to do with each. */
const KNOWN: readonly { bytes: readonly number[]; at?: number; what: string; instead: string }[] = [
  {
    bytes: [0x25, 0x50, 0x44, 0x46],
    what: 'a PDF',
    instead: 'copy its text into a Markdown file (.md) or a spreadsheet',
  },
  { bytes: [0x1f, 0x8b], what: 'a gzip archive', instead: 'unpack it and upload the file inside' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], what: 'a 7-Zip archive', instead: 'unpack it and upload the files one by one' },
  { bytes: [0x52, 0x61, 0x72, 0x21], what: 'a RAR archive', instead: 'unpack it and upload the files one by one' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a picture (PNG)', instead: 'write its text into a spreadsheet' },
  { bytes: [0xff, 0xd8, 0xff], what: 'a picture (JPEG)', instead: 'write its text into a spreadsheet' },
  { bytes: [0x47, 0x49, 0x46, 0x38], what: 'a picture (GIF)', instead: 'write its text into a spreadsheet' },
  { bytes: [0x57, 0x45, 0x42, 0x50], at: 8, what: 'a picture (WebP)', instead: 'write its text into a spreadsheet' },
  {
    bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66],
    what: 'a rich text document (RTF)',
    instead: 'save it as a web page (.html)',
  },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], what: 'a database (SQLite)', instead: 'export the table as CSV' },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: 'a Parquet file', instead: 'export the table as CSV' },
];

const OLD_OFFICE = [0xd0, 0xcf, 0x11, 0xe0];
const PACKAGE = [0x50, 0x4b];

const startsWith = (bytes: Uint8Array, prefix: readonly number[], at = 0): boolean =>
  prefix.every((value, index) => bytes[at + index] === value);

const refusal = (what: string, instead: string): CuecardError =>
  new CuecardError('unsupported_media', `the file is ${what}, which is not read: ${instead} and upload that`);

const XLSX = 'save it as an Excel workbook (.xlsx)';

/** What the directory of an OLE file (Microsoft's compound files, names in UTF-16) names. */
function oldOffice(bytes: Uint8Array): CuecardError {
  const names = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const holds = (name: string): boolean => names.includes(Buffer.from(name, 'utf16le'));
  if (holds('EncryptedPackage')) {
    return new CuecardError(
      'unsupported_media',
      'the workbook is protected by a password, so nobody can read it here: save it without a password and upload that',
    );
  }
  if (holds('WordDocument')) return refusal('an old Word document (.doc)', 'save it as a web page (.html)');
  if (holds('PowerPoint Document')) return refusal('an old presentation (.ppt)', 'copy its text into a spreadsheet');
  return refusal('an old Excel workbook (.xls)', XLSX);
}

/** What a package that is no workbook is, by the names of its parts. */
function packageRefusal(zip: Zip): CuecardError {
  const has = (pattern: RegExp): boolean => zip.names.some((name) => pattern.test(name));
  if (has(/^xl\/workbook\.bin$/)) return refusal('a binary Excel workbook (.xlsb)', XLSX);
  if (has(/^word\//)) return refusal('a Word document (.docx)', 'save it as a web page (.html) or as Markdown');
  if (has(/^ppt\//)) return refusal('a presentation (.pptx)', 'copy its text into a spreadsheet');
  if (has(/^Index\/.*\.iwa$/)) return refusal('a Numbers or Pages document', 'export it as Excel (.xlsx) or CSV');
  if (has(/^content\.xml$/)) return refusal('an OpenDocument file (.ods, .odt)', 'save it as Excel (.xlsx) or CSV');
  return refusal('a zip archive', 'unpack it and upload the files one by one');
}

/**
 * What the bytes are, whatever the file is called: a workbook, or a text that is still to be looked at. Raises
 * `unsupported_media` for kinds that are not read, saying what the file is and what to save it as.
 */
export function openBinary(bytes: Uint8Array): Zip | undefined {
  const found = KNOWN.find(({ bytes: prefix, at }) => startsWith(bytes, prefix, at));
  if (found !== undefined) throw refusal(found.what, found.instead);
  if (startsWith(bytes, OLD_OFFICE)) throw oldOffice(bytes);
  const third = bytes[2] ?? 0;
  if (!startsWith(bytes, PACKAGE) || (third !== 0x03 && third !== 0x05)) return undefined;
  const zip = openZip(bytes);
  if (workbookPart(zip) === undefined) throw packageRefusal(zip);
  return zip;
}
