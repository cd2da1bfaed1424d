/** nlp.js: its own tokenizer, stemmer and network for each language; English or Chinese. Default settings. */
import { DEPTH, type Lesson, type System } from '../engine/system.ts';
import { load } from './load.ts';

type Nlp = {
  container: { use(language: unknown): void };
  addLanguage(language: string): void;
  addDocument(language: string, text: string, intent: string): void;
  train(): Promise<unknown>;
  process(language: string, text: string): Promise<{ classifications?: readonly { intent: string; score: number }[] }>;
};
type Status = { iterations: number };
type Basic = {
  dockStart(options: object): Promise<{ get(name: 'nlp'): Nlp }>;
  LangEn: unknown;
};

/** What nlp.js calls "nothing fits": a refusal, not a class. */
const NOTHING = 'None';

/** Called after every pass over the questions; after `capSeconds` of the process's time it ends the training by saying that it has had all its passes. */
function stopper(capSeconds: number) {
  const state = { passes: 0, stopped: false };
  const log = (status: Status) => {
    state.passes = status.iterations;
    const { user, system } = process.cpuUsage();
    if ((user + system) / 1e6 < capSeconds) return;
    state.stopped = true;
    status.iterations = Number.MAX_SAFE_INTEGER;
  };
  return { state, log };
}

async function start(language: string, log: (status: Status) => void): Promise<Nlp> {
  const { default: basic }: { default: Basic } = await load('@nlpjs/basic');
  const nlp = { languages: [language], autoSave: false, autoLoad: false, nlu: { log } };
  const dock = await basic.dockStart({ settings: { nlp }, use: ['Basic'] });
  const made = dock.get('nlp');
  if (language === 'zh') {
    const { default: chinese }: { default: { LangZh: unknown } } = await load('@nlpjs/lang-zh');
    made.container.use(chinese.LangZh);
  } else made.container.use(basic.LangEn);
  made.addLanguage(language);
  return made;
}

export const nlpJs: System = {
  name: 'nlp.js',
  probabilities: true,
  async learn({ classes, language, capSeconds }: Lesson) {
    const { state, log } = stopper(capSeconds);
    const nlp = await start(language, log);
    for (const { key, questions } of classes) {
      for (const question of questions) nlp.addDocument(language, question, key);
    }
    await nlp.train();
    return {
      ...(state.stopped ? { note: `training stopped after ${state.passes} passes` } : {}),
      ask: async (text) => {
        const { classifications = [] } = await nlp.process(language, text);
        return classifications
          .filter(({ intent }) => intent !== NOTHING)
          .slice(0, DEPTH)
          .map(({ intent, score }) => ({ key: intent, confidence: score }));
      },
    };
  },
};
