import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { excerptOf } from '../../../lib/assist/passage.ts';
import { preview } from '../../../lib/assist/preview.ts';
import { respond } from '../../../lib/assist/respond.ts';
import { PreviewRequest } from '../../../lib/domain/contract/preview.ts';
import { questionsOf } from '../../../lib/domain/questions.ts';
import { sentencesOf } from '../../../lib/domain/sentences.ts';
import { created, TENANT, tenantOf } from '../../support/conversation.ts';
import { world } from '../../support/flow-world.ts';
import { entry, knowledgeOf, readProducts, situationOf, tenantWith } from './fixture.ts';

const CARE = [
  'Wash the wool blanket by hand in cold water with a mild soap.',
  'Never put it into a tumble dryer, because the fibres shrink in the heat.',
  'Lay it flat on a towel and let it dry in the shade for a day.',
  'Moths keep away from cedar wood, so put a few pieces between the folds.',
  'Store the blanket in a cotton bag, never in plastic, which holds moisture.',
  'A pill comb takes off the small knots that appear in the first weeks.',
  'Stains of wine or coffee come out with cold sparkling water and a white cloth.',
];
const passage = entry({
  id: 'p_care_1',
  language: 'en',
  question: 'Blankets › Care',
  answers: [{ text: CARE.join(' ') }],
  policy: 'auto',
  passage: { article: 'Blankets', path: ['Care'], url: 'https://shop.example/care' },
});
const knowledge = knowledgeOf([
  passage,
  entry({
    id: 'invoice.en',
    language: 'en',
    question: 'How do I get an invoice?',
    similarQuestions: ['can you send me an invoice', 'where is my receipt', 'I need a VAT invoice', 'invoice please'],
    answers: [{ text: 'Open your order and choose "Invoice".' }],
  }),
  entry({
    id: 'track.en',
    language: 'en',
    question: 'Where is my parcel?',
    similarQuestions: ['track my order', 'when will it arrive', 'has my parcel been sent', 'delivery status'],
    answers: [{ text: 'Open your order and choose "Track".' }],
  }),
]);
/** So little knowledge has no thresholds that were earned: what is shown is not the point here. */
const lenient = { ...knowledge, engine: { ...knowledge.engine, threshold: () => 0.2 } };
const ASKED = 'can I put the wool blanket into the tumble dryer?';

describe('a passage', () => {
  test('is found by its own sentences and cited as one, with the part that answers', async () => {
    const { suggestions } = await respond(situationOf(ASKED, { knowledge: lenient }), readProducts);
    const [best] = suggestions;
    expect(best?.source).toMatchObject({ kind: 'passage', id: 'p_care_1', title: 'Blankets › Care', answer: 0 });
    expect(best?.source.url).toBe('https://shop.example/care');
    expect(best?.text).toContain('tumble dryer');
    expect(best?.text.length).toBeLessThanOrEqual(400);
    expect(CARE.join(' ')).toContain(best?.text);
  });

  test('stands beside entries, best first', async () => {
    const { suggestions } = await respond(situationOf('I need a VAT invoice', { knowledge: lenient }), readProducts);
    expect(suggestions[0]?.source).toMatchObject({ kind: 'entry', id: 'invoice.en' });
    const confidences = suggestions.map(({ confidence }) => confidence);
    expect(confidences).toEqual(confidences.toSorted((a, b) => b - a));
  });

  test.each(['auto', 'hybrid', 'assist', 'shadow'] as const)('is never sent by the bot: %s', async (mode) => {
    const tenant = tenantWith({ mode, belowThreshold: 'clarify' });
    for (const text of [ASKED, 'Blankets › Care', CARE[1] ?? '']) {
      const { decision } = await respond(situationOf(text, { knowledge: lenient, tenant }), readProducts);
      expect(['handoff', 'suggest']).toContain(decision.kind);
      expect(decision.choices ?? []).toEqual([]);
    }
  });

  test('in a preview is what it is in a live conversation, and the customer only hears of the hand-off', async () => {
    const opened = { knowledge: lenient, catalog: undefined };
    const live = world({
      settings: { mode: 'auto' },
      deps: {
        openKnowledge: async () => opened,
        respond: (situation) => respond(situation, readProducts),
      },
    });
    await live.receive(created('m1', ASKED));
    await live.settle();
    const [assist] = await live.assists();
    const previewed = await preview(
      {
        tenant: async () => tenantOf({ mode: 'auto' }),
        library: async () => opened,
        readProducts: () => readProducts,
        densify: async () => ({ dense: [], degraded: [] }),
        assist: async () => undefined,
        now: () => live.now(),
      },
      TENANT,
      PreviewRequest.parse({ text: ASKED }),
    );
    expect(assist?.suggestions[0]?.source.kind).toBe('passage');
    expect(previewed.suggestions).toEqual(assist?.suggestions);
    expect(previewed.decision.kind).toBe(assist?.decision.kind);
    const said = live.calls.filter(({ type }) => type === 'reply.requested').map(({ data }) => data['kind']);
    expect(said).toEqual(['notice']);
    expect(live.calls.map(({ type }) => type)).toContain('handoff.requested');
  });
});

describe('what a passage is learnt from', () => {
  test('its headings and its sentences; an entry from its questions alone', () => {
    expect(questionsOf(passage)).toEqual(['Blankets › Care', ...CARE]);
    expect(questionsOf(entry({ id: 'a', question: 'A?', similarQuestions: ['B?'] }))).toEqual(['A?', 'B?']);
  });

  test.each([
    ['It costs 3.50 a day. Really! Is it?', ['It costs 3.50 a day. ', 'Really! ', 'Is it?']],
    ['今天发货。明天到吗？“好的。”谢谢', ['今天发货。', '明天到吗？', '“好的。”', '谢谢']],
    ['First line\nsecond line', ['First line\n', 'second line']],
    ['See www.shop.example/a.html for v2.0 of it', ['See www.shop.example/a.html for v2.0 of it']],
    ['', []],
  ])('sentences of %j', (text, sentences) => expect(sentencesOf(text)).toEqual(sentences));

  test('no character of a text is lost between its sentences', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', '.', '!', '。', '？', '\n', '"', '”', '3', '问', '…', '🙂') }),
        (text) => {
          expect(sentencesOf(text).join('')).toBe(text);
        },
      ),
    );
  });
});

describe('an excerpt', () => {
  test('is whole sentences of the passage in their order, around the one that was asked for', () => {
    const text = CARE.join(' ');
    expect(excerptOf(text, 'how do I get coffee stains out')).toContain('Stains of wine or coffee');
    expect(excerptOf(text, 'how do I get coffee stains out')).not.toContain('Wash the wool');
    expect(excerptOf(text, '')).toMatch(/^Wash the wool/);
    expect(excerptOf('Short.', 'anything')).toBe('Short.');
  });

  test('of any passage and question is short, and nothing but the passage', () => {
    const word = fc.constantFrom('blanket', 'wash ', '，', '毛毯', '。', '. ', ' ', 'cold', '\n', '水洗', '🙂');
    const text = fc.array(word, { maxLength: 300 }).map((words) => words.join(''));
    fc.assert(
      fc.property(text, text, (passageText, query) => {
        const excerpt = excerptOf(passageText, query);
        expect(excerpt.length).toBeLessThanOrEqual(400);
        expect(passageText).toContain(excerpt.replace(/…$/, ''));
      }),
    );
  });
});
