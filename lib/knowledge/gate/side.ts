import { setImmediate } from 'node:timers/promises';
import { Entry } from '../../domain/entry.ts';
import type { Engine } from '../../engine/types.ts';
import type { KnowledgeDeps } from '../deps.ts';
import type { AskedTurn, AskRelease, Reply } from './ask.ts';
import type { OwnVerdict } from './verdicts.ts';

/** One of the two releases that are compared. */
export type Side = {
  entries: readonly Entry[];
  engine: Engine;
  ask: AskRelease;
  /** What its own cross-validation said; empty where that is not known. */
  verdicts: readonly OwnVerdict[];
};

/** Questions asked before other work gets its turn: messages must not wait for a release. */
const AT_ONCE = 4;
const PARSED_AT_ONCE = 200;

/** Lets other work go first now and then. */
export async function breathe(index: number, every: number): Promise<void> {
  if (index % every === every - 1) await setImmediate();
}

/** The entries that a snapshot holds, in the order of its classes. */
export async function entriesIn(engine: Engine): Promise<Entry[]> {
  const decoder = new TextDecoder();
  const entries: Entry[] = [];
  for (let index = 0; index < engine.size; index += 1) {
    await breathe(index, PARSED_AT_ONCE);
    entries.push(Entry.parse(JSON.parse(decoder.decode(engine.payload(index)))));
  }
  return entries;
}

type Opened = { engine: Engine; entries: Entry[]; bytes: Uint8Array };

/** A release's knowledge; undefined when its object is gone, damaged, or of a format that is not read any more. */
export async function openReleased(
  { objects, open }: Pick<KnowledgeDeps, 'objects' | 'open'>,
  { snapshotKey }: { snapshotKey?: string | undefined },
): Promise<Opened | undefined> {
  const bytes = snapshotKey === undefined ? undefined : await objects.get(snapshotKey);
  if (bytes === undefined) return undefined;
  try {
    const engine = open(bytes);
    return { engine, entries: await entriesIn(engine), bytes };
  } catch {
    return undefined;
  }
}

/** Asks all, in their order, as messages at that moment would be. */
export async function askAll(
  ask: AskRelease,
  turns: readonly AskedTurn[],
  at: number,
  onAsked: () => void = () => undefined,
): Promise<Reply[]> {
  const replies: Reply[] = [];
  for (const [index, turn] of turns.entries()) {
    await breathe(index, AT_ONCE);
    replies.push(await ask(turn, at));
    onAsked();
  }
  return replies;
}
