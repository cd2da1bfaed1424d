import { type Command, type Context, EXIT, type Exit, text, UsageError } from '../command.ts';

const FORMATS = ['csv', 'xlsx', 'json'] as const;

async function run({ words, flags, api, io, json }: Context): Promise<Exit> {
  if (words.length > 0) throw new UsageError(`export takes no "${words[0]}"; --output names the file`);
  const output = text(flags, 'output');
  const format = text(flags, 'format') ?? FORMATS.find((one) => output?.endsWith(`.${one}`)) ?? 'json';
  if (!FORMATS.some((one) => one === format)) throw new UsageError(`--format is one of ${FORMATS.join(', ')}`);
  if (output === undefined && format === 'xlsx')
    throw new UsageError('a workbook is no text: name a file with --output');
  const bytes = await api.download('/v1/knowledge/export', { format });
  if (output === undefined) io.out(new TextDecoder().decode(bytes));
  else {
    await io.write(output, bytes);
    if (json) io.out(`${JSON.stringify({ file: output, format, bytes: bytes.length })}\n`);
    else io.err(`${output}: ${bytes.length} bytes\n`);
  }
  return EXIT.done;
}

export const exportDraft: Command = {
  name: 'export',
  usage: 'export [--format csv|xlsx|json] [--output file]',
  summary: 'Write the draft to a file that can be imported again',
  help: `  cuecard export --output knowledge.xlsx       to edit in a spreadsheet
  cuecard export > knowledge.json              to keep beside your code
  cuecard export | CUECARD_URL=https://… CUECARD_TOKEN=… cuecard import - --replace    to another environment`,
  options: {
    format: { type: 'string', value: 'type', says: 'csv, xlsx or json (json, or what the file is called)' },
    output: { type: 'string', short: 'o', value: 'file', says: 'Where to; without it, standard output' },
  },
  run,
};
