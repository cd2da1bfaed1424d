import type { AskOptions, Candidate, SearchHit } from '../../engine/types.ts';
import type { Knowledge } from '../situation.ts';

/** What the engine was asked in one run, and what it said: an explanation reports that, and asks nothing anew. */
export type Heard = {
  classified: { text: string; options: AskOptions; candidates: readonly Candidate[] }[];
  searched: { text: string; hits: readonly SearchHit[] }[];
};

/** The knowledge, noting what is asked of it. */
export function listening(knowledge: Knowledge): { knowledge: Knowledge; heard: Heard } {
  const heard: Heard = { classified: [], searched: [] };
  const { engine } = knowledge;
  const classify: typeof engine.classify = (text, options = {}) => {
    const classification = engine.classify(text, options);
    heard.classified.push({ text, options, candidates: classification.candidates });
    return classification;
  };
  const search: typeof engine.search = (text, options) => {
    const hits = engine.search(text, options);
    heard.searched.push({ text, hits });
    return hits;
  };
  return { knowledge: { ...knowledge, engine: { ...engine, classify, search } }, heard };
}
