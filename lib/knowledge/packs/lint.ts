import type { Entry } from '../../domain/entry.ts';
import { conditionProblem, shopFactsIn, slotProblem } from '../check-text.ts';
import { questionKey } from '../entry-rows.ts';
import { type Manifest, OUT_OF_SCOPE, type PackEntry, type PackFiles, type PackGolden, type Problem } from './pack.ts';

const MIN_SIMILAR_QUESTIONS = 12;

/**
 * A pack must not promise in a shop's name: times, amounts and certainties come from shop facts. Numbers with a unit,
 * and words of certainty, outside a slot.
 */
const PROMISES: readonly RegExp[] = [
  /[\d一二两三四五六七八九十]+\s*(?:个)?(?:天|日内|小时|分钟|工作日|元|块钱|周|个月|折)/,
  /\d+\s*(?:working |business )?(?:days?|hours?|minutes?|weeks?|months?|dollars?|euros?|%)/i,
  /[$€£¥￥]\s*\d/,
  /免费|保证|(?<!不)一定(?!要|程度|范围)|百分之百|绝对|假一赔/,
  /\b(?:guaranteed?|for free|free of charge|100%)\b/i,
];

const withoutSlots = (text: string): string => text.replace(/\{\{[^{}]*\}\}/g, '');

function promiseIn(text: string): string | undefined {
  const plain = withoutSlots(text);
  return PROMISES.map((pattern) => pattern.exec(plain)?.[0]).find((found) => found !== undefined);
}

const texts = (entry: Entry): string[] => [
  ...entry.answers.map((answer) => answer.text),
  ...((entry.ask ?? '') ? [entry.ask ?? ''] : []),
];

function entryMessages(entry: Entry, manifest: Manifest): string[] {
  const intents = new Set(manifest.intents.map((intent) => intent.name));
  const facts = new Set(manifest.facts.map((fact) => fact.name));
  const undeclared = texts(entry)
    .flatMap(shopFactsIn)
    .filter((fact) => !facts.has(fact));
  const slots = texts(entry).flatMap((text) => slotProblem(text) ?? []);
  const promises = entry.answers.flatMap((answer) => promiseIn(answer.text) ?? []);
  const conditions = entry.answers.flatMap((answer) =>
    answer.when === undefined ? [] : (conditionProblem(answer.when) ?? []),
  );
  return [
    ...(entry.similarQuestions.length < MIN_SIMILAR_QUESTIONS
      ? [`has ${entry.similarQuestions.length} similar questions, at least ${MIN_SIMILAR_QUESTIONS} are wanted`]
      : []),
    ...(intents.has(entry.intent) ? [] : [`intent ${entry.intent} is not in pack.yaml`]),
    ...(entry.language !== undefined && manifest.languages.includes(entry.language)
      ? []
      : ['language is not the pack’s']),
    ...undeclared.map((fact) => `shop fact ${fact} is not in pack.yaml`),
    ...slots,
    ...conditions.map((message) => `condition: ${message}`),
    ...promises.map((promise) => `promises "${promise}" outside a shop fact`),
  ];
}

const questionsOf = (entry: Entry): string[] => [entry.question, ...entry.similarQuestions];

/** Who authored a question first, by language and question without its punctuation. */
function authors(entries: readonly PackEntry[]): Map<string, string> {
  const owners = new Map<string, string>();
  for (const { entry } of entries) {
    for (const question of questionsOf(entry)) {
      const key = `${entry.language}\n${questionKey(question)}`;
      owners.set(key, owners.get(key) ?? entry.id);
    }
  }
  return owners;
}

function questionMessages(entry: Entry, owners: ReadonlyMap<string, string>): string[] {
  const keys = questionsOf(entry).map(questionKey);
  return questionsOf(entry).flatMap((question, index) => {
    const key = keys[index] ?? '';
    const owner = owners.get(`${entry.language}\n${key}`);
    if (owner !== entry.id) return [`the question "${question}" is also ${owner}’s`];
    return keys.indexOf(key) === index ? [] : [`the question "${question}" is there twice`];
  });
}

/** Ids and questions that two entries claim. */
function claimedTwice(entries: readonly PackEntry[]): Problem[] {
  const owners = authors(entries);
  const first = new Map(entries.toReversed().map((item) => [item.entry.id, item]));
  return entries.flatMap((item) => {
    const messages = questionMessages(item.entry, owners);
    if (first.get(item.entry.id) !== item) messages.push('another entry has this id');
    return messages.map((message) => ({ file: item.file, entry: item.entry.id, message }));
  });
}

function goldenProblems(golden: readonly PackGolden[], entries: readonly PackEntry[]): Problem[] {
  const answered = new Set(entries.map(({ entry }) => `${entry.language}\n${entry.intent}`));
  const authored = authors(entries);
  return golden.flatMap(({ file, golden: { text, intent, language } }) => {
    const owner = authored.get(`${language}\n${questionKey(text)}`);
    return [
      ...(intent === OUT_OF_SCOPE || answered.has(`${language}\n${intent}`)
        ? []
        : [{ file, message: `"${text}": no entry has the intent ${intent}` }]),
      ...(owner === undefined ? [] : [{ file, message: `"${text}" is an authored question of ${owner}` }]),
    ];
  });
}

function manifestProblems({ intents, facts }: Manifest): Problem[] {
  const twice = (names: readonly string[], what: string): Problem[] =>
    names
      .filter((one, index) => names.indexOf(one) !== index)
      .map((one) => ({ file: 'pack.yaml', message: `${what} ${one} is there twice` }));
  return [
    ...twice(
      intents.map((intent) => intent.name),
      'intent',
    ),
    ...twice(
      facts.map((fact) => fact.name),
      'fact',
    ),
  ];
}

/** Everything wrong with a pack's files. */
export function lintPack({ manifest, entries, golden, problems }: PackFiles): Problem[] {
  if (manifest === undefined) return problems;
  return [
    ...problems,
    ...manifestProblems(manifest),
    ...entries.flatMap(({ file, entry }) =>
      entryMessages(entry, manifest).map((message) => ({ file, entry: entry.id, message })),
    ),
    ...claimedTwice(entries),
    ...goldenProblems(golden, entries),
  ];
}
