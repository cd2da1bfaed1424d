/**
 * A large file coming in while customers write: how long an import takes, what it says of itself meanwhile, and what it
 * costs the messages beside it. Times never fail a run; a message that is lost or counted twice does.
 *
 * Options: `--rows 10000`; `--seconds 20` of messages without an import; `--rate 10` messages a second; `--port 4760`.
 */
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { ImportReport } from '../lib/domain/import-job.ts';
import { entriesToXlsx } from '../lib/knowledge/export.ts';
import { readEntries } from '../lib/knowledge/read-entries.ts';
import { fileOf } from './import/rows.ts';
import { byConversation, moments, plan } from './stack/plan.ts';
import { type Faults, machine, noFaults, p50, p99, print } from './stack/report.ts';
import { benchDirectory, type Rig, startRig, warm } from './stack/rig.ts';
import type { Sent } from './stack/sender.ts';
import { settle } from './stack/settle.ts';

const POLL_MS = 250;
const MOST_MS = 300_000;
const WATCH_EVERY = 2;
const BAR_SECONDS = 30;

const Queued = z.object({ id: z.string() });
type Told = { atMs: number; stage: string };
type Imported = { name: string; bytes: number; seconds: number; report: ImportReport; told: Told[] };

async function post({ demo }: Rig, query: string, bytes: Uint8Array): Promise<string> {
  const answer = await fetch(`${demo.baseUrl}/v1/knowledge/imports?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${demo.managerToken}`, 'content-type': 'application/octet-stream' },
    body: Buffer.from(bytes),
  });
  if (answer.status !== 202) throw new Error(`the upload was answered ${answer.status}: ${await answer.text()}`);
  return Queued.parse(await answer.json()).id;
}

/** Uploads a file and asks how it stands until it is done. */
async function importOne(rig: Rig, name: string, query: string, bytes: Uint8Array): Promise<Imported> {
  const started = performance.now();
  const id = await post(rig, query, bytes);
  const told: Told[] = [];
  while (performance.now() - started < MOST_MS) {
    const report = ImportReport.parse(await rig.api.call('GET', `/v1/knowledge/imports/${id}`, rig.demo.managerToken));
    const atMs = performance.now() - started;
    const stage = report.progress === undefined ? report.status : `${report.progress.stage} ${report.progress.done}`;
    if (told.at(-1)?.stage !== stage) told.push({ atMs, stage });
    if (report.status === 'failed') throw new Error(`${name} failed: ${report.error}`);
    if (report.status === 'done') return { name, bytes: bytes.length, seconds: atMs / 1_000, report, told };
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
  throw new Error(`${name} was not done within ${MOST_MS / 1_000} s`);
}

/** Messages at an even rate; afterwards every one of them must have become an assist, once. */
async function messages(rig: Rig, prefix: string, rate: number, seconds: number, faults: Faults): Promise<Sent[]> {
  const sends = plan(prefix, moments(rate, rate, seconds), rate, rate + seconds);
  const { sent } = await rig.load(sends, { agentToken: rig.demo.agentToken, every: WATCH_EVERY });
  const desk = { baseUrl: rig.demo.baseUrl, agentToken: rig.demo.agentToken };
  const { lost, twice } = await settle(rig.http, desk, byConversation(sends));
  faults.lost.push(...lost);
  faults.twice.push(...twice);
  return sent;
}

const latencies = (name: string, sent: readonly Sent[]): string[] => {
  const answered = sent.map(({ answeredMs }) => answeredMs);
  const readable = sent.flatMap(({ readableMs }) => (readableMs === undefined ? [] : [readableMs]));
  return [name, String(sent.length), p50(answered), p99(answered), p50(readable), p99(readable)];
};

const importLine = ({ name, bytes, seconds, report, told }: Imported): string[] => [
  name,
  String(report.rows),
  `${(bytes / 1e6).toFixed(1)} MB`,
  `${report.added}/${report.changed}/${report.unchanged}`,
  seconds.toFixed(1),
  String(Math.round(report.rows / seconds)),
  String(told.length),
  seconds <= BAR_SECONDS ? 'yes' : 'NO',
];

async function measure(rig: Rig, rows: number, rate: number, seconds: number): Promise<Faults> {
  const faults = noFaults();
  const csv = Buffer.from(fileOf(rows));
  const entries = readEntries(csv, 'csv', { timeZone: 'Asia/Shanghai' }).entries;
  const xlsx = await entriesToXlsx(entries.map((entry) => ({ ...entry, note: 'once more' })));
  await warm(rig);
  console.log(`Warm. ${machine()}`);
  const quiet = await messages(rig, 'quiet', rate, seconds, faults);
  const alone = await importOne(rig, 'CSV, all new, nobody writes', 'format=csv&mode=merge', csv);
  const beside = messages(rig, 'beside', rate, Math.max(seconds, Math.ceil(alone.seconds * 2.5)), faults);
  const imported = [
    alone,
    await importOne(rig, 'XLSX, all changed', 'format=xlsx&mode=merge', xlsx),
    await importOne(rig, 'CSV, replaces all', 'format=csv&mode=replace', csv),
  ];
  print(
    `${rows} rows`,
    ['import', 'rows', 'file', 'added/changed/same', 'seconds', 'rows/s', 'reports', `<= ${BAR_SECONDS} s`],
    imported.map(importLine),
  );
  const header = ['messages', 'of', 'webhook p50', 'p99', 'readable p50', 'p99'];
  print(`${rate} messages/s`, header, [latencies('quiet', quiet), latencies('while files are imported', await beside)]);
  for (const { name, told } of imported) {
    console.log(`\n${name}: ${told.map(({ atMs, stage }) => `${(atMs / 1_000).toFixed(1)} s ${stage}`).join(', ')}`);
  }
  return faults;
}

async function main(): Promise<number> {
  const { values: flags } = parseArgs({
    options: {
      rows: { type: 'string', default: '10000' },
      seconds: { type: 'string', default: '20' },
      rate: { type: 'string', default: '10' },
      port: { type: 'string', default: '4760' },
    },
  });
  const directory = benchDirectory();
  process.once('SIGINT', () => {
    directory.remove();
    process.exit(130);
  });
  try {
    const rig = await startRig(Number(flags.port), directory.path);
    try {
      const { lost, twice } = await measure(rig, Number(flags.rows), Number(flags.rate), Number(flags.seconds));
      console.log(`\n${lost.length} messages lost, ${twice.length} handled twice.`);
      return lost.length + twice.length === 0 ? 0 : 1;
    } finally {
      await rig.stop();
    }
  } finally {
    directory.remove();
  }
}

process.exitCode = await main();
