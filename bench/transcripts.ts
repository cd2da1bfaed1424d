/**
 * A shop's own history through the transcript job's own steps: how long it takes, what of it the e-commerce pack covers, and
 * how the topics come out. `../shared/data/jddc/sessions.tsv` is read in place and never copied; without it there is
 * nothing to measure. Options: `--rows=10000` repeats sessions up to so many messages, for the time; `--topics=50` prints
 * topics with examples, to be read by a person.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openKnowledge } from '../lib/assist/knowledge.ts';
import { pastReader } from '../lib/assist/past.ts';
import { ReleaseId, TenantId } from '../lib/domain/ids.ts';
import { DEFAULT_SETTINGS, type Tenant } from '../lib/domain/tenant.ts';
import { compile } from '../lib/engine/compile.ts';
import { compileInput } from '../lib/knowledge/compile-input.ts';
import { readTranscript } from '../lib/knowledge/learn/read-transcript.ts';
import { type Findings, reportOf } from '../lib/knowledge/learn/transcript-report.ts';
import { loadPack } from '../lib/knowledge/packs/pack.ts';
import { table } from './support/table.ts';
import { unmask } from './turns/corpus.ts';

const ROOT = new URL('../', import.meta.url);
const SESSIONS = new URL('../shared/data/jddc/sessions.tsv', ROOT);
const AT = Date.UTC(2026, 10, 11, 4);

const option = (name: string): number | undefined => {
  const given = process.argv.find((one) => one.startsWith(`--${name}=`));
  return given === undefined ? undefined : Number(given.split('=')[1]);
};

type Message = { conversation: string; author: string; text: string };

/** As a shop would export it: customers' masks as plain values, agents' as they are, since drafts are made of those. */
function messages(): Message[] {
  return readFileSync(SESSIONS, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [session = '', , side, , , , ...text] = line.replace(/\r$/, '').split('\t');
      const said = text.join('\t');
      return {
        conversation: session,
        author: side === '0' ? 'customer' : 'agent',
        text: side === '0' ? unmask(said) : said,
      };
    });
}

/** JSON lines of at least so many messages, whole sessions repeated under other names. */
function exported(all: readonly Message[], rows: number): Uint8Array {
  const lines: string[] = [];
  for (let round = 0; lines.length < rows; round += 1) {
    for (const one of all) {
      if (lines.length >= rows) break;
      lines.push(JSON.stringify({ ...one, conversation: `${one.conversation}-${round}` }));
    }
  }
  return new TextEncoder().encode(lines.join('\n'));
}

async function shop() {
  const pack = await loadPack(fileURLToPath(new URL('knowledge', ROOT)), 'ecommerce');
  const { bytes } = compile(compileInput(pack.entries, { phrases: pack.phrases, skills: pack.skills }));
  const tenant: Tenant = {
    id: TenantId.parse('bench'),
    name: 'Bench',
    languages: ['zh', 'en'],
    packs: ['ecommerce'],
    settings: {
      ...DEFAULT_SETTINGS,
      shopFacts: Object.fromEntries(pack.facts.map((fact) => [fact.name, fact.example])),
    },
    createdAt: new Date(AT).toISOString(),
    version: 1,
  };
  return pastReader(tenant, openKnowledge(ReleaseId.parse('rel_bench'), bytes));
}

const percent = (share: number | undefined): string => `${((share ?? 0) * 100).toFixed(1)} %`;

function print(found: Findings, seconds: number, cpuSeconds: number): void {
  const covered = (kind: 'yes' | 'partly' | 'no') => found.topics.filter((topic) => topic.covered === kind).length;
  const drafted = found.topics.filter(({ proposal }) => proposal !== undefined).length;
  const inTopics = found.topics.reduce((sum, { count }) => sum + count, 0);
  console.log(
    table(
      ['figure', 'value'],
      [
        ['messages', String(found.messages)],
        ['conversations', String(found.conversations)],
        ['turns', String(found.turns)],
        ['asking turns', String(found.asking)],
        ['sure', percent(found.coverage?.sure)],
        ['shown', percent(found.coverage?.shown)],
        ['none', percent(found.coverage?.none)],
        ['topics (two questions or more, at most 100)', String(found.topics.length)],
        ['asking turns in them', String(inTopics)],
        ['largest topic', String(found.topics[0]?.count ?? 0)],
        ['topics covered / partly / not', `${covered('yes')} / ${covered('partly')} / ${covered('no')}`],
        ['topics with a draft entry', String(drafted)],
        ['seconds', seconds.toFixed(1)],
        ['CPU seconds', cpuSeconds.toFixed(1)],
      ],
    ),
  );
}

function printTopics({ topics }: Findings, count: number): void {
  topics.slice(0, count).forEach((topic, at) => {
    const entry = topic.nearest === undefined ? '-' : `${topic.nearest.entryId} ${topic.nearest.confidence.toFixed(2)}`;
    console.log(`\n${at + 1}. ${topic.title} (${topic.count}, ${topic.covered}, ${entry})`);
    for (const example of topic.examples) console.log(`   - ${example.slice(0, 70)}`);
    for (const reply of topic.replies) console.log(`   > ${reply.count} x ${reply.text.slice(0, 90)}`);
    const answer = topic.proposal?.answers[0]?.text;
    if (answer !== undefined) console.log(`   = ${answer.slice(0, 120)}`);
  });
}

if (existsSync(SESSIONS)) {
  const all = messages();
  const reader = await shop();
  const file = exported(all, option('rows') ?? all.length);
  const began = performance.now();
  const cpu = process.cpuUsage();
  const found = await reportOf(readTranscript(file, 'Asia/Shanghai'), reader, AT, async () => undefined);
  const used = process.cpuUsage(cpu);
  print(found, (performance.now() - began) / 1_000, (used.user + used.system) / 1_000_000);
  printTopics(found, option('topics') ?? 0);
} else {
  console.log('../shared/data/jddc is not here: nothing to measure');
}
