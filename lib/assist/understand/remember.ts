import type { Classification } from '../../engine/types.ts';
import type { Knowledge } from '../situation.ts';

/** The knowledge, with an engine that classifies each text once: a turn's steps ask for the same ones again. */
export function remembering(knowledge: Knowledge | undefined): Knowledge | undefined {
  if (knowledge === undefined) return undefined;
  const { engine } = knowledge;
  const known = new Map<string, Classification>();
  const classify: typeof engine.classify = (text, options = {}) => {
    const key = `${JSON.stringify(options)} ${text}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const classification = engine.classify(text, options);
    known.set(key, classification);
    return classification;
  };
  return { ...knowledge, engine: { ...engine, classify } };
}
