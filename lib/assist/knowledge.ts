import type * as z from 'zod';
import { Entry } from '../domain/entry.ts';
import type { ReleaseId } from '../domain/ids.ts';
import { SnapshotMeta } from '../domain/knowledge.ts';
import { open } from '../engine/open.ts';
import type { Knowledge } from './situation.ts';

const decoder = new TextDecoder();
const Meta = SnapshotMeta.partial();

/**
 * A release's snapshot as the message way uses it. Opening parses nothing but the small `meta`; an entry is parsed when
 * it is first asked for, and kept. Throws `invalid` on damaged bytes.
 */
export function openKnowledge(release: ReleaseId, bytes: Uint8Array): Knowledge {
  const engine = open(bytes);
  const meta = readMeta(engine.meta());
  const entries: (Entry | undefined)[] = [];
  const entry = (index: number): Entry => {
    const parsed = entries[index] ?? Entry.parse(JSON.parse(decoder.decode(engine.payload(index))));
    entries[index] = parsed;
    return parsed;
  };
  return {
    release,
    engine,
    entry,
    entryById: (id) => {
      const index = engine.indexOf(id);
      return index === undefined ? undefined : entry(index);
    },
    phrases: meta.phrases ?? {},
    skills: meta.skills ?? {},
    ...(meta.ranking === undefined ? {} : { ranking: meta.ranking }),
  };
}

function readMeta(bytes: Uint8Array): z.infer<typeof Meta> {
  return bytes.length === 0 ? {} : Meta.parse(JSON.parse(decoder.decode(bytes)));
}
