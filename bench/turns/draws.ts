/** Which turns were drawn and how they were labelled: `draw*.json` and `labels*.json` beside this file. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { Act } from '../../lib/domain/understanding.ts';
import type { RealTurn } from './corpus.ts';

/** In the order in which they were drawn. Rules and examples were tuned on all but the held-out one. */
export const DRAWS = ['first', 'second', 'third', 'fourth', 'fifth'] as const;
export type DrawName = (typeof DRAWS)[number];
export const HELD_OUT: DrawName = 'fourth';

const Card = z.enum(['none', 'answer', 'person', 'order', 'handoff', 'look']);
export type Card = z.infer<typeof Card>;

const Label = z.object({
  line: z.number(),
  act: Act,
  card: Card,
  /** The pack intents that answer it: any of them is right. */
  faqIntent: z.union([z.string(), z.array(z.string()), z.null()]),
});
export type Label = z.infer<typeof Label>;

const Drawn = z.object({ seed: z.number(), size: z.number(), lines: z.array(z.number()) });

const fileOf = (kind: 'draw' | 'labels', name: DrawName): URL =>
  new URL(`${kind}${name === 'first' ? '' : `-${name}`}.json`, import.meta.url);

const readJson = (file: URL): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** A draw's turns with their labels. @throws when a turn of it has no label */
export function labelledTurns(name: DrawName, turns: readonly RealTurn[]): { turn: RealTurn; label: Label }[] {
  const lines = new Set(Drawn.parse(readJson(fileOf('draw', name))).lines);
  const labels = new Map(
    z
      .array(Label)
      .parse(readJson(fileOf('labels', name)))
      .map((label) => [label.line, label]),
  );
  return turns
    .filter((turn) => lines.has(turn.line))
    .map((turn) => {
      const label = labels.get(turn.line);
      if (label === undefined) throw new Error(`line ${turn.line} of the ${name} draw has no label`);
      return { turn, label };
    });
}
