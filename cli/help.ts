import type { Command } from './command.ts';

const OPTION_COLUMNS = 26;

export const GLOBAL_OPTIONS = {
  url: {
    type: 'string',
    value: 'address',
    says: 'Where Cuecard is; else CUECARD_URL, else the demo shop of this folder',
  },
  json: { type: 'boolean', says: 'One JSON document on standard output, nothing else' },
  help: { type: 'boolean', short: 'h', says: 'Help, of the command that is named' },
  version: { type: 'boolean', says: 'Which version this is' },
} as const satisfies Command['options'];

function optionLines(options: Command['options']): string {
  return Object.entries(options)
    .map(([name, { short, value, says }]) => {
      const flag = `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` <${value}>`}`;
      return `  ${flag.padEnd(OPTION_COLUMNS)} ${says}\n`;
    })
    .join('');
}

export const commandHelp = ({ usage, summary, help, options }: Command): string =>
  `cuecard ${usage}\n\n${summary}.\n\n${help}\n\nOptions\n${optionLines({ ...options, ...GLOBAL_OPTIONS })}`;

export const overview = (commands: readonly Command[]): string => `cuecard: from the spreadsheet to a release you trust

${commands.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}\n`).join('')}
A first hour:
  cuecard import faq.xlsx --dry-run      see every bad row and why, write nothing
  cuecard import faq.xlsx                into the draft
  cuecard diff                           what would change
  cuecard release --note "first FAQ"     compile, gate, publish
  cuecard test "where is my parcel?"     as a customer would ask
  cuecard rollback                       back to what was live before

Options of every command
${optionLines(GLOBAL_OPTIONS)}
CUECARD_TOKEN holds a manager's token; the demo shop of "npm start" needs none. "cuecard <command> --help" says more.

Exit codes: 0 done · 1 refused or failed · 2 wrong usage · 3 done, with something to look at · 4 not reached or not allowed
`;
