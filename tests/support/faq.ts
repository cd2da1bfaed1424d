/** A small shop's knowledge: quick to compile, and every question of it is answered alone when asked word for word. */
export const HOURS = { id: 'hours', question: 'When are you open?', answer: 'We are open from nine to six.' };
export const SHIPPING = {
  id: 'shipping',
  question: 'When will my order ship?',
  answer: 'Orders leave within two days.',
};

const ROWS: readonly [id: string, question: string, similar: string, answer: string, policy: string][] = [
  [HOURS.id, HOURS.question, 'opening hours|are you open on sundays|what time do you close', HOURS.answer, 'auto'],
  [
    SHIPPING.id,
    SHIPPING.question,
    'how long until you send it|has my parcel left yet|dispatch time please',
    SHIPPING.answer,
    'auto',
  ],
  [
    'returns',
    'How do I return something?',
    'i want to send it back|return policy|can i return these shoes',
    'Send it back within thirty days.',
    'assist',
  ],
  [
    'payment',
    'Which cards do you accept?',
    'can i pay by visa|payment methods|do you take paypal',
    'We accept all major cards.',
    'auto',
  ],
  [
    'recall',
    'The battery of your charger caught smoke in the news, is mine affected?',
    'is my charger on the recall list|charger recall',
    'Please stop using it.',
    'human',
  ],
  [
    'giftwrap',
    'Do you wrap presents?',
    'gift wrapping|can it be wrapped as a gift|present packaging',
    'We wrap presents in green paper.',
    'auto',
  ],
];

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

export const FAQ_CSV = [
  'id,question,similar_questions,answer,policy',
  ...ROWS.map((row) => row.map(quoted).join(',')),
  '',
].join('\n');
export const FAQ_ENTRIES = ROWS.length;
