import { Evaluation } from '../../lib/domain/evaluation.ts';
import { Explanation } from '../../lib/domain/explanation.ts';
import { Gap, Proposal } from '../../lib/domain/gap.ts';
import { PackUpdate } from '../../lib/domain/pack-update.ts';
import { TranscriptReport } from '../../lib/domain/transcript.ts';
import { entry } from './knowledge-fixtures.ts';

/** What trying and growing the knowledge answers, made up for tests and checked by its own schemas. */
const AT = '2026-11-20T08:00:00.000Z';

export const explanation = (more: object = {}): Explanation =>
  Explanation.parse({
    asks: 0.97,
    asked: [
      {
        text: '不想要了，能取消吗',
        candidates: [
          {
            entryId: 'order.cancel.zh',
            intent: 'order.cancel',
            question: '可以取消订单吗？',
            confidence: 0.93,
            exact: false,
            searchPlace: 1,
            policy: 'assist',
            matched: {
              question: '不想要了，取消吧',
              similarity: 0.71,
              ngrams: [
                { text: '取消', weight: 1.4 },
                { text: '不想要', weight: 0.9 },
                { text: '吗', weight: -0.2 },
              ],
            },
            answers: [
              { index: 0, text: '还没发货的话可以直接取消。', when: 'order.status = paid', holds: 'yes', chosen: true },
              {
                index: 1,
                text: '已经发出，可以拒收。',
                when: 'order.status = shipped',
                holds: 'no',
                chosen: false,
                reason: 'condition',
              },
              {
                index: 2,
                text: '付款后{{shop.dispatch_time}}发出。',
                holds: 'unknown',
                chosen: false,
                reason: 'missing_fact',
                missing: ['shop.dispatch_time'],
              },
            ],
          },
          {
            entryId: 'refund.time.zh',
            intent: 'refund.time',
            question: '退款多久到账？',
            confidence: 0.04,
            exact: false,
            answers: [{ index: 0, text: '一到三天。', holds: 'yes', chosen: false, reason: 'below_threshold' }],
          },
        ],
      },
    ],
    ...more,
  });

const miss = (row: number, question: string) => ({
  row,
  question,
  expected: 'order.cancel',
  got: 'refund.time',
  confidence: 0.62,
  rank: 2,
});

export const evaluation = (id: string, more: object = {}): Evaluation =>
  Evaluation.parse({
    id,
    name: 'Last week’s fifty',
    release: 'rel_8c1',
    by: 'lin',
    status: 'done',
    createdAt: AT,
    finishedAt: AT,
    rejected: [{ row: 9, column: 'expected', value: 'refnd', reason: 'there is no entry or intent refnd' }],
    figures: {
      rows: 50,
      recall1: 0.84,
      recall3: 0.96,
      recall5: 0.98,
      mrr: 0.897,
      macroF1: 0.81,
      ece: 0.047,
      atThreshold: [{ target: 0.95, threshold: 0.82, precision: 0.97, coverage: 0.41 }],
      reliability: [
        { from: 0.2, to: 0.3, mass: 4, confidence: 0.26, accuracy: 0.25 },
        { from: 0.5, to: 0.6, mass: 10, confidence: 0.55, accuracy: 0.6 },
        { from: 0.9, to: 1, mass: 36, confidence: 0.95, accuracy: 0.97 },
      ],
      confused: [{ expected: 'order.cancel', got: 'refund.time', count: 3 }],
      outOfScope: { rows: 6, rejected: 0.83 },
    },
    misses: [miss(3, 'please stop my order'), miss(17, 'money back for what I did not get?')],
    missesTotal: 8,
    ...more,
  });

export const gap = (id: string, more: object = {}): Gap =>
  Gap.parse({
    id,
    title: 'Can you gift wrap it?',
    language: 'en',
    count: 23,
    kinds: { nothing_fits: 14, own_reply: 7, search: 2 },
    firstAt: '2026-11-02T08:00:00.000Z',
    lastAt: AT,
    examples: ['do you do gift wrapping', 'can it come wrapped for [name_1]?'],
    replies: [{ text: 'Yes, tick “gift wrap” in the cart; it is 3 euros.', count: 6 }],
    nearest: { entryId: 'invoice.how.en', question: 'How do I get an invoice?', confidence: 0.12 },
    proposal: entry('gift.wrap.en', { question: 'Can you gift wrap it?' }),
    status: 'open',
    ...more,
  });

export const proposal = (id: string, more: object = {}): Proposal =>
  Proposal.parse({
    id,
    entryId: 'delivery.time.en',
    answer: 0,
    before: 'We dispatch {{shop.dispatch_time}}; delivery usually takes 2 to 4 days.',
    after: 'We dispatch {{shop.dispatch_time}}; delivery usually takes 2 to 4 working days.',
    count: 5,
    evidence: [{ assistId: 'ast_1', agentId: 'mei', at: AT, sent: 'delivery usually takes 2 to 4 working days' }],
    status: 'open',
    ...more,
  });

export const transcript = (id: string, more: object = {}): TranscriptReport =>
  TranscriptReport.parse({
    id,
    name: 'October',
    by: 'lin',
    status: 'done',
    createdAt: AT,
    finishedAt: AT,
    conversations: 1_204,
    messages: 18_221,
    turns: 7_310,
    languages: { zh: 7_000, en: 310 },
    acts: { acknowledge: 2_100, question: 1_900, inform: 1_500, greet: 600, chase: 210 },
    asking: 2_450,
    coverage: { sure: 0.31, shown: 0.34, none: 0.35 },
    topics: [
      {
        id: 'top_1',
        title: '可以礼品包装吗',
        language: 'zh',
        count: 88,
        covered: 'no',
        nearest: { entryId: 'invoice.how.en', question: 'How do I get an invoice?', confidence: 0.08 },
        examples: ['能包装一下送人吗', '有礼盒吗'],
        replies: [{ text: '可以的，下单备注礼品包装就好～', count: 31 }],
        proposal: entry('gift.wrap.zh', { language: 'zh', question: '可以礼品包装吗' }),
        drafted: false,
      },
      {
        id: 'top_2',
        title: '什么时候发货',
        language: 'zh',
        count: 301,
        covered: 'yes',
        examples: ['发货了吗'],
        replies: [],
        drafted: false,
      },
    ],
    ...more,
  });

export const packUpdate = (more: object = {}): PackUpdate =>
  PackUpdate.parse({
    pack: 'ecommerce',
    from: '1.0.0',
    to: '1.1.0',
    dryRun: true,
    added: [{ id: 'gift.wrap.en', question: 'Can you gift wrap it?' }],
    updated: [
      {
        id: 'invoice.how.en',
        question: 'How do I get an invoice?',
        fields: [{ path: 'answers.0.text', before: 'By mail.', after: 'By e-mail.' }],
      },
    ],
    merged: [],
    kept: [{ id: 'order.cancel.en', question: 'Can I cancel my order?' }],
    removed: [],
    conflicts: [
      {
        entryId: 'delivery.time.en',
        question: 'How long does delivery take?',
        fields: [{ path: 'answers.0.text', old: '2 to 4 days.', theirs: '2 to 5 days.', mine: 'Two days.' }],
      },
    ],
    unchanged: 268,
    ...more,
  });
