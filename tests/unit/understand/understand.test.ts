import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Knowledge } from '../../../lib/assist/situation.ts';
import { read, understand } from '../../../lib/assist/understand.ts';
import { Entry } from '../../../lib/domain/entry.ts';
import { ReleaseId } from '../../../lib/domain/ids.ts';
import { Understanding } from '../../../lib/domain/understanding.ts';
import { compile } from '../../../lib/engine/compile.ts';
import { open } from '../../../lib/engine/open.ts';

const FAQ: Record<string, string[]> = {
  'return.how': ['怎么退货', '我要退货', '想把东西退了', '退货流程', '不想要了怎么退'],
  'delivery.when': ['什么时候发货', '多久能发', '几天发出来', '怎么还不发货', '今天能发吗'],
  'invoice.how': ['怎么开发票', '可以开票吗', '发票在哪开', '我要发票', '需要开个发票'],
  'card.declined': [
    'my card was declined',
    'card payment rejected',
    'my payment did not go through',
    'bank card refused',
  ],
  'phone.lost': ['I lost my phone', 'my phone is gone', 'someone stole my phone', 'my mobile is missing'],
};

const entries = Object.entries(FAQ).map(([intent, [question = '', ...similarQuestions]]) =>
  Entry.parse({ id: intent, intent, question, similarQuestions, answers: [{ text: 'x' }] }),
);

function knowledge(): Knowledge {
  const { bytes } = compile({
    classes: entries.map((entry) => ({
      key: entry.id,
      questions: [entry.question, ...entry.similarQuestions],
      answer: 'x',
      payload: new Uint8Array(),
    })),
    meta: new Uint8Array(),
    outOfScopeShare: 0.3,
  });
  return {
    release: ReleaseId.parse('rel_1'),
    engine: open(bytes),
    entry: (index) => entries[index] as Entry,
    entryById: (id) => entries.find((entry) => entry.id === id),
    phrases: {},
  } as Knowledge;
}

const known = knowledge();
const reading = (text: string, history: Parameters<typeof read>[0]['history'] = []) =>
  read({ parts: [{ kind: 'text', text }], history, knowledge: known, catalog: undefined });

describe('understand', () => {
  it('knows nothing without knowledge', () => {
    const input = {
      parts: [{ kind: 'text' as const, text: '怎么退货' }],
      history: [],
      knowledge: undefined,
      catalog: undefined,
    };
    expect(understand(input)).toMatchObject({
      intent: { name: 'unknown', confidence: 0 },
      alternatives: [],
      act: 'question',
    });
  });

  it('gives the top intent, also when it is unlikely', () => {
    expect(reading('怎么退货').understanding.intent).toMatchObject({ name: 'return.how' });
    expect(reading('天气怎么样').understanding.intent.confidence).toBeLessThan(0.5);
  });

  it.each(Object.values(FAQ).flat())('reads an authored question as asking: %s', (question) => {
    const { understanding, exact } = reading(question);
    expect(exact).toBe(true);
    expect(['question', 'request', 'complain']).toContain(understanding.act);
  });

  it('sees an authored question through its courtesies', () => {
    expect(reading('你好，怎么开发票？谢谢').exact).toBe(true);
  });

  it('reads the clause that asks, not the story around it', () => {
    const { query, understanding } = reading('昨天晚上刚刚在你们店里买的一双鞋子，什么时候发货，我后天要出门');
    expect(query).toContain('什么时候发货');
    expect(understanding.intent.name).toBe('delivery.when');
  });

  it('lists the questions of a turn that asks several', () => {
    const { questions } = reading('怎么退货？发票在哪里开？').understanding;
    expect(questions.map((question) => question.intent.name)).toEqual(['return.how', 'invoice.how']);
    expect(reading('怎么退货？').understanding.questions).toEqual([]);
  });

  it('lets the message’s language win over the hint', () => {
    const language = (text: string, hint?: 'zh' | 'en') =>
      understand({
        parts: [{ kind: 'text', text }],
        history: [],
        language: hint,
        knowledge: undefined,
        catalog: undefined,
      }).language;
    expect(language('where is my order', 'zh')).toBe('en');
    expect(language('我的iPhone 15 Pro到哪了', 'en')).toBe('zh');
    expect(language('ok', 'zh')).toBe('zh');
    expect(language('13800001111', 'en')).toBe('en');
    expect(language('…')).toBe('zh');
  });

  it('reads only what came since the customer’s last line as the move before', () => {
    const history = [
      { author: 'agent' as const, text: '请提供手机号' },
      { author: 'customer' as const, text: '13800001111' },
    ];
    expect(reading('什么时候发货', history).previous).toBe('none');
  });

  it('finds the order of a card and keeps its offsets true', () => {
    const { text, understanding } = read({
      parts: [{ kind: 'order_card', orderNumber: '313021098954' }],
      history: [],
      knowledge: known,
      catalog: undefined,
    });
    const [order] = understanding.entities;
    expect(order).toMatchObject({ type: 'order_number', value: '313021098954' });
    expect(text.slice(order?.start, order?.end)).toBe(order?.text);
  });

  it('gives a valid understanding of any text, within the contract', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(...'好在吗？?！1234 a@.退货人工') }),
    );
    fc.assert(
      fc.property(any, any, (text, before) => {
        const result = understand({
          parts: [{ kind: 'text', text }],
          history: [{ author: 'agent', text: before }],
          knowledge: known,
          catalog: undefined,
        });
        expect(Understanding.safeParse(result).success).toBe(true);
      }),
    );
  });

  it.each([
    ['好'.repeat(4_000)],
    ['1'.repeat(4_000)],
    ['1-'.repeat(2_000)],
    ['a@'.repeat(2_000)],
    [`${' '.repeat(3_999)}x`],
    ['[订单编号:'.repeat(600)],
    ['speak to '.repeat(444)],
    ['省市路'.repeat(1_333)],
    ['!?'.repeat(2_000)],
    ['没'.repeat(4_000)],
  ])('finishes on hostile input (%#)', (text) => {
    const result = understand({
      parts: [{ kind: 'text', text }],
      history: [{ author: 'agent', text }],
      knowledge: known,
      catalog: undefined,
    });
    expect(Understanding.safeParse(result).success).toBe(true);
  });
});
