/** The product's engine: by what it takes a text to mean, and by search alone. */
import { compile } from '../../lib/engine/compile.ts';
import { open } from '../../lib/engine/open.ts';
import type { CompileInput, Engine } from '../../lib/engine/types.ts';
import { DEPTH, type Learnt, type Lesson, type System } from './system.ts';

export function inputOf({ classes, outOfScopeShare }: Pick<Lesson, 'classes' | 'outOfScopeShare'>): CompileInput {
  return {
    classes: classes.map((one) => ({ ...one, payload: new Uint8Array(0) })),
    meta: new Uint8Array(0),
    outOfScopeShare,
  };
}

/** What was compiled is dropped and opened again, as the product does. */
function openEngine(lesson: Lesson): Engine {
  return open(compile(inputOf(lesson)).bytes);
}

export const cuecard: System = {
  name: 'Cuecard',
  probabilities: true,
  learn(lesson): Learnt {
    const engine = openEngine(lesson);
    return {
      ask: (text) => engine.classify(text, { limit: DEPTH }).candidates,
      bytes: engine.bytes,
      threshold: (target) => engine.threshold(target),
    };
  },
};

export const cuecardSearch: System = {
  name: 'Cuecard search',
  probabilities: false,
  learn(lesson): Learnt {
    const engine = openEngine(lesson);
    return {
      ask: (text) => engine.search(text, { limit: DEPTH }).map(({ key, score }) => ({ key, confidence: score })),
      bytes: engine.bytes,
    };
  },
};
