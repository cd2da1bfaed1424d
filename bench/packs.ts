/**
 * `node bench/packs.ts`: what a pack's update costs a shop in edits by hand, with and without the merge; and what share of
 * the golden questions is answered with ten entries of the shop's own, with the pack, and with both.
 */
import { fileURLToPath } from 'node:url';
import type { Entry } from '../lib/domain/entry.ts';
import type { Golden } from '../lib/domain/knowledge.ts';
import { Language } from '../lib/domain/language.ts';
import { compile } from '../lib/engine/compile.ts';
import { open } from '../lib/engine/open.ts';
import { compileInput } from '../lib/knowledge/compile-input.ts';
import { judgeAll, type MergeBase } from '../lib/knowledge/packs/merge-pack.ts';
import { loadPack, OUT_OF_SCOPE, type Pack } from '../lib/knowledge/packs/pack.ts';
import { editsBetween } from './packs/count.ts';
import { below, nextVersion, type Random, seeded, shopOf } from './packs/edits.ts';

const PACKS = fileURLToPath(new URL('../knowledge', import.meta.url));
const RUNS = 20;
const OWN_ENTRIES = 10;
const NEXT = 'ecommerce@99.0.0';

type Costs = { redo: number; copy: number; choose: number; lost: number };

const byId = (entries: readonly Entry[]) => new Map(entries.map((entry) => [entry.id, entry]));

/** One shop and one new version. */
function costs(pack: Pack, touched: number, random: Random): Costs {
  const old = pack.entries;
  const tag = `${pack.name}@${pack.version}`;
  const mine = shopOf(old, touched, random);
  const theirs = nextVersion(old, NEXT, random);
  const base: MergeBase = {
    from: tag,
    to: NEXT,
    theirs: byId(theirs),
    old: new Map([
      [tag, byId(old)],
      [NEXT, byId(theirs)],
    ]),
    choices: {},
    restores: false,
  };
  const judged = judgeAll(base, mine);
  const after = byId(judged.flatMap(({ verdict }) => verdict.next ?? []));
  // Of everything that the shop made its own, nothing may be missing afterwards.
  const own = mine.flatMap((entry) =>
    entry.similarQuestions.filter((text) => / shop \d/.test(text)).map((text) => ({ id: entry.id, text })),
  );
  return {
    redo: editsBetween(old, mine),
    copy: editsBetween(old, theirs),
    choose: judged.reduce((sum, { verdict }) => sum + (verdict.kind === 'conflict' ? 1 : 0), 0),
    lost: own.filter(({ id, text }) => after.get(id)?.similarQuestions.includes(text) !== true).length,
  };
}

function updates(pack: Pack): Record<string, string | number>[] {
  return [10, 30, 60, 120].map((touched) => {
    const runs = Array.from({ length: RUNS }, (_, run) => costs(pack, touched, seeded(1_000 * touched + run)));
    const mean = (name: keyof Costs): string => (runs.reduce((sum, one) => sum + one[name], 0) / RUNS).toFixed(1);
    return {
      'entries the shop edited': touched,
      'replaced, own edits made again': mean('redo'),
      'kept, the pack’s changes copied': mean('copy'),
      'merged: choices': mean('choose'),
      'edits lost': mean('lost'),
    };
  });
}

/** Ten entries as a shop begins: the most wanted intents, each with half of the questions that the pack has for it. */
function ownEntries(pack: Pack, entries: readonly Entry[], random: Random): Entry[] {
  const wanted = pack.intents.map(({ name }) => entries.find(({ intent }) => intent === name));
  return wanted
    .flatMap((entry) => entry ?? [])
    .slice(0, OWN_ENTRIES)
    .map(({ pack: _, ...entry }) => ({
      ...entry,
      similarQuestions: entry.similarQuestions.filter(() => below(random, 2) === 0),
    }));
}

type Answered = { first: number; shown: number; strays: number };

/** Shares: of questions with an intent, those ranked first, and those shown rightly; of the others, those shown at all. */
function answered(entries: readonly Entry[], golden: readonly Golden[]): Answered {
  const { bytes } = compile(compileInput(entries, { phrases: {}, skills: {} }), () => undefined);
  const engine = open(bytes);
  const threshold = engine.threshold(0.5);
  const intents = entries.map(({ intent }) => intent);
  const replies = golden.map(({ text, intent, language }) => {
    const [best] = engine.classify(text, { limit: 1, ...(language === undefined ? {} : { language }) }).candidates;
    const right = best !== undefined && intents[best.index] === intent;
    return { intent, right, shown: (best?.confidence ?? 0) >= threshold };
  });
  const asked = replies.filter(({ intent }) => intent !== OUT_OF_SCOPE);
  const strays = replies.filter(({ intent }) => intent === OUT_OF_SCOPE);
  const share = (part: readonly unknown[], of: readonly unknown[]): number => part.length / Math.max(1, of.length);
  return {
    first: share(
      asked.filter(({ right }) => right),
      asked,
    ),
    shown: share(
      asked.filter(({ right, shown }) => right && shown),
      asked,
    ),
    strays: share(
      strays.filter(({ shown }) => shown),
      strays,
    ),
  };
}

function coverage(pack: Pack): Record<string, string>[] {
  return Language.options.flatMap((language) => {
    const entries = pack.entries.filter((entry) => entry.language === language);
    const golden = pack.golden.filter((one) => one.language === language);
    const own = ownEntries(pack, entries, seeded(7));
    const replaced = new Set(own.map(({ id }) => id));
    const both = [...entries.filter(({ id }) => !replaced.has(id)), ...own];
    return Object.entries({ 'ten own entries': own, 'the pack': entries, both }).map(([knowledge, set]) => {
      const { first, shown, strays } = answered(set, golden);
      const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
      return {
        language,
        knowledge,
        'golden questions': String(golden.length),
        'right first': percent(first),
        'right and shown': percent(shown),
        'shown to strays': percent(strays),
      };
    });
  });
}

const pack = await loadPack(PACKS, 'ecommerce');
console.log(`${pack.name} ${pack.version}: ${pack.entries.length} entries; means of ${RUNS} seeded shops and versions`);
console.table(updates(pack));
console.table(coverage(pack));
