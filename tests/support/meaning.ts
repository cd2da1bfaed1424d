/** A small shop in English, and an embedding that knows its topics whatever the words. */

export const DIMENSIONS = 8;

const TOPICS: readonly RegExp[] = [
  /ship|dispatch|parcel|leave the warehouse/i,
  /refund|money/i,
  /invoice|bill/i,
  /size|fit/i,
  /open|hours/i,
];

/** Texts of one topic point the same way, with a little of their own; 8 numbers, of a length that is not 1. */
export function meaning(text: string): number[] {
  const vector = Array.from({ length: DIMENSIONS }, () => 0.05);
  for (const [axis, pattern] of TOPICS.entries()) if (pattern.test(text)) vector[axis] = 1;
  vector[DIMENSIONS - 1] = (text.length % 7) / 50;
  return vector.map(Math.fround);
}

type Row = { id: string; questions: readonly string[]; answer: string };

export const SHIP = { id: 'ship', answer: 'Orders leave our warehouse within two days.' };
/** Answered by `SHIP`, with no word of its questions. */
export const PARAPHRASE = 'how soon does it leave the warehouse?';

export const ROWS: readonly Row[] = [
  {
    ...SHIP,
    questions: [
      'When will my order ship?',
      'how fast do you dispatch',
      'when is my parcel dispatched',
      'order ship date',
    ],
  },
  {
    id: 'refund',
    questions: ['How do I get a refund?', 'i want my money back', 'refund please', 'when is my money refunded'],
    answer: 'Refunds go back to the card you paid with.',
  },
  {
    id: 'invoice',
    questions: ['Can I get an invoice?', 'send me the bill', 'invoice for my company', 'need a bill'],
    answer: 'Invoices are in your account.',
  },
  {
    id: 'size',
    questions: ['Which size should I take?', 'will a medium fit me', 'size chart', 'what size fits me'],
    answer: 'Take your usual size.',
  },
  {
    id: 'hours',
    questions: ['When are you open?', 'opening hours', 'are you open today', 'your hours'],
    answer: 'We are open from nine to six.',
  },
];

export const questionsOf = (rows: readonly Row[]): string[] => rows.flatMap(({ questions }) => questions);

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** As a manager uploads them. */
export const csvOf = (rows: readonly Row[]): string =>
  [
    'id,question,similar_questions,answer',
    ...rows.map(({ id, questions: [first = '', ...rest], answer }) =>
      [id, first, rest.join('|'), answer].map(quoted).join(','),
    ),
    '',
  ].join('\n');
