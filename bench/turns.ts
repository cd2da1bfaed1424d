/**
 * The right card for what customers really type: turns drawn unfiltered from real conversations, labelled by hand
 * (`bench/turns/README.md`), through the real message way over the e-commerce pack; and the acts of turns in our own
 * words (`tests/data/acts*.yaml`), which need no data beside the repository.
 * Options: `--draw=first,fourth` measures some of the draws; `--json` prints the figures alone.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openKnowledge } from '../lib/assist/knowledge.ts';
import { respond } from '../lib/assist/respond.ts';
import type { Knowledge, Situation } from '../lib/assist/situation.ts';
import { ConversationId, MessageId, ReleaseId, TenantId } from '../lib/domain/ids.ts';
import { DEFAULT_SETTINGS, type Tenant } from '../lib/domain/tenant.ts';
import { compile } from '../lib/engine/compile.ts';
import { compileInput } from '../lib/knowledge/compile-input.ts';
import { loadPack } from '../lib/knowledge/packs/pack.ts';
import {
  accuracy,
  classFigures,
  type Outcome as Judgement,
  macroF1,
  mostConfused,
} from '../lib/measure/classification.ts';
import { table } from './support/table.ts';
import { ACT_FILES, readActCases, readCase } from './turns/act-cases.ts';
import { partOf, type RealTurn, readTurns, unmask } from './turns/corpus.ts';
import { DRAWS, type DrawName, HELD_OUT, labelledTurns } from './turns/draws.ts';
import {
  actsOf,
  cardOf,
  type Figure,
  figuresOf,
  isAnswered,
  isMissed,
  isRightCard,
  type Outcome,
  wantedIntents,
} from './turns/score.ts';

const ROOT = new URL('../', import.meta.url);
const SESSIONS = new URL('../shared/data/jddc/sessions.tsv', ROOT);
const MISSES = new URL('.cuecard/bench/', ROOT);
const AT = Date.UTC(2026, 10, 11, 4);

async function demoShop(): Promise<{ tenant: Tenant; knowledge: Knowledge }> {
  const pack = await loadPack(fileURLToPath(new URL('knowledge', ROOT)), 'ecommerce');
  const { bytes } = compile(compileInput(pack.entries, { phrases: pack.phrases, skills: pack.skills }));
  const shopFacts = Object.fromEntries(pack.facts.map((fact) => [fact.name, fact.example]));
  const tenant: Tenant = {
    id: TenantId.parse('bench'),
    name: 'Bench',
    languages: ['zh', 'en'],
    packs: ['ecommerce'],
    settings: { ...DEFAULT_SETTINGS, mode: 'assist', shopFacts },
    createdAt: new Date(AT).toISOString(),
    version: 1,
  };
  return { tenant, knowledge: openKnowledge(ReleaseId.parse('rel_bench'), bytes) };
}

function situationOf(turn: RealTurn, tenant: Tenant, knowledge: Knowledge): Situation {
  return {
    tenant,
    knowledge,
    catalog: undefined,
    customer: undefined,
    conversationId: ConversationId.parse(`line-${turn.line}`),
    turn: {
      id: 'trn_1',
      revision: 1,
      messageIds: turn.lines.map((_, at) => MessageId.parse(`m${at}`)),
      parts: turn.lines.map(partOf),
    },
    customerSeq: turn.lines.length,
    history: turn.before === undefined ? [] : [{ author: 'agent', text: unmask(turn.before) }],
    owner: 'bot',
    firstContact: turn.before === undefined,
    sent: [],
    language: undefined,
    shop: undefined,
    channel: undefined,
    at: AT,
    degraded: [],
  };
}

type Shop = Awaited<ReturnType<typeof demoShop>>;

async function measure(name: DrawName, turns: readonly RealTurn[], { tenant, knowledge }: Shop): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { turn, label } of labelledTurns(name, turns)) {
    const assist = await respond(situationOf(turn, tenant, knowledge), async () => []);
    const intents = assist.suggestions.flatMap(({ source }) => knowledge.entryById(source.id)?.intent ?? []);
    outcomes.push({ turn, label, assist, card: cardOf(assist), intents });
  }
  return outcomes;
}

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;

function barOf({ bar, most }: Figure): string {
  if (bar !== undefined) return `>= ${percent(bar)}`;
  return most === undefined ? '' : `<= ${percent(most)}`;
}

function missLine({ turn, label, assist, card, intents }: Outcome): string {
  const { act, intent: top } = assist.understanding;
  const wanted = `${label.act}, ${label.card} ${wantedIntents(label).join(' | ')}`;
  const got = `${act}, ${card} ${intents.join(' ')} (top ${top.name} ${top.confidence.toFixed(2)}, ${assist.decision.reason})`;
  const before = unmask(turn.before ?? '').slice(-80);
  return `- line ${turn.line}\n  - before: ${before}\n  - said: ${turn.lines.map(unmask).join(' / ')}\n  - wanted: ${wanted}\n  - got: ${got}`;
}

/** The misses with their text stay on this machine, under `.cuecard/`; of held-out turns none are written. */
function writeMisses(name: DrawName, outcomes: readonly Outcome[]): void {
  if (name === HELD_OUT) return;
  const missed = outcomes.filter(
    (one) =>
      !isRightCard(one) ||
      one.assist.understanding.act !== one.label.act ||
      (one.label.faqIntent !== null && !isAnswered(one, 1)),
  );
  mkdirSync(MISSES, { recursive: true });
  writeFileSync(new URL(`turns-misses-${name}.md`, MISSES), `# Misses\n\n${missed.map(missLine).join('\n')}\n`);
}

function printFigures(name: DrawName, figures: readonly Figure[]): void {
  const rows = figures.map((one) => [
    one.name,
    percent(one.value),
    String(one.of),
    barOf(one),
    isMissed(one) ? 'missed' : '',
  ]);
  console.log(`\n${name} draw${name === HELD_OUT ? ', held out' : ''}`);
  console.log(table(['figure', 'value', 'of', 'bar', ''], rows));
}

function printActs(title: string, outcomes: readonly Judgement[]): void {
  const rows = classFigures(outcomes).map((one) => [
    one.name,
    percent(one.precision),
    percent(one.recall),
    percent(one.f1),
    String(one.support),
  ]);
  console.log(
    `\nActs, ${title}: accuracy ${percent(accuracy(outcomes))}, macro-F1 ${percent(macroF1(outcomes))}, n ${outcomes.length}`,
  );
  console.log(table(['act', 'precision', 'recall', 'F1', 'of'], rows));
  const confused = mostConfused(outcomes, 12).map(({ expected, got, count }) => `${expected} as ${got} ${count}`);
  console.log(`confused: ${confused.join(', ')}`);
}

function actCaseOutcomes(name: (typeof ACT_FILES)[number]): Judgement[] {
  return readActCases(name).map((one) => ({ expected: one.act, got: readCase(one) }));
}

function chosenDraws(): readonly DrawName[] {
  const asked = process.argv.find((one) => one.startsWith('--draw='))?.slice('--draw='.length);
  return asked === undefined ? DRAWS : DRAWS.filter((name) => asked.split(',').includes(name));
}

async function drawnOutcomes(): Promise<{ name: DrawName; outcomes: Outcome[] }[]> {
  if (!existsSync(SESSIONS)) {
    console.log(`real turns skipped: ${fileURLToPath(SESSIONS)} is not on this machine`);
    return [];
  }
  const turns = readTurns(SESSIONS);
  const shop = await demoShop();
  const all: { name: DrawName; outcomes: Outcome[] }[] = [];
  for (const name of chosenDraws()) all.push({ name, outcomes: await measure(name, turns, shop) });
  return all;
}

async function main(): Promise<void> {
  const drawn = await drawnOutcomes();
  const own = ACT_FILES.map((name) => ({ name, outcomes: actCaseOutcomes(name) }));
  if (process.argv.includes('--json')) {
    const turns = Object.fromEntries(drawn.map(({ name, outcomes }) => [name, figuresOf(outcomes)]));
    const acts = Object.fromEntries(
      own.map(({ name, outcomes }) => [
        name,
        { accuracy: accuracy(outcomes), macroF1: macroF1(outcomes), of: outcomes.length },
      ]),
    );
    console.log(JSON.stringify({ turns, acts }));
    return;
  }
  for (const { name, outcomes } of drawn) {
    writeMisses(name, outcomes);
    printFigures(name, figuresOf(outcomes));
    printActs(`${name} draw`, actsOf(outcomes));
  }
  for (const { name, outcomes } of own) printActs(`tests/data/${name}.yaml`, outcomes);
}

await main();
