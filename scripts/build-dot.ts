/**
 * Assembles `lib/engine/dot.wat` into `lib/engine/dot-module.generated.ts`: one function, one memory, and the
 * instructions that it uses. The same text gives the same bytes, those of any other assembler of the format.
 *
 * Sections and encodings: WebAssembly Core Specification 2.0, chapter 5.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const root = new URL('../', import.meta.url);
export const SOURCE = new URL('lib/engine/dot.wat', root);
export const OUTPUT = new URL('lib/engine/dot-module.generated.ts', root);

type Expression = string | Expression[];
/** Where names are looked up: a local by its place, a label by how far out it is. */
type Scope = { locals: readonly string[]; labels: readonly string[] };

const TYPES: Readonly<Record<string, number>> = { i32: 0x7f, v128: 0x7b };
const END = 0x0b;
const NO_RESULT = 0x40;
/** Vector instructions follow this byte. */
const VECTOR = 0xfd;

/** What stands between an instruction's name and what it is applied to. */
type Immediate = 'none' | 'local' | 'label' | 'whole' | 'bytes' | { align: number };

const INSTRUCTIONS: Readonly<Record<string, { code: readonly number[]; takes: Immediate }>> = {
  br: { code: [0x0c], takes: 'label' },
  br_if: { code: [0x0d], takes: 'label' },
  'local.get': { code: [0x20], takes: 'local' },
  'local.set': { code: [0x21], takes: 'local' },
  'i32.const': { code: [0x41], takes: 'whole' },
  'i32.eq': { code: [0x46], takes: 'none' },
  'i32.add': { code: [0x6a], takes: 'none' },
  'v128.load': { code: [VECTOR, ...unsigned(0)], takes: { align: 4 } },
  'v128.load8x8_s': { code: [VECTOR, ...unsigned(1)], takes: { align: 3 } },
  'v128.store': { code: [VECTOR, ...unsigned(11)], takes: { align: 4 } },
  'i8x16.shuffle': { code: [VECTOR, ...unsigned(13)], takes: 'bytes' },
  'i32x4.splat': { code: [VECTOR, ...unsigned(17)], takes: 'none' },
  'i32x4.add': { code: [VECTOR, ...unsigned(174)], takes: 'none' },
  'i32x4.dot_i16x8_s': { code: [VECTOR, ...unsigned(186)], takes: 'none' },
};
const BLOCKS: Readonly<Record<string, number>> = { block: 0x02, loop: 0x03 };

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  const isLast = value >= -0x40 && value < 0x40;
  return isLast ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

const counted = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()];
const sized = (bytes: readonly number[]): number[] => [...unsigned(bytes.length), ...bytes];
const section = (id: number, items: readonly (readonly number[])[]): number[] => [id, ...sized(counted(items))];
const text = (quoted: Expression | undefined): number[] => sized([...Buffer.from(word(quoted).slice(1, -1))]);

function word(given: Expression | undefined): string {
  if (typeof given !== 'string') throw new Error(`a word is wanted, not ${JSON.stringify(given)}`);
  return given;
}

function parse(source: string): Expression {
  const tokens = source.replaceAll(/;;.*/g, '').match(/[()]|"[^"]*"|[^\s()"]+/g) ?? [];
  let at = 0;
  const next = (): Expression => {
    const token = word(tokens[at++]);
    if (token !== '(') return token;
    const list: Expression[] = [];
    while (tokens[at] !== ')') list.push(next());
    at += 1;
    return list;
  };
  return next();
}

/** The lists of an expression that start with a word, each without it. */
const listsOf = (expression: readonly Expression[], name: string): Expression[][] =>
  expression.flatMap((one) => (Array.isArray(one) && one[0] === name ? [one.slice(1)] : []));

function place(names: readonly string[], name: string): number[] {
  if (!names.includes(name)) throw new Error(`there is no ${name}`);
  return unsigned(names.indexOf(name));
}

function immediates(takes: Immediate, words: readonly string[], { locals, labels }: Scope): number[] {
  const [first = ''] = words;
  if (takes === 'local') return place(locals, first);
  if (takes === 'label') return place(labels, first);
  if (takes === 'whole') return signed(Number(first));
  if (takes === 'bytes') return words.map(Number);
  // Loads and stores: the alignment promised, as a power of two, and `offset=`.
  return takes === 'none' ? [] : [takes.align, ...unsigned(Number(first.split('=')[1] ?? 0))];
}

/** What an instruction is applied to comes before it. */
function assembleExpression(expression: Expression, scope: Scope): number[] {
  if (!Array.isArray(expression)) throw new Error(`${expression} stands alone`);
  const [name, ...rest] = [word(expression[0]), ...expression.slice(1)];
  const block = BLOCKS[name];
  if (block !== undefined) {
    const inner = { ...scope, labels: [word(rest[0]), ...scope.labels] };
    return [block, NO_RESULT, ...rest.slice(1).flatMap((one) => assembleExpression(one, inner)), END];
  }
  const instruction = INSTRUCTIONS[name];
  if (instruction === undefined) throw new Error(`${name} is not known`);
  const words = rest.filter((one) => typeof one === 'string');
  const operands = rest.filter((one) => typeof one !== 'string');
  return [
    ...operands.flatMap((one) => assembleExpression(one, scope)),
    ...instruction.code,
    ...immediates(instruction.takes, words, scope),
  ];
}

type Declared = { name: string; type: number };

const declared = (func: readonly Expression[], kind: string): Declared[] =>
  listsOf(func, kind).map(([name, type]) => ({ name: word(name), type: TYPES[word(type)] ?? 0 }));

/** Locals that follow each other are counted by their type. */
function runs(types: readonly number[]): number[][] {
  const [first] = types;
  if (first === undefined) return [];
  const end = types.findIndex((type) => type !== first);
  const length = end < 0 ? types.length : end;
  return [[...unsigned(length), first], ...runs(types.slice(length))];
}

function body(func: readonly Expression[]): number[] {
  const locals = declared(func, 'local');
  const scope = { locals: [...declared(func, 'param'), ...locals].map(({ name }) => name), labels: [] };
  const instructions = func.filter((one) => Array.isArray(one) && !['export', 'param', 'local'].includes(word(one[0])));
  const code = instructions.flatMap((one) => assembleExpression(one, scope));
  return sized([...counted(runs(locals.map(({ type }) => type))), ...code, END]);
}

/** The bytes of a module that imports one memory and exports one function without a result. Throws on what it does not know. */
export function assemble(source: string): Uint8Array {
  const module = parse(source).slice(1) as Expression[];
  const [from, name, memory] = listsOf(module, 'import')[0] ?? [];
  const [func = []] = listsOf(module, 'func');
  const least = Number(listsOf([memory ?? ''], 'memory')[0]?.[0]);
  const parameters = declared(func, 'param').map(({ type }) => [type]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [[0x60, ...counted(parameters), ...counted([])]]),
    ...section(2, [[...text(from), ...text(name), 0x02, 0x00, ...unsigned(least)]]),
    ...section(3, [unsigned(0)]),
    ...section(7, [[...text(listsOf(func, 'export')[0]?.[0]), 0x00, ...unsigned(0)]]),
    ...section(10, [body(func)]),
  ]);
}

export function render(bytes: Uint8Array): string {
  return `// biome-ignore-all format: written by a program
/** Assembled by scripts/build-dot.ts from lib/engine/dot.wat: do not edit. */
export const DOT_MODULE = '${Buffer.from(bytes).toString('base64')}';
`;
}

function main(): void {
  const bytes = assemble(readFileSync(SOURCE, 'utf8'));
  writeFileSync(OUTPUT, render(bytes));
  console.log(`${bytes.length} bytes`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
