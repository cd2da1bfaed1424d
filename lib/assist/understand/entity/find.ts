import type { EntityType } from '../../../domain/understanding.ts';

/** One way in which customers write one kind of thing. */
export type Find = {
  type: EntityType;
  /** The group `value`, else the whole match, is the span. Every repetition is bounded, so that time stays linear. */
  pattern: RegExp;
  /** The value of a span, given what stands before it; undefined refuses it. Without it the value is the span. */
  normalise?: (text: string, before: string) => string | undefined;
};

/** Not inside a longer word or number. */
export const L = '(?<![A-Za-z0-9])';
export const R = '(?![A-Za-z0-9])';

/** Case-insensitive unless told; with indices where a group gives the span. */
export function find(
  type: EntityType,
  source: string,
  normalise?: Find['normalise'],
  { exactCase = false }: { exactCase?: boolean } = {},
): Find {
  const flags = `gu${exactCase ? '' : 'i'}${source.includes('(?<value>') ? 'd' : ''}`;
  return { type, pattern: new RegExp(source, flags), ...(normalise === undefined ? {} : { normalise }) };
}

export const upper = (text: string) => text.toUpperCase();
