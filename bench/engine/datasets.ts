/** Public intent sets, read where they lie beside the project. Their text is measured with and never kept. */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';

export type Labelled = { text: string; label: string };

export type Dataset = {
  train: readonly Labelled[];
  test: readonly Labelled[];
  /** Texts that no class answers; empty where the set has none. */
  outOfScope: readonly string[];
};

const Pairs = z.array(z.tuple([z.string(), z.string()]));
const Clinc = z.object({ train: Pairs, test: Pairs, oos_test: Pairs });

export function readClinc(root: URL): Dataset {
  const { train, test, oos_test } = Clinc.parse(
    JSON.parse(readFileSync(new URL('clinc150/data_full.json', root), 'utf8')),
  );
  const labelled = (pairs: z.infer<typeof Pairs>) => pairs.map(([text, label]) => ({ text, label }));
  return { train: labelled(train), test: labelled(test), outOfScope: oos_test.map(([text]) => text) };
}

const Banking = z.array(z.object({ text: z.string(), category: z.string() }));

export function readBanking(root: URL): Dataset {
  const rows = (file: string) =>
    Banking.parse(parse(readFileSync(new URL(`banking77/${file}`, root)), { columns: true })).map(
      ({ text, category }) => ({
        text,
        label: category,
      }),
    );
  return { train: rows('train.csv'), test: rows('test.csv'), outOfScope: [] };
}

/** Two files of as many lines: texts and their labels. */
function readLines(folder: URL): Labelled[] {
  const lines = (file: string) => readFileSync(new URL(file, folder), 'utf8').split('\n');
  const labels = lines('label');
  return lines('seq.in')
    .map((text, at) => ({ text: text.trim(), label: labels[at]?.trim() ?? '' }))
    .filter(({ text, label }) => text !== '' && label !== '');
}

/** `part` is the folder of what is learnt: `train_5`, `train_10` or, for HWU64 alone, `train`. */
export function readFewShot(root: URL, name: string, part: string): Dataset {
  const folder = (of: string) => new URL(`few-shot/${name}/${of}/`, root);
  return { train: readLines(folder(part)), test: readLines(folder('test')), outOfScope: [] };
}

/** The phone assistant's log calls small talk `chat`: nothing a class should answer. */
const SMALL_TALK = 'chat';

/** One file a class, some in UTF-8 and some in GB18030. */
function readSmpPart(folder: URL): Labelled[] {
  return readdirSync(folder).flatMap((file) => {
    const bytes = readFileSync(new URL(file, folder));
    const utf8 = new TextDecoder('utf-8').decode(bytes);
    const text = utf8.includes('\ufffd') ? new TextDecoder('gb18030').decode(bytes) : utf8;
    const label = file.slice(file.indexOf('_') + 1, -'.txt'.length);
    const lines = text.split(/\r?\n/).map((line) => line.trim());
    return lines.filter((line) => line !== '').map((line) => ({ text: line, label }));
  });
}

export function readSmp(root: URL): Dataset {
  const train = readSmpPart(new URL('smp2017/train/', root));
  const test = readSmpPart(new URL('smp2017/test/', root));
  const inScope = (rows: readonly Labelled[]) => rows.filter(({ label }) => label !== SMALL_TALK);
  return {
    train: inScope(train),
    test: inScope(test),
    outOfScope: test.filter(({ label }) => label === SMALL_TALK).map(({ text }) => text),
  };
}
