import { CuecardError } from '../../domain/error.ts';
import type { RowProblem } from '../../domain/import-job.ts';
import type { Page } from './html.ts';
import { LIMITS, shown } from './limits.ts';
import type { Block } from './page-lines.ts';
import type { Article } from './types.ts';

/** A longer text below a question is a chapter that explains, not an answer to send. */
const MOST_ANSWERED = 3_000;
const MOST_QUESTION = 300;

const ENDS_ASKING = /[?？]\s*$/;
const ASKS_EN = /^(?:how|what|when|where|why|who|which|can|could|do|does|did|is|are|will|may|should|am)\b/i;
const ASKS_ZH = /怎么|如何|怎样|什么|多久|多少|几天|哪里|哪些|哪个|为何|能否|是否|可否|能不能|可不可以|[吗呢]$/;
const FAQ_TITLE = /\bfaqs?\b|frequently asked|q\s*&\s*a|常见问题|常见疑问|问答|问题解答/i;

const Q = /^(?:Q|Question|问|问题|提问)\s*\d{0,3}\s*[:：.、)）]\s*(?<rest>\S.*)$/i;
const A = /^(?:A|Answer|答|答案|回答|回复)\s*\d{0,3}\s*[:：.、)）]\s*(?<rest>.*)$/i;

/** `Q: Is it free? A: Yes.` */
const ONE_LINE = /^(?<question>.+?)\s+(?:A|Answer|答|答案|回答)\s*\d{0,3}\s*[:：]\s*(?<answer>\S.*)$/i;

const asks = (text: string, inFaq: boolean): boolean =>
  text.length <= MOST_QUESTION && (ENDS_ASKING.test(text) || (inFaq && (ASKS_EN.test(text) || ASKS_ZH.test(text))));

/** A page of questions: its title says so, or two of its headings ask. There a heading needs no question mark. */
function isFaq(title: string, blocks: readonly Block[]): boolean {
  const headings = blocks.filter((block) => block.kind === 'heading');
  return (
    FAQ_TITLE.test(title) ||
    headings.some(({ text }) => FAQ_TITLE.test(text)) ||
    headings.filter(({ text }) => ENDS_ASKING.test(text)).length >= 2
  );
}

type Heading = { level: number; text: string };
/** The text being gathered: under a heading, or under a question. */
type Open = { row: number; path: string[]; lines: string[]; question?: { text: string; level: number } };

type State = {
  rejected: RowProblem[];
  headings: Heading[];
  open: Open | undefined;
  sections: Article['sections'][number][];
  answered: Article['answered'][number][];
};

const pathOf = ({ headings }: State): string[] => headings.map(({ text }) => text);

const unanswered = (row: number, question: string): RowProblem => ({
  row,
  column: '',
  value: shown(question),
  reason: 'the question has no answer below it',
  fix: 'write the answer on the next line',
});

function closeOpen(state: State): void {
  const { open } = state;
  state.open = undefined;
  const text = open?.lines.join('\n').trim() ?? '';
  if (open === undefined) return;
  if (text === '') {
    if (open.question !== undefined) state.rejected.push(unanswered(open.row, open.question.text));
    return;
  }
  const { row, path, question } = open;
  if (question === undefined) state.sections.push({ row, path, text });
  else if (text.length <= MOST_ANSWERED) state.answered.push({ row, path, question: question.text, answer: text });
  else state.sections.push({ row, path: [...path, question.text], text });
}

/** Lines of a written question belong to it until the next heading or question. */
const INLINE_LEVEL = 8;
/** A bold line that asks is a heading below all others. */
const BOLD_LEVEL = 7;

function openQuestion(state: State, row: number, text: string, level: number): void {
  closeOpen(state);
  state.open = { row, path: pathOf(state), lines: [], question: { text, level } };
}

function addHeading(
  state: State,
  { row, level, text }: { row: number; level: number; text: string },
  inFaq: boolean,
): void {
  const under = state.open?.question;
  if (under !== undefined && level > under.level && !asks(text, inFaq)) {
    state.open?.lines.push(text);
    return;
  }
  closeOpen(state);
  state.headings = state.headings.filter((heading) => heading.level < level);
  if (asks(text, inFaq)) openQuestion(state, row, text, level);
  else state.headings.push({ level, text });
}

function addLine(state: State, row: number, text: string): void {
  const asked = Q.exec(text)?.groups?.['rest'];
  if (asked !== undefined) {
    const { question = asked, answer } = ONE_LINE.exec(asked)?.groups ?? {};
    openQuestion(state, row, question, INLINE_LEVEL);
    if (answer !== undefined) state.open?.lines.push(answer);
    return;
  }
  const answer = state.open?.question?.level === INLINE_LEVEL ? A.exec(text)?.groups?.['rest'] : undefined;
  state.open ??= { row, path: pathOf(state), lines: [] };
  state.open.lines.push(answer ?? text);
}

function addBlock(state: State, block: Block, inFaq: boolean): void {
  if (block.kind === 'heading') addHeading(state, block, inFaq);
  else if (block.kind === 'answered') {
    closeOpen(state);
    state.answered.push({ row: block.row, path: pathOf(state), question: block.question, answer: block.answer });
  } else if (block.strong && ENDS_ASKING.test(block.text) && asks(block.text, inFaq)) {
    addHeading(state, { row: block.row, level: BOLD_LEVEL, text: block.text }, inFaq);
  } else for (const text of block.text.split('\n')) addLine(state, block.row, text);
}

type Read = { article: Article; rejected: RowProblem[] };

function articleOf(title: string, url: string | undefined, blocks: readonly Block[]): Read {
  const inFaq = isFaq(title, blocks);
  const state: State = { rejected: [], headings: [], open: undefined, sections: [], answered: [] };
  for (const block of blocks) addBlock(state, block, inFaq);
  closeOpen(state);
  const { sections, answered, rejected } = state;
  return { article: { title, ...(url === undefined ? {} : { url }), sections, answered }, rejected };
}

const TITLE_CHARACTERS = 80;

/** What the page calls itself, else its first heading, else how it begins. */
function titleOf({ title, blocks }: Pick<Page, 'title' | 'blocks'>): string {
  const first = blocks.find((block) => block.kind === 'heading') ?? blocks.find((block) => block.kind === 'text');
  return title !== '' ? title : (first?.text.slice(0, TITLE_CHARACTERS) ?? '');
}

/** Each first-level heading of several begins an article; a single one is the page's title. */
function divided({ title, url, blocks }: Page): Read[] {
  const tops = blocks.flatMap((block, at) =>
    block.kind === 'heading' && block.level === 1 ? [{ at, text: block.text }] : [],
  );
  const [only] = tops;
  const asking = tops.some(({ text }) => ENDS_ASKING.test(text));
  if (only === undefined || (asking && tops.length > 1)) return [articleOf(titleOf({ title, blocks }), url, blocks)];
  if (asking) return [articleOf(title === '' ? only.text : title, url, blocks)];
  if (tops.length === 1)
    return [
      articleOf(
        only.text,
        url,
        blocks.filter((_, at) => at !== only.at),
      ),
    ];
  const before = blocks.slice(0, only.at);
  const rest = tops.map(({ at, text }, index) => articleOf(text, url, blocks.slice(at + 1, tops[index + 1]?.at)));
  return [...(before.length > 0 ? [articleOf(titleOf({ title, blocks: before }), url, before)] : []), ...rest];
}

/**
 * A page as articles: what stands under each heading, and what was written as question and answer (`Q:` and `A:`, 问 and
 * 答, definition lists, `<details>`, headings that ask). A title is no part of a path. Raises `invalid` when the page says
 * nothing, `too_large` above 50,000 pieces.
 */
export function articlesOf(page: Page): { articles: Article[]; rejected: RowProblem[] } {
  const read = divided(page);
  const articles = read
    .map(({ article }) => article)
    .filter(({ sections, answered }) => sections.length + answered.length > 0);
  const pieces = articles.reduce((sum, { sections, answered }) => sum + sections.length + answered.length, 0);
  if (pieces === 0)
    throw new CuecardError('invalid', 'the page holds no text: nothing stands below a heading or after a question');
  if (pieces > LIMITS.rows) {
    throw new CuecardError('too_large', `the file has ${pieces} pieces of text, at most ${LIMITS.rows} are read`);
  }
  return { articles, rejected: read.flatMap(({ rejected }) => rejected) };
}
