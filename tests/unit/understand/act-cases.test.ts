import { describe, expect, it } from 'vitest';
import { ACT_FILES, type ActFile, readActCases, readCase } from '../../../bench/turns/act-cases.ts';
import { accuracy, macroF1 } from '../../../lib/measure/classification.ts';

/** A little under what was measured: the third file was never tuned on. */
const FLOORS: Readonly<Record<ActFile, { accuracy: number; macroF1: number }>> = {
  'acts.zh': { accuracy: 0.92, macroF1: 0.92 },
  'acts.en': { accuracy: 0.9, macroF1: 0.9 },
  'acts-held-out.en': { accuracy: 0.78, macroF1: 0.75 },
};

describe.each(ACT_FILES)('acts of tests/data/%s.yaml', (name) => {
  const outcomes = readActCases(name).map((one) => ({ expected: one.act, got: readCase(one) }));

  it('are read rightly often enough, rare ones too', () => {
    expect(accuracy(outcomes)).toBeGreaterThanOrEqual(FLOORS[name].accuracy);
    expect(macroF1(outcomes)).toBeGreaterThanOrEqual(FLOORS[name].macroF1);
  });
});

describe('English turns of our own', () => {
  it('are at least 400, every act among them', () => {
    const cases = [...readActCases('acts.en'), ...readActCases('acts-held-out.en')];
    expect(cases.length).toBeGreaterThanOrEqual(400);
    expect(new Set(cases.map((one) => one.act)).size).toBe(12);
  });
});

describe('asking for a person', () => {
  it.each([
    '人工',
    '转人工',
    '找个活人',
    '能不能别机器人了',
    '我要跟真人说',
    '给我接人工客服',
    'let me talk to somebody real',
    'are you a bot',
    'can i speak to a human being',
    'put me through to your support team',
  ])('%s', (text) => {
    expect(readCase({ act: 'ask_human', said: [text], after: undefined })).toBe('ask_human');
    expect(readCase({ act: 'ask_human', said: [text], after: '请稍等，正在为您查询' })).toBe('ask_human');
  });

  it.each(['人工智能音箱怎么用', '安装的人工费多少', 'is this made of real leather', 'the agent told me to wait'])(
    'not: %s',
    (text) => {
      expect(readCase({ act: 'question', said: [text], after: undefined })).not.toBe('ask_human');
    },
  );
});

describe('opening lines that only call', () => {
  it.each(['我想问一下', '请问', '在吗', '你好，我想咨询一下', 'hi, quick question', 'can someone help me'])(
    '%s greets',
    (text) => {
      expect(readCase({ act: 'greet', said: [text], after: undefined })).toBe('greet');
    },
  );
});
