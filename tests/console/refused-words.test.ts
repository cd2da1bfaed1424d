/** Whatever the server can say of a request's fields is said in Chinese on a Chinese page, or shown as the server's own. */
import { readdir, readFile } from 'node:fs/promises';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ApiError } from '../../console/api.ts';
import { wrongAt } from '../../console/manage/routing/form.ts';
import { fieldWords, placeWords, refusalWords, sentenceWords } from '../../console/refused-words.ts';
import { language } from '../../console/words/words.ts';

const DOMAIN = new URL('../../lib/domain/', import.meta.url);
const HAN = /\p{Script=Han}/u;
const OWN = '服务器的说明：';

type Issue = { message: string; errors?: Issue[][]; issues?: Issue[] };
type Node = {
  _zod: { def: Record<string, unknown> };
  safeParse?: (value: unknown) => { error?: { issues: Issue[] } };
};
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && '_zod' in value;

/** Wrong in every way that a type or a bound of it may be. */
const WRONG: readonly unknown[] = [
  ...[undefined, null, -1e12, 1e300, 0.5, Number.NaN, true, '', 'x', ' ', '\u0000', 'x'.repeat(21_000)],
  ...[[], Array(1_100).fill('x'), {}, { 'x y': 1, z: 2 }],
];

/** What is told of an issue, and of those inside it. */
const saidIn = ({ message, errors = [], issues = [] }: Issue): string[] => [
  message,
  ...[...errors.flat(), ...issues].flatMap(saidIn),
];

function saidOf(node: Node): string[] {
  return WRONG.flatMap((value) => {
    try {
      return (node.safeParse?.(value).error?.issues ?? []).flatMap(saidIn);
    } catch {
      // The inside of a refinement, which only ever meets what has its shape.
      return [];
    }
  });
}

/** All that the schemas behind a value may say, each schema asked once. */
function collect(value: unknown, seen: Set<unknown>, said: Set<string>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (isNode(value)) for (const message of saidOf(value)) said.add(message);
  const inner = isNode(value) ? Object.values(value._zod.def) : Array.isArray(value) ? value : plainValues(value);
  for (const one of inner) collect(one, seen, said);
}

const plainValues = (value: object): unknown[] =>
  Object.getPrototypeOf(value) === Object.prototype ? Object.values(value) : [];

const said = new Set<string>();
/** Conditions over several fields say their sentence in the source alone. */
const written: string[] = [];

beforeAll(async () => {
  const seen = new Set<unknown>();
  for (const file of await readdir(new URL('contract/', DOMAIN))) {
    const routes: Record<string, unknown> = await import(/* @vite-ignore */ new URL(`contract/${file}`, DOMAIN).href);
    for (const route of Object.values(routes)) {
      const { params, query, body } = (route ?? {}) as Record<string, unknown>;
      for (const part of [params, query, body]) collect(part, seen, said);
    }
  }
  const sources = (await readdir(DOMAIN, { recursive: true })).filter((name) => name.endsWith('.ts'));
  for (const name of sources) {
    const source = await readFile(new URL(name, DOMAIN), 'utf8');
    for (const [, message = ''] of source.matchAll(/\bmessage: '([^']+)'/g)) written.push(message);
  }
}, 60_000);
afterEach(() => {
  language.value = 'en';
});

test('the schemas of the contract were asked', () => {
  expect(said.size).toBeGreaterThan(100);
  expect([...said]).toEqual(expect.arrayContaining(['no blanks and no control characters', 'say why', 'Invalid URL']));
  expect(written).toContain('it ends before it begins');
});

test('every sentence of theirs has Chinese words, none of them English in disguise', () => {
  for (const message of [...said, ...written]) {
    const words = fieldWords(message, 'zh');
    expect(words, message).toMatch(HAN);
    expect(words, message).not.toContain(OWN);
    expect(words, message).not.toMatch(/\{\d\}|\$\d/);
  }
});

test('what is not known is shown as it is, and said to be the server’s', () => {
  expect(fieldWords('the moon is full', 'zh')).toBe('服务器的说明：the moon is full');
  expect(sentenceWords('门禁未通过', 'zh')).toBe('门禁未通过');
  for (const message of ['Invalid URL', 'the moon is full']) expect(fieldWords(message, 'en')).toBe(message);
});

describe('a refusal on a Chinese page', () => {
  const refusal = (detail: string, errors: { path: string; message: string }[] = []) =>
    new ApiError(400, detail, { detail, errors });

  test('says what is wrong, and where', () => {
    language.value = 'zh';
    const shape = 'the body does not have the right shape';
    const long = { path: 'body.answers.0.text', message: 'Too big: expected string to have <=5000 characters' };
    expect(refusalWords(refusal(shape, [long]))).toBe('填写的内容有误：回答 第 1 项 内容：最多 5000 个字符');
    expect(refusalWords(refusal('this needs the role agent or manager; yours is admin'))).toBe(
      '需要客服或知识管理员权限，你的角色是管理员',
    );
    expect(refusalWords(refusal('too long', [{ path: 'body.password', message: 'too long' }]))).toContain('too long');
    expect(wrongAt([{ path: 'body.a.b', message: 'Invalid URL' }], 'a')).toBe('网址格式不正确');
  });

  test('names a place as far as it has a name', () => {
    expect(placeWords('body.items.2.shortcut', 'zh')).toBe('列表 第 3 项 快捷码');
    expect(placeWords('body.x.<b>', 'zh')).toBe('x <b>');
    expect(placeWords('body.items.2', 'en')).toBe('body.items.2');
  });

  test('takes no time over a sentence made to be slow', () => {
    const long = `no ${'a '.repeat(50_000)}`;
    expect(sentenceWords(long, 'zh')).toContain('a a');
    expect(fieldWords(`Invalid input: expected ${'x'.repeat(100_000)}`, 'zh')).toMatch(/^应为/);
  });
});
