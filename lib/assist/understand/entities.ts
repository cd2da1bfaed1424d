import type { Entity } from '../../domain/understanding.ts';
import type { Catalog } from '../situation.ts';
import { FINDS, type Find } from './entity-rules.ts';

/** Everything the text names, disjoint, in order of position; of overlapping spans the longest is kept. */
export function readEntities(text: string, catalog: Catalog | undefined): Entity[] {
  const found = [...productMentions(text, catalog), ...FINDS.flatMap((find) => [...matches(text, find)])];
  const byLength = found
    .map((entity, rank) => ({ entity, rank, length: entity.end - entity.start }))
    .sort((a, b) => b.length - a.length || a.rank - b.rank);
  const kept: Entity[] = [];
  for (const { entity } of byLength) {
    if (kept.every((other) => entity.end <= other.start || entity.start >= other.end)) kept.push(entity);
  }
  return kept.sort((a, b) => a.start - b.start);
}

function productMentions(text: string, catalog: Catalog | undefined): Entity[] {
  const mentions = catalog?.mentions(text) ?? [];
  return mentions.map((mention) => ({
    type: 'product',
    text: text.slice(mention.start, mention.end),
    start: mention.start,
    end: mention.end,
    value: mention.id,
  }));
}

/** More of one kind than this is a pasted list, not a message. */
const MAX_PER_FIND = 50;

function* matches(text: string, find: Find): Iterable<Entity> {
  let taken = 0;
  for (const match of text.matchAll(find.pattern)) {
    const [start, end] = match.indices?.groups?.['value'] ?? [match.index, match.index + match[0].length];
    const span = text.slice(start, end);
    const value = find.normalise === undefined ? span : find.normalise(span);
    if (value === undefined || value === '') continue;
    yield { type: find.type, text: span, start, end, value };
    taken += 1;
    if (taken >= MAX_PER_FIND) return;
  }
}
