import { KnowledgeDiff } from '../../lib/domain/diff.ts';
import { Entry } from '../../lib/domain/entry.ts';
import { ImportReport } from '../../lib/domain/import-job.ts';
import { Release, ReleaseReport } from '../../lib/domain/release.ts';

/** What a shop's knowledge looks like, made up for tests and checked by its own schemas. */
const AT = '2026-11-20T08:00:00.000Z';

export function entry(id: string, more: object = {}): Entry {
  return Entry.parse({
    id,
    intent: id.replace(/\.(zh|en)$/, ''),
    language: 'en',
    category: 'delivery',
    question: 'How long does delivery take?',
    similarQuestions: ['when will it get here', 'how many days for shipping'],
    answers: [{ text: 'We dispatch {{shop.dispatch_time}}; delivery usually takes 2 to 4 days.' }],
    ...more,
  });
}

export function someEntries(): Entry[] {
  return [
    entry('delivery.time.en', { pack: 'ecommerce' }),
    entry('delivery.time.zh', {
      language: 'zh',
      pack: 'ecommerce',
      question: '多久能送到？',
      similarQuestions: ['几天到货', '快递要走几天', '什么时候能收到'],
      answers: [{ text: '{{address}}，付款后{{shop.dispatch_time}}发出，一般2到4天送到～' }],
    }),
    entry('order.cancel.en', {
      category: 'order',
      question: 'Can I cancel my order?',
      similarQuestions: ['please cancel it', 'i changed my mind, cancel the order', 'stop the order'],
      ask: 'Could you send me the order number, please?',
      policy: 'assist',
      note: 'Warehouse stops parcels until 17:00.',
      answers: [
        {
          text: 'It has not left yet, so yes: open the order and tap Cancel.',
          when: 'order.status in (paid, processing)',
        },
        {
          text: 'It is on its way already. Please refuse the parcel, and we refund you once it is back.',
          when: 'order.status = shipped',
          validFrom: '2026-11-01T00:00:00+08:00',
          validUntil: '2026-11-30T23:59:00+08:00',
        },
        { text: 'Please tell us which order you mean.' },
      ],
    }),
    entry('order.cancel.zh', {
      language: 'zh',
      category: 'order',
      question: '可以取消订单吗？',
      similarQuestions: ['不想要了，取消吧', '帮我把单退掉'],
      answers: [{ text: '{{address}}，还没发货的话在订单里点“取消订单”就可以哦～', when: 'order.status = paid' }],
    }),
    entry('invoice.how.en', {
      category: 'invoice',
      question: 'How do I get an invoice?',
      similarQuestions: [],
      answers: [{ text: 'Choose {{shop.invoice_types}} at checkout, or ask us within {{shop.invoice_days}}.' }],
      policy: 'human',
      off: true,
    }),
    entry('care.wool.1', {
      category: 'care',
      question: 'Washing wool',
      similarQuestions: [],
      passage: { article: 'Care guide', path: ['Materials', 'Wool'] },
      answers: [{ text: 'Wash wool by hand in cool water and dry it flat.' }],
    }),
  ];
}

export function manyEntries(count: number): Entry[] {
  return Array.from({ length: count }, (_, index) =>
    entry(`bulk.${String(index).padStart(5, '0')}`, {
      question: `Question number ${index} about parcels`,
      category: 'bulk',
    }),
  );
}

export function importReport(id: string, more: object = {}): ImportReport {
  return ImportReport.parse({
    id,
    kind: 'entries',
    mode: 'merge',
    dryRun: true,
    status: 'done',
    createdAt: AT,
    finishedAt: AT,
    format: 'auto',
    detected: 'xlsx',
    rows: 412,
    added: 361,
    changed: 22,
    unchanged: 17,
    removed: 0,
    rejected: [
      {
        sheet: 'FAQ',
        row: 14,
        column: '答案',
        value: '',
        reason: 'the answer is missing',
        fix: 'write an answer, or delete the row',
      },
      {
        sheet: 'FAQ',
        row: 37,
        column: '条件',
        value: 'order.state = sent',
        reason: 'unknown fact "order.state"',
        fix: 'did you mean order.status?',
      },
      {
        sheet: 'FAQ',
        row: 90,
        column: '生效',
        value: '2026-13-01',
        reason: 'no such date',
        fix: 'write it as 2026-12-01 09:00',
      },
      {
        sheet: 'Returns',
        row: 5,
        column: '问题',
        value: 'Can I send it back?',
        reason: 'the same question is in row 3',
        fix: 'keep one of the two rows',
      },
    ],
    rejectedTotal: 12,
    ignoredColumns: ['负责人'],
    mapping: [
      { sheet: 'FAQ', header: '问题', column: 'question', samples: ['怎么退货', '多久到货', '有发票吗'] },
      { sheet: 'FAQ', header: '答案', column: 'answer', samples: ['七天内都可以退', '一般两到四天'] },
      { sheet: 'FAQ', header: '别的问法', column: 'similar_questions', samples: ['退货流程|想退掉'] },
      { sheet: 'FAQ', header: '条件', column: 'when', samples: ['order.status = shipped'] },
      { sheet: 'FAQ', header: '负责人', column: null, samples: ['小王', '小李'] },
    ],
    warnings: [
      {
        sheet: 'FAQ',
        row: 51,
        column: '答案',
        value: '保证明天送到',
        reason: 'promises a time that is not a shop fact',
        fix: 'use {{shop.dispatch_time}}',
      },
      { sheet: 'FAQ', row: 77, column: '问题', value: '退款要几天', reason: 'nearly the same as entry refund.time.zh' },
    ],
    warningsTotal: 2,
    ...more,
  });
}

export function diff(more: object = {}): KnowledgeDiff {
  return KnowledgeDiff.parse({
    from: 'rel_8c1',
    to: 'draft',
    added: 1,
    changed: 2,
    removed: 1,
    items: [
      {
        id: 'gift.wrap.en',
        kind: 'added',
        question: 'Do you wrap presents?',
        fields: [
          { path: 'question', after: 'Do you wrap presents?' },
          { path: 'answers.0.text', after: 'Yes, choose gift wrap at checkout.' },
        ],
      },
      {
        id: 'order.cancel.en',
        kind: 'changed',
        question: 'Can I cancel my order?',
        fields: [
          {
            path: 'answers.0.text',
            before: 'It has not left yet, so yes: open the order and tap Cancel.',
            after: 'It has not left the warehouse yet, so yes: open your order and tap Cancel order.',
          },
          { path: 'answers.0.when', before: 'order.status = paid', after: 'order.status in (paid, processing)' },
          {
            path: 'similarQuestions',
            before: ['please cancel it', 'stop the order'],
            after: ['please cancel it', 'i changed my mind', 'stop the order'],
          },
          { path: 'policy', before: 'auto', after: 'assist' },
        ],
      },
      {
        id: 'order.cancel.zh',
        kind: 'changed',
        question: '可以取消订单吗？',
        fields: [
          {
            path: 'answers.0.text',
            before: '还没发货的话，在订单里点取消就行。',
            after: '{{address}}，还没发货的话在订单里点“取消订单”就可以哦～',
          },
        ],
      },
      {
        id: 'fax.number.en',
        kind: 'removed',
        question: 'What is your fax number?',
        fields: [
          { path: 'question', before: 'What is your fax number?' },
          { path: 'answers.0.text', before: 'We no longer have one.' },
        ],
      },
    ],
    ...more,
  });
}

const curve = Array.from({ length: 12 }, (_, index) => {
  const coverage = (index + 1) / 12;
  return { threshold: 1 - coverage * 0.9, precision: 0.995 - coverage ** 3 * 0.12, coverage };
});
const reliability = Array.from({ length: 10 }, (_, index) => {
  const confidence = index / 10 + 0.05;
  return {
    from: index / 10,
    to: (index + 1) / 10,
    mass: 20 + index * 14,
    confidence,
    accuracy: Math.min(1, confidence * 0.96 + 0.02),
  };
});

export function releaseReport(more: object = {}): ReleaseReport {
  return ReleaseReport.parse({
    accuracy: 0.957,
    goldenRight: 88,
    goldenTotal: 92,
    goldenUncovered: 1,
    lost: [{ text: 'can u stop my order pls', intent: 'order.cancel', language: 'en', got: 'order.change' }],
    lostTotal: 1,
    gained: 4,
    against: 'rel_8c1',
    compile: {
      classes: 121,
      questions: 4_210,
      bytes: 6_220_000,
      accuracy: 0.871,
      recall3: 0.951,
      mrr: 0.907,
      macroF1: 0.842,
      ece: 0.021,
      auroc: 0.93,
      reliability,
      curve,
      operatingPoints: [
        { target: 0.95, threshold: 0.82, precision: 0.951, coverage: 0.61 },
        { target: 0.5, threshold: 0.31, precision: 0.88, coverage: 0.93 },
      ],
      atThreshold: [{ target: 0.95, precision: 0.947, coverage: 0.6 }],
    },
    golden: {
      asked: 92,
      right: 88,
      rightBefore: 85,
      recall3: 0.978,
      mrr: 0.966,
      gained: 4,
      lost: 1,
      changed: 2,
      examples: [
        {
          text: 'can u stop my order pls',
          language: 'en',
          change: 'lost',
          expected: 'order.cancel',
          before: 'order.cancel',
          after: 'order.change',
          confidenceBefore: 0.81,
          confidenceAfter: 0.52,
        },
        {
          text: 'do you do gift wrapping',
          language: 'en',
          change: 'gained',
          expected: 'gift.wrap',
          before: 'order.items',
          after: 'gift.wrap',
          confidenceBefore: 0.3,
          confidenceAfter: 0.94,
        },
      ],
    },
    own: { asked: 4_210, right: 3_667, rightBefore: 3_590, gained: 120, lost: 43, changed: 31, examples: [] },
    recent: {
      asked: 500,
      gained: 18,
      lost: 6,
      changed: 11,
      examples: [
        {
          text: 'is the parcel here tomorrow?',
          change: 'changed',
          before: 'delivery.time',
          after: 'delivery.track',
          confidenceBefore: 0.66,
          confidenceAfter: 0.71,
        },
      ],
    },
    pairs: [
      {
        a: 'order.cancel',
        b: 'order.change',
        count: 7,
        questions: ['stop the order, wrong size', 'i need to undo this order'],
      },
      { a: 'refund.time', b: 'refund.status', count: 4, questions: ['where is my money'] },
    ],
    expiring: [{ entryId: 'order.cancel.en', answer: 1, kind: 'ends', at: '2026-11-30T23:59:00+08:00' }],
    conflicts: [
      {
        kind: 'same_question',
        entryIds: ['refund.time.zh', 'refund.status.zh'],
        question: '退款多久到账',
        detail: 'both entries claim this question and both may answer it',
      },
    ],
    blockers: [
      { kind: 'golden_lost', detail: '1 golden question that was answered rightly no longer is', count: 1 },
      { kind: 'conflict', detail: '1 question is claimed by two entries', count: 1 },
    ],
    ...more,
  });
}

export function release(id: string, status: string, more: object = {}): Release {
  return Release.parse({
    id,
    status,
    createdAt: AT,
    by: 'lin',
    publish: true,
    snapshotKey: `snapshots/${id}`,
    entries: 121,
    questions: 4_210,
    changed: { added: 1, changed: 2, removed: 1 },
    ...more,
  });
}
