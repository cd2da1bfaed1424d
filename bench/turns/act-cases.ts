/** Turns in our own words with the act they do: `tests/data/acts*.yaml`. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { understand } from '../../lib/assist/understand.ts';
import { Act } from '../../lib/domain/understanding.ts';

/** One message, or several of one turn. */
const Said = z.union([z.string(), z.array(z.string()).min(1)]);
const Block = z.object({ after: z.string().optional() }).catchall(z.array(Said).min(1));

export type ActCase = { act: Act; said: readonly string[]; after: string | undefined };

export const ACT_FILES = ['acts.zh', 'acts.en', 'acts-held-out.en'] as const;
export type ActFile = (typeof ACT_FILES)[number];

export function readActCases(name: ActFile): ActCase[] {
  const file = new URL(`../../tests/data/${name}.yaml`, import.meta.url);
  const blocks = z.array(Block).parse(parse(readFileSync(file, 'utf8')));
  return blocks.flatMap(({ after, ...acts }) =>
    Object.entries(acts).flatMap(([act, items]) =>
      items.map((said): ActCase => ({ act: Act.parse(act), said: [said].flat(), after })),
    ),
  );
}

/** The act as the message way reads it, without any knowledge to lean on. */
export function readCase({ said, after }: ActCase): Act {
  return understand({
    parts: said.map((text) => ({ kind: 'text', text })),
    history: after === undefined ? [] : [{ author: 'agent', text: after }],
    knowledge: undefined,
    catalog: undefined,
  }).act;
}
