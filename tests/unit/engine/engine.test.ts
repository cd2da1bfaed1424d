import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../lib/engine/compile.ts';
import { EXACT_CONFIDENCE, open } from '../../../lib/engine/open.ts';
import { encodeSnapshot } from '../../../lib/engine/snapshot.ts';
import type { EngineClass } from '../../../lib/engine/types.ts';
import { classOf, inputOf, SHOP, SHOP_INPUT } from './shop.ts';

const engineOf = (classes: readonly EngineClass[]) => open(compile(inputOf(classes)).bytes);
const { bytes, report } = compile(SHOP_INPUT);
const shop = open(bytes);
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('退', '款', 'refund', ' ', '\ud83d', '\udc4d', '?', '１'), { maxLength: 40 })
    .map((parts) => parts.join('')),
);

describe('an opened snapshot', () => {
  it('gives back what was put in', () => {
    expect(shop.size).toBe(SHOP.length);
    SHOP.forEach(({ key }, index) => {
      expect(shop.key(index)).toBe(key);
      expect(shop.indexOf(key)).toBe(index);
      expect(new TextDecoder().decode(shop.payload(index))).toBe(key);
    });
    expect(shop.indexOf('nothing')).toBeUndefined();
    expect(new TextDecoder().decode(shop.meta())).toBe('meta');
    expect(shop.bytes).toBe(bytes.length);
    expect(shop.report).toEqual(report);
    expect(report).toMatchObject({ classes: SHOP.length, questions: SHOP.flatMap((one) => one.questions).length });
  });

  it('is the same bytes for the same input', () => {
    expect(compile(SHOP_INPUT).bytes).toEqual(bytes);
  });

  it('refuses a snapshot that lacks a part', () => {
    expect(() => open(encodeSnapshot(new Map([['meta', new Uint8Array(1)]])))).toThrow(/section .* is missing/);
    expect(() => open(new Uint8Array(0))).toThrow(/not a snapshot/);
  });

  it('reports its progress in order', () => {
    const stages: string[] = [];
    compile(SHOP_INPUT, (stage, done, total) => {
      expect(done).toBeLessThanOrEqual(total);
      if (stages.at(-1) !== stage) stages.push(stage);
    });
    expect(stages).toEqual(['features', 'train', 'index', 'calibrate', 'write']);
  });
});

describe('classify', () => {
  const asked = SHOP.flatMap(({ key, language, asked: texts }) => texts.map((text) => ({ key, language, text })));

  it('knows what unseen ways of asking mean', () => {
    const right = asked.filter(({ key, text }) => shop.classify(text).candidates[0]?.key === key);
    expect(right.length / asked.length).toBeGreaterThanOrEqual(0.85);
  });

  it('is less sure of what no class answers than of what one does', () => {
    const mean = (texts: readonly string[]) =>
      texts.reduce((sum, text) => sum + (shop.classify(text).candidates[0]?.confidence ?? 0), 0) / texts.length;
    const foreign = ['你们老板是谁', '今天天气真好', 'who won the game last night', 'tell me a joke about cats'];
    expect(mean(foreign)).toBeLessThan(mean(asked.map(({ text }) => text)) - 0.2);
  });

  it('gives probabilities: best first, at most the limit, at most 1 together, for any text', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.integer({ min: 0, max: 12 }),
        fc.constantFrom('zh', 'en', undefined),
        (text, limit, language) => {
          const { candidates } = shop.classify(text, language === undefined ? { limit } : { limit, language });
          expect(candidates.length).toBeLessThanOrEqual(limit);
          const confidences = candidates.map((candidate) => candidate.confidence);
          expect(confidences).toEqual(confidences.toSorted((a, b) => b - a));
          expect(confidences.every((value) => value >= 0 && value <= EXACT_CONFIDENCE)).toBe(true);
          expect(confidences.reduce((sum, value) => sum + value, 0)).toBeLessThanOrEqual(1 + 1e-9);
          expect(new Set(candidates.map((candidate) => candidate.index)).size).toBe(candidates.length);
          if (language !== undefined) for (const { key } of candidates) expect(key.startsWith(language)).toBe(true);
        },
      ),
    );
  });

  it('says nothing of a text that shares nothing with any question', () => {
    for (const text of ['', '   ', '😀', '\ud800', 'Ωμέγα'])
      expect(shop.classify(text), text).toEqual({ candidates: [], exact: false });
  });

  it('reads the longest message without harm', () => {
    expect(shop.classify('退款'.repeat(20_000)).candidates[0]?.key).toBe('zh.refund');
  });

  it('gives a class without a language to everybody', () => {
    const engine = engineOf([
      classOf('any', ['iphone 15 case', 'case for iphone'], undefined),
      classOf('zh', ['手机壳'], 'zh'),
      classOf('en', ['phone case'], 'en'),
    ]);
    const keys = (language: 'zh' | 'en') =>
      engine.classify('iphone case', { language }).candidates.map(({ key }) => key);
    expect(keys('zh').toSorted()).toEqual(['any', 'zh']);
    expect(keys('en').toSorted()).toEqual(['any', 'en']);
    expect(
      engine
        .search('iphone 手机壳 phone', { language: 'zh' })
        .map(({ key }) => key)
        .toSorted(),
    ).toEqual(['any', 'zh']);
  });
});

describe('a text that equals an authored question', () => {
  it('is its class, however it is written', () => {
    for (const text of ['我要退款', '我要 退款！！', '我要退款。', ' 我要退款?']) {
      const { exact, candidates } = shop.classify(text);
      expect(exact).toBe(true);
      expect(candidates[0]).toEqual({ index: 1, key: 'zh.refund', confidence: EXACT_CONFIDENCE });
    }
    expect(shop.classify('WRONG ADDRESS!').exact).toBe(true);
  });

  it('is no exact match when two classes share it, unless the language tells them apart', () => {
    const engine = engineOf([
      classOf('a', ['ok', 'refund now'], 'en'),
      classOf('b', ['ok', '退款'], 'zh'),
      classOf('c', ['shipping cost', 'postage'], 'en'),
    ]);
    expect(engine.classify('OK').exact).toBe(false);
    expect(engine.classify('ok', { language: 'zh' })).toMatchObject({ exact: true, candidates: [{ key: 'b' }] });
    expect(engine.classify('退款', { language: 'en' }).exact).toBe(false);
  });

  it('counts once when one class has it twice', () => {
    const engine = engineOf([classOf('a', ['where is it', 'Where is it?']), classOf('b', ['hello'])]);
    expect(engine.classify('where is it').exact).toBe(true);
    expect(engine.report.questions).toBe(3);
  });

  it('may be symbols alone', () => {
    const engine = engineOf([classOf('chase', ['？', '在吗']), classOf('thanks', ['👍', '谢谢'])]);
    expect(engine.classify('?').candidates[0]?.key).toBe('chase');
    expect(engine.classify('👍').candidates[0]?.key).toBe('thanks');
  });
});

describe('few classes', () => {
  it('none: knows nothing and says so', () => {
    const engine = engineOf([]);
    expect(engine.size).toBe(0);
    expect(engine.classify('hello')).toEqual({ candidates: [], exact: false });
    expect(engine.search('hello')).toEqual([]);
    expect(engine.threshold(0.95)).toBe(0.95);
  });

  it('one: is surer of its own subject than of another', () => {
    const engine = engineOf([classOf('a', ['how do i return it', 'return a parcel', 'send it back'])]);
    const sure = (text: string) => engine.classify(text).candidates[0]?.confidence ?? 0;
    expect(sure('how can i return a parcel')).toBeGreaterThan(0.5);
    expect(sure('do you have it in a larger size and another colour')).toBeLessThan(
      sure('return a parcel i bought') - 0.2,
    );
  });

  it('with a single question each: ranks, and leaves the thresholds as they were asked', () => {
    const engine = engineOf(SHOP.map(({ key, questions }) => classOf(key, questions.slice(0, 1))));
    expect(engine.classify('请问什么时候可以发货').candidates[0]?.key).toBe('zh.ship');
    expect(engine.report.accuracy).toBeUndefined();
    expect(engine.threshold(0.95)).toBe(0.95);
    expect(engine.threshold(0.5)).toBe(0.5);
  });

  it('without any readable question: still opens', () => {
    const engine = engineOf([classOf('a', ['', '  ']), classOf('b', []), classOf('c', ['refund'])]);
    expect(engine.classify('refund').candidates[0]?.key).toBe('c');
    expect(engine.search('refund')).toMatchObject([{ key: 'c', question: 0 }]);
  });
});

describe('search', () => {
  it('finds the class and its nearest question', () => {
    const [hit] = shop.search('电子发票哪里下载');
    expect(hit).toMatchObject({ key: 'zh.invoice', question: 3 });
  });

  it('finds what only an answer says, below what a question says', () => {
    expect(shop.search('原路').map(({ key }) => key)).toEqual(['zh.refund']);
    const engine = engineOf([
      { ...classOf('answer', ['x1']), answer: 'parcel' },
      classOf('question', ['parcel', 'x2']),
    ]);
    expect(engine.search('parcel').map(({ key }) => key)).toEqual(['question', 'answer']);
  });

  it('gives at most the limit, best first, and nothing for nothing', () => {
    const hits = shop.search('refund address invoice ship', { limit: 3 });
    expect(hits).toHaveLength(3);
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((a, b) => b - a));
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { score, index, question } of shop.search(text)) {
          expect(score).toBeGreaterThan(0);
          expect(SHOP[index]?.questions[question]).toBeDefined();
        }
      }),
    );
    expect(shop.search('😀')).toEqual([]);
  });
});
