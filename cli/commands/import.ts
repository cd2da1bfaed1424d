import { basename } from 'node:path';
import type { ImportReport, RowProblem } from '../../lib/domain/import-job.ts';
import { type Command, type Context, EXIT, type Exit, isSet, text, texts, UsageError } from '../command.ts';
import { IN_WORK, untilEnded } from '../poll.ts';
import { plain, table } from '../table.ts';

/** What fits through the gateway; a larger file goes to the object store first. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
const SHOWN_ROWS = 20;

type Queued = { id: string; status: string };
type Waiting = Queued & { upload: { url: string; fields: Record<string, string> } };

/** `--map 'Frage=question' --map 'intern='`: a header and the column it is, or nothing. */
function mappingOf(pairs: readonly string[]): string | undefined {
  if (pairs.length === 0) return undefined;
  const mapping: Record<string, string | null> = {};
  for (const pair of pairs) {
    const at = pair.lastIndexOf('=');
    if (at < 1) throw new UsageError(`--map takes header=column, not "${pair}"`);
    mapping[pair.slice(0, at)] = pair.slice(at + 1) || null;
  }
  return JSON.stringify(mapping);
}

async function upload(context: Context, path: string, query: Record<string, string | undefined>, bytes: Uint8Array) {
  const { api } = context;
  if (bytes.length <= MAX_BODY_BYTES) return (await api.call<Queued>('POST', path, { bytes, query })).id;
  const place = { ...query, upload: 'true', bytes: String(bytes.length) };
  const { id, upload: form } = await api.call<Waiting>('POST', path, { query: place, bytes: new Uint8Array() });
  const parts = new FormData();
  for (const [name, value] of Object.entries(form.fields)) parts.append(name, value);
  parts.append('file', new Blob([new Uint8Array(bytes)]));
  await api.post(form.url, parts);
  await api.call('POST', `${path}/${id}/start`);
  return id;
}

function rowLines(title: string, problems: readonly RowProblem[], total: number): string {
  if (total === 0) return '';
  const rows = problems
    .slice(0, SHOWN_ROWS)
    .map(({ sheet, row, column, value, reason, fix }) => [
      `${sheet === undefined ? '' : `${sheet} `}row ${row}`,
      column,
      value,
      fix === undefined ? reason : `${reason}; ${fix}`,
    ]);
  const more = total > rows.length ? `  … and ${total - rows.length} more (--errors writes all of them)\n` : '';
  return `\n${title}\n${table(rows, 70)}${more}`;
}

function summary(report: ImportReport): string {
  const { added, changed, unchanged, removed, rows, rejected, rejectedTotal, warnings = [], ignoredColumns } = report;
  const ignored = ignoredColumns.map(plain).join(', ');
  return [
    `${report.dryRun ? 'Would import' : 'Imported'} ${rows} rows${report.detected === undefined ? '' : ` (${report.detected})`}: `,
    `${added} added, ${changed} changed, ${unchanged} unchanged, ${removed} removed, ${rejectedTotal} rejected\n`,
    ignored === '' ? '' : `Nothing was read from: ${ignored} (--map "header=column" says what one is)\n`,
    rowLines('Rejected', rejected, rejectedTotal),
    rowLines('Look at', warnings, report.warningsTotal ?? warnings.length),
  ].join('');
}

async function writeErrors({ api, io, flags }: Context, path: string, id: string): Promise<void> {
  const file = text(flags, 'errors');
  if (file !== undefined) await io.write(file, await api.download(`${path}/${id}/rejected`, { format: 'csv' }));
}

/** The file that is named, or what is piped in. */
async function fileOf({ words, io }: Context): Promise<{ name: string; bytes: Uint8Array }> {
  const [file, ...others] = words;
  if (file === undefined || others.length > 0) throw new UsageError('import takes one file, or - for what is piped in');
  return file === '-'
    ? { name: 'what was piped in', bytes: await io.stdin() }
    : { name: basename(file), bytes: await io.read(file) };
}

function queryOf({ flags }: Context): Record<string, string | undefined> {
  const common = {
    mode: isSet(flags, 'replace') ? 'replace' : 'merge',
    dryRun: String(isSet(flags, 'dry-run')),
  };
  if (isSet(flags, 'catalog')) return common;
  const mapping = mappingOf(texts(flags, 'map'));
  return { ...common, format: text(flags, 'format') ?? 'auto', language: text(flags, 'language'), mapping };
}

function say({ io, json }: Context, name: string, report: ImportReport): void {
  if (json) io.out(`${JSON.stringify(report)}\n`);
  else if (report.status === 'failed') io.err(`${name} was not imported: ${report.error ?? 'no reason given'}\n`);
  else io.out(summary(report));
}

async function run(context: Context): Promise<Exit> {
  const query = queryOf(context);
  const { name, bytes } = await fileOf(context);
  const path = isSet(context.flags, 'catalog') ? '/v1/catalog/imports' : '/v1/knowledge/imports';
  const id = await upload(context, path, query, bytes);
  const report = await untilEnded<ImportReport>(context, `${path}/${encodeURIComponent(id)}`, ['waiting', ...IN_WORK]);
  if (report.rejectedTotal > 0) await writeErrors(context, path, id);
  say(context, name, report);
  if (report.status === 'failed') return EXIT.refused;
  return report.rejectedTotal > 0 ? EXIT.attention : EXIT.done;
}

export const importFile: Command = {
  name: 'import',
  usage: 'import <file|-> [--dry-run] [--replace] [--map header=column]… [--errors file.csv]',
  summary: 'Read a spreadsheet, FAQ page, JSON or another tool’s export into the draft',
  help: `Reads CSV, XLSX, JSON, JSON lines, YAML, Markdown, HTML, Zendesk macros and Chatwoot canned responses; what a file
is, its content says. Good rows go into the draft; every bad row is named with its column, value and reason.
Nothing is live before "cuecard release".

  cuecard import faq.xlsx --dry-run              what would happen, without writing
  cuecard import faq.csv --map "Frage=question"  a header it does not know
  cuecard import products.csv --catalog          products instead of entries
  cuecard export --format json | CUECARD_URL=https://… CUECARD_TOKEN=… cuecard import -

Exit code 3: done, and some rows were rejected.`,
  options: {
    'dry-run': { type: 'boolean', says: 'Read and check everything, write nothing' },
    replace: { type: 'boolean', says: 'Make the draft exactly this file; without it the file is merged in' },
    catalog: { type: 'boolean', says: 'The file holds products' },
    format: { type: 'string', value: 'type', says: 'What the file is meant to be (auto)' },
    language: { type: 'string', value: 'zh|en', says: 'Of rows that do not say' },
    map: {
      type: 'string',
      multiple: true,
      value: 'header=column',
      says: 'Which column a header is; nothing after = leaves it out',
    },
    errors: { type: 'string', value: 'file', says: 'Write all rejected rows to this CSV' },
  },
  run,
};
