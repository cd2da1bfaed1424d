import type { Policy } from '../domain/entry.ts';
import type { Language } from '../domain/language.ts';

/** Words that people write in a cell for our closed sets, folded to lower case. */
const LANGUAGES: Readonly<Record<string, Language>> = {
  zh: 'zh',
  'zh-cn': 'zh',
  'zh-hans': 'zh',
  cn: 'zh',
  chinese: 'zh',
  中文: 'zh',
  汉语: 'zh',
  en: 'en',
  'en-us': 'en',
  'en-gb': 'en',
  english: 'en',
  英文: 'en',
  英语: 'en',
};

const POLICIES: Readonly<Record<string, Policy>> = {
  auto: 'auto',
  自动: 'auto',
  自动回复: 'auto',
  assist: 'assist',
  辅助: 'assist',
  人工确认: 'assist',
  human: 'human',
  人工: 'human',
  转人工: 'human',
};

const fold = (cell: string): string => cell.normalize('NFKC').trim().toLowerCase().replaceAll('_', '-');

export const languageOf = (cell: string): Language | undefined => LANGUAGES[fold(cell)];
export const policyOf = (cell: string): Policy | undefined => POLICIES[fold(cell)];

const YES = new Set(['yes', 'y', 'true', '1', 'on', 'x', '是', '停用', '关闭']);
const NO = new Set(['no', 'n', 'false', '0', 'off', '否', '启用', '开启']);

export function truthOf(cell: string): boolean | undefined {
  const word = fold(cell);
  return YES.has(word) ? true : NO.has(word) ? false : undefined;
}

/** What parts a cell, written as a set of characters beside the line break; led by a backslash it belongs to its item. */
function splitter(marks: string): (cell: string) => string[] {
  const separator = new RegExp(`\\n|(?<!\\\\)[${marks}]`);
  const escaped = new RegExp(`\\\\([${marks}])`, 'g');
  return (cell) => [
    ...new Set(
      cell
        .split(separator)
        .map((piece) => piece.replace(escaped, '$1').trim())
        .filter((piece) => piece !== ''),
    ),
  ];
}

const joiner = (marks: string): ((items: readonly string[] | undefined) => string) => {
  const mark = new RegExp(`[${marks}]`, 'g');
  return (items = []) => items.map((item) => item.replace(/\s*\n\s*/g, ' ').replace(mark, '\\$&')).join('\n');
};

const OF_TEXTS = '|｜';
const OF_NAMES = '|｜,，;；、';

/** Texts, one per line or separated by `|`: similar questions, aliases, links. `joinLines` writes what it reads. */
export const splitLines = splitter(OF_TEXTS);
export const joinLines = joiner(OF_TEXTS);
/** Names and ids, separated by commas too. */
export const splitNames = splitter(OF_NAMES);
export const joinNames = joiner(OF_NAMES);
