/**
 * People send one thought in several messages. Lines are cut into two to four pieces, 0.5-6 s apart, and go through
 * the real flow in virtual time: does the desk end up with what the whole line would have got, and did the bot speak
 * before the customer was done? Times never fail this run; the counts are printed beside their bars.
 * Options: `--quiet-ms 2500` the tenant's quiet window; `--seed 7`; `--rounds 3` ways to cut every line.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { TenantId } from '../lib/domain/ids.ts';
import { DEFAULT_SETTINGS, type Settings, type Tenant } from '../lib/domain/tenant.ts';
import { generator } from '../lib/engine/hash.ts';
import { type Played, play, type Shop, type TooEarly } from './fragments/play.ts';
import { type Pieces, split } from './fragments/split.ts';
import { demoShop } from './support/demo-shop.ts';
import { EN_LINES, ZH_LINES } from './support/lines.ts';
import { table } from './support/table.ts';
import { draw, readTurns } from './turns/corpus.ts';

const SESSIONS = new URL('../../shared/data/jddc/sessions.tsv', import.meta.url);
const REAL_LINES = 150;
const WORST = 12;
const MIN_REAL_LENGTH = 6;

/** `name`: what may be printed of a line; real customers' words stay where they are. */
type Line = { set: string; name: string; text: string };
type Outcome = { line: Line; pieces: Pieces; whole: Played; cut: Played; differs: string[] };

/** In this set a mask or a space shows that a shop's client composed the line; no customer types that in pieces. */
const COMPOSED = /[[\s]/;

function realLines(seed: number): Line[] {
  if (!existsSync(SESSIONS)) return [];
  const fit = readTurns(SESSIONS).filter(
    ({ lines: [first = ''] }) => !COMPOSED.test(first.trim()) && first.trim().length >= MIN_REAL_LENGTH,
  );
  return draw(fit, REAL_LINES, seed).map(({ line, lines: [first = ''] }) => ({
    set: 'real zh',
    name: `sessions.tsv line ${line}`,
    text: first.trim(),
  }));
}

const ownLines = (set: string, texts: readonly string[]): Line[] => texts.map((text) => ({ set, name: text, text }));

function shopOf(knowledge: Shop['knowledge'], settings: Partial<Settings>): Shop {
  const tenant: Tenant = {
    id: TenantId.parse('bench'),
    name: 'Bench',
    languages: ['zh', 'en'],
    packs: ['ecommerce'],
    settings: { ...DEFAULT_SETTINGS, mode: 'hybrid', callbackUrl: 'https://platform.example/hook', ...settings },
    createdAt: new Date(0).toISOString(),
    version: 1,
  };
  return { tenant, knowledge };
}

/** What an agent sees of an assist, by name. */
const seen = ({ assist: { understanding, suggestions, decision } }: Played): Record<string, string> => ({
  act: understanding.act,
  intent: understanding.intent.name,
  suggestion: suggestions[0]?.id ?? 'none',
  decision: decision.kind,
});

function differences(whole: Played, cut: Played): string[] {
  const wanted = seen(whole);
  return Object.entries(seen(cut)).flatMap(([name, value]) =>
    value === wanted[name] ? [] : [`${name} ${wanted[name]} -> ${value}`],
  );
}

async function measure(shop: Shop, lines: readonly Line[], random: () => number, rounds: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const line of lines) {
    const whole = await play(shop, { texts: [line.text], gapsMs: [0] });
    for (let round = 0; round < rounds; round += 1) {
      const pieces = split(line.text, random);
      if (pieces === undefined) break;
      const cut = await play(shop, pieces);
      outcomes.push({ line, pieces, whole, cut, differs: differences(whole, cut) });
    }
  }
  return outcomes;
}

const longestGap = ({ pieces }: Outcome): number => Math.max(...pieces.gapsMs);

function row(name: string, outcomes: readonly Outcome[]): string[] {
  const same = outcomes.filter(({ differs }) => differs.length === 0).length;
  const oneTurn = outcomes.filter(({ cut }) => cut.turns === 1).length;
  const early = (kind: TooEarly['kind']): string =>
    String(outcomes.filter(({ cut }) => cut.early.some((one) => one.kind === kind)).length);
  const share = (count: number): string =>
    outcomes.length === 0 ? '' : `${((count / outcomes.length) * 100).toFixed(1)} %`;
  const verdict = same === outcomes.length && early('reply') === '0' ? 'yes' : 'NO';
  return [
    name,
    String(outcomes.length),
    share(same),
    share(oneTurn),
    early('reply'),
    early('clarify'),
    early('handoff'),
    verdict,
  ];
}

function printWorst(outcomes: readonly Outcome[]): void {
  const worst = outcomes
    .filter(({ cut, differs }) => cut.early.length > 0 || differs.length > 0)
    .toSorted((a, b) => severity(b) - severity(a) || longestGap(a) - longestGap(b));
  for (const { line, pieces, cut, differs } of worst.slice(0, WORST)) {
    const own = line.name === line.text;
    const said = pieces.texts.map((text, at) => `${at === 0 ? '' : `(${(pieces.gapsMs[at] ?? 0) / 1000} s) `}${text}`);
    console.log(`- ${own ? said.join(' / ') : line.name}`);
    for (const { kind, piece, gapMs } of cut.early) {
      console.log(`    ${kind} after piece ${piece + 1} of ${pieces.texts.length}, ${gapMs} ms before the next`);
    }
    if (differs.length > 0) console.log(`    ${differs.join(', ')}`);
  }
  console.log(`${worst.length} of ${outcomes.length} cuts differ or were answered early.`);
}

const severity = ({ cut, differs }: Outcome): number =>
  cut.early.filter(({ kind }) => kind === 'reply').length * 100 + cut.early.length * 10 + differs.length;

async function main(): Promise<void> {
  const { values: flags } = parseArgs({
    options: {
      'quiet-ms': { type: 'string', default: String(DEFAULT_SETTINGS.quietWindowMs) },
      seed: { type: 'string', default: '7' },
      rounds: { type: 'string', default: '3' },
    },
  });
  const seed = Number(flags.seed);
  const quietWindowMs = Number(flags['quiet-ms']);
  const { knowledge, shopFacts } = await demoShop();
  const shop = shopOf(knowledge, { shopFacts, quietWindowMs });
  const lines = [...ownLines('own zh', ZH_LINES), ...ownLines('own en', EN_LINES), ...realLines(seed)];
  const outcomes = await measure(shop, lines, generator(seed), Number(flags.rounds));
  const sets = [...new Set(lines.map(({ set }) => set))];
  const within = outcomes.filter((one) => longestGap(one) <= quietWindowMs);
  const beyond = outcomes.filter((one) => longestGap(one) > quietWindowMs);
  console.log(
    `${lines.length} lines, each cut ${flags.rounds} times; quiet window ${quietWindowMs} ms; owner bot, mode hybrid\n`,
  );
  console.log(
    table(
      ['cuts', 'of', 'same assist', 'one turn', 'answered early', 'asked early', 'handed off early', 'bar: all, 0'],
      [
        ...sets.map((set) =>
          row(
            set,
            outcomes.filter(({ line }) => line.set === set),
          ),
        ),
        row('pauses within the quiet window', within),
        row('a pause beyond the quiet window', beyond),
        row('all', outcomes),
      ],
    ),
  );
  console.log('');
  printWorst(outcomes);
}

await main();
