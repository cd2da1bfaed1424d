/**
 * The right card for what customers really type: 300 turns drawn unfiltered from real conversations, labelled by hand
 * (`bench/turns/README.md`), through the real message way over the e-commerce pack.
 * Options: `--draw=second` or `--draw=third` measures the later draws; `--redraw` draws the first again and keeps its
 * line numbers; `--json` prints the figures alone.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { openKnowledge } from '../lib/assist/knowledge.ts';
import { respond } from '../lib/assist/respond.ts';
import type { Knowledge, Situation } from '../lib/assist/situation.ts';
import type { Assist } from '../lib/domain/assist.ts';
import { ConversationId, MessageId, ReleaseId, TenantId } from '../lib/domain/ids.ts';
import { DEFAULT_SETTINGS, type Tenant } from '../lib/domain/tenant.ts';
import { Act, ASKING_ACTS } from '../lib/domain/understanding.ts';
import { compile } from '../lib/engine/compile.ts';
import { compileInput } from '../lib/knowledge/compile-input.ts';
import { loadPack } from '../lib/knowledge/pack.ts';
import { table } from './support/table.ts';
import { draw, partOf, type RealTurn, readTurns, unmask } from './turns/corpus.ts';

const ROOT = new URL('../', import.meta.url);
const SESSIONS = new URL('../shared/data/jddc/sessions.tsv', ROOT);
const later = /^--draw=(second|third)$/.exec(process.argv.find((one) => one.startsWith('--draw=')) ?? '')?.[1];
const SUFFIX = later === undefined ? '' : `-${later}`;
const DRAW = new URL(`bench/turns/draw${SUFFIX}.json`, ROOT);
const LABELS = new URL(`bench/turns/labels${SUFFIX}.json`, ROOT);
const MISSES = new URL(`.cuecard/bench/turns-misses${SUFFIX}.md`, ROOT);
const SIZE = 300;
const SEED = 20_261_101;
const AT = Date.UTC(2026, 10, 11, 4);

const Label = z.object({
  line: z.number(),
  act: Act,
  card: z.enum(['none', 'answer', 'person', 'order', 'handoff', 'look']),
  /** The pack intents that answer it: any of them is right. */
  faqIntent: z.union([z.string(), z.array(z.string()), z.null()]),
});
type Label = z.infer<typeof Label>;
const Drawn = z.object({ seed: z.number(), size: z.number(), lines: z.array(z.number()) });

const readJson = (file: URL): unknown => JSON.parse(readFileSync(file, 'utf8'));

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

type Card = Label['card'];
type Outcome = { turn: RealTurn; label: Label; assist: Assist; card: Card; intent: string | undefined };

const PERSON_REASONS: ReadonlySet<string> = new Set(['asked_for_person', 'safety', 'legal']);

/** The kind of card the desk would show. */
function cardOf({ understanding, suggestions, decision, order }: Assist): Card {
  if (PERSON_REASONS.has(decision.reason)) return 'handoff';
  if (suggestions.length > 0) return 'answer';
  if (ASKING_ACTS.has(understanding.act)) return 'person';
  if (decision.reason === 'needs_person') return 'look';
  return order !== undefined || understanding.act === 'reference' ? 'order' : 'none';
}

/** A panel beside a plain line disturbs nobody, and the other way round: neither offers a FAQ answer. */
const QUIET: ReadonlySet<Card> = new Set(['none', 'order', 'look']);

function isRightCard({ label, card }: Outcome): boolean {
  return card === label.card || (QUIET.has(card) && QUIET.has(label.card));
}

const intentsOf = ({ faqIntent }: Label): readonly string[] =>
  faqIntent === null ? [] : Array.isArray(faqIntent) ? faqIntent : [faqIntent];

const isFirstRight = (outcome: Outcome): boolean =>
  outcome.intent !== undefined && intentsOf(outcome.label).includes(outcome.intent);

const share = <T>(all: readonly T[], right: (one: T) => boolean): number =>
  all.length === 0 ? 1 : all.filter(right).length / all.length;

type Figure = { name: string; value: number; of: number; bar?: number; most?: number };

function figuresOf(outcomes: readonly Outcome[]): Figure[] {
  const plain = outcomes.filter(({ label }) => label.card === 'none' || label.card === 'order');
  const faq = outcomes.filter(({ label }) => label.faqIntent !== null);
  const person = outcomes.filter(({ label }) => label.card === 'person');
  const asking = ({ assist }: Outcome) => ASKING_ACTS.has(assist.understanding.act);
  const wanted = ({ label }: Outcome) => ASKING_ACTS.has(label.act);
  return [
    { name: 'right kind of card', value: share(outcomes, isRightCard), of: outcomes.length, bar: 0.8 },
    {
      name: 'suggestions on plain lines',
      value: share(plain, ({ assist }) => assist.suggestions.length > 0),
      of: plain.length,
      most: 0.03,
    },
    { name: 'first suggestion right, FAQ-answerable', value: share(faq, isFirstRight), of: faq.length, bar: 0.6 },
    {
      name: 'top intent right, FAQ-answerable',
      value: share(faq, ({ assist, label }) => intentsOf(label).includes(assist.understanding.intent.name)),
      of: faq.length,
    },
    {
      name: 'suggestions on questions no entry answers',
      value: share(person, ({ assist }) => assist.suggestions.length > 0),
      of: person.length,
    },
    {
      name: 'wants an answer or not',
      value: share(outcomes, (one) => asking(one) === wanted(one)),
      of: outcomes.length,
    },
    {
      name: 'act exactly',
      value: share(outcomes, ({ assist, label }) => assist.understanding.act === label.act),
      of: outcomes.length,
    },
  ];
}

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;

function barOf({ bar, most }: Figure): string {
  if (bar !== undefined) return `>= ${percent(bar)}`;
  return most === undefined ? '' : `<= ${percent(most)}`;
}

const isMissed = ({ value, bar, most }: Figure): boolean =>
  (bar !== undefined && value < bar) || (most !== undefined && value > most);

/** The misses with their text stay on this machine, under `.cuecard/`. */
function writeMisses(outcomes: readonly Outcome[]): number {
  const missed = outcomes.filter((one) => !isRightCard(one) || (one.label.faqIntent !== null && !isFirstRight(one)));
  const lines = missed.map(({ turn, label, assist, card, intent }) => {
    const { act, intent: top } = assist.understanding;
    const wanted = `${label.act}, ${label.card} ${intentsOf(label).join(' | ')}`;
    const got = `${act}, ${card} ${intent ?? ''} (top ${top.name} ${top.confidence.toFixed(2)}, ${assist.decision.reason})`;
    const before = unmask(turn.before ?? '').slice(-80);
    return `- line ${turn.line}\n  - before: ${before}\n  - said: ${turn.lines.map(unmask).join(' / ')}\n  - wanted: ${wanted}\n  - got: ${got}`;
  });
  mkdirSync(new URL('.', MISSES), { recursive: true });
  writeFileSync(MISSES, `# Misses\n\n${lines.join('\n')}\n`);
  return missed.length;
}

async function measure(turns: readonly RealTurn[]): Promise<Outcome[]> {
  const labels = new Map(
    z
      .array(Label)
      .parse(readJson(LABELS))
      .map((label) => [label.line, label]),
  );
  const { tenant, knowledge } = await demoShop();
  const outcomes: Outcome[] = [];
  for (const turn of turns) {
    const label = labels.get(turn.line);
    if (label === undefined) throw new Error(`line ${turn.line} has no label in bench/turns/labels.json`);
    const assist = await respond(situationOf(turn, tenant, knowledge), async () => []);
    const intent = knowledge.entryById(assist.suggestions[0]?.source.id ?? '')?.intent;
    outcomes.push({ turn, label, assist, card: cardOf(assist), intent });
  }
  return outcomes;
}

function drawnTurns(): RealTurn[] {
  const turns = readTurns(SESSIONS);
  if (process.argv.includes('--redraw') && later === undefined) {
    const lines = draw(turns, SIZE, SEED).map((turn) => turn.line);
    writeFileSync(DRAW, `${JSON.stringify({ seed: SEED, size: SIZE, lines })}\n`);
  }
  const lines = new Set(Drawn.parse(readJson(DRAW)).lines);
  return turns.filter((turn) => lines.has(turn.line));
}

async function main(): Promise<void> {
  if (!existsSync(SESSIONS)) {
    console.log(`skipped: ${fileURLToPath(SESSIONS)} is not on this machine`);
    return;
  }
  const outcomes = await measure(drawnTurns());
  const figures = figuresOf(outcomes);
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(figures));
    return;
  }
  const missed = writeMisses(outcomes);
  console.log(
    table(
      ['figure', 'value', 'of', 'bar'],
      figures.map((one) => [one.name, percent(one.value), String(one.of), barOf(one)]),
    ),
  );
  console.log(`${missed} turns missed something: ${fileURLToPath(MISSES)}`);
  for (const figure of figures.filter(isMissed)) console.log(`below its bar: ${figure.name}`);
}

await main();
