import { describe, expect, test } from 'vitest';
import { decide } from '../../../lib/assist/decide.ts';
import type { DecideInput, Offered } from '../../../lib/assist/decide-alone.ts';
import { Decision } from '../../../lib/domain/assist.ts';
import type { Owner } from '../../../lib/domain/conversation.ts';
import type { Mode } from '../../../lib/domain/tenant.ts';
import { RELEASE } from './fixture.ts';

const thresholds = { autoReply: 0.9, suggest: 0.4 };

type OfferFields = { policy?: Offered['policy']; role?: 'answer' | 'ask' | 'variant'; intent?: string };

function offer(entryId: string, confidence: number, fields: OfferFields = {}): Offered {
  const source = { kind: 'entry' as const, id: entryId, title: entryId, release: RELEASE };
  return {
    suggestion: { id: `sug_${entryId}`, text: `text ${entryId}`, confidence, source, role: fields.role ?? 'answer' },
    entryId,
    intent: fields.intent ?? entryId,
    question: `question ${entryId}`,
    policy: fields.policy ?? 'auto',
  };
}

const SELF_SERVICE = [
  { label: 'That answers it', value: 'solved' },
  { label: 'Talk to a person', value: 'human' },
];

function input(fields: Partial<DecideInput>): DecideInput {
  return {
    owner: 'bot',
    mode: 'hybrid',
    belowThreshold: 'clarify',
    thresholds,
    targetPrecision: 0.95,
    act: 'question',
    flags: [],
    wantsPerson: false,
    asks: true,
    exact: false,
    inVain: false,
    unreadMedia: false,
    questions: [],
    bestPolicy: fields.offers?.[0]?.policy,
    offers: [],
    phrase: undefined,
    angry: false,
    peak: undefined,
    full: false,
    selfService: false,
    wording: {
      clarify: 'Which?',
      person: { label: 'A person', value: 'human' },
      selfService: { text: 'This may help.', choices: SELF_SERVICE },
      full: 'Too many people wait.',
    },
    skill: 'general',
    priority: () => 5,
    choiceValue: (id) => `entry:${id}`,
    ...fields,
  };
}

/** The decision as `kind reason`, checked against its schema. */
function decided(fields: Partial<DecideInput>): string {
  const decision = Decision.parse(decide(input(fields)));
  return `${decision.kind} ${decision.reason}${decision.escalate ? ' escalate' : ''}`;
}

const AUTOMATIC: [Owner, Mode][] = [
  ['bot', 'auto'],
  ['bot', 'hybrid'],
  ['closed', 'hybrid'],
];
const WATCHED: [Owner, Mode][] = [
  ['bot', 'assist'],
  ['bot', 'shadow'],
];
const PERSONS: [Owner, Mode][] = [
  ['queue', 'auto'],
  ['agent:ann', 'hybrid'],
  ['agent:ann', 'shadow'],
];

type Row = { name: string; fields: Partial<DecideInput>; automatic: string; watched: string; persons: string };
const sure = offer('a', 0.95);
const likely = offer('a', 0.6);
const rival = offer('b', 0.45);

/** One line a row of DESIGN.md's table, one column a column of it. `*` stands for `mode_…` or `owner_…`. */
const TABLE: Row[] = [
  ...(
    [
      ['asks for a person', { act: 'ask_human' }, 'asked_for_person'],
      ['asks for a person beside a question', { flags: ['ask_human'] }, 'asked_for_person'],
      ['tapped the person button', { wantsPerson: true, asks: false, act: 'inform' }, 'asked_for_person'],
      ['safety', { flags: ['safety'], asks: false, act: 'inform' }, 'safety'],
      ['threat', { flags: ['threat', 'ask_human'] }, 'safety'],
      ['legal', { flags: ['legal', 'ask_human'] }, 'legal'],
      ['policy human without an offer', { bestPolicy: 'human' }, 'policy_human'],
    ] as const satisfies [string, object, string][]
  ).map(([name, fields, reason]) => ({
    name,
    fields: fields as Partial<DecideInput>,
    automatic: `handoff ${reason}`,
    watched: `handoff ${reason} escalate`,
    persons: `none ${reason} escalate`,
  })),
  {
    name: 'policy human with an offer',
    fields: { offers: [offer('a', 0.99, { policy: 'human' })], bestPolicy: 'human' },
    automatic: 'handoff policy_human',
    watched: 'handoff policy_human escalate',
    persons: 'suggest policy_human escalate',
  },
  ...(['acknowledge', 'inform', 'confirm', 'deny', 'close', 'greet', 'chase', 'reference'] as const).map((act) => ({
    name: `${act} without a question`,
    fields: { act, asks: false },
    automatic: 'none no_question',
    watched: 'none no_question',
    persons: 'none no_question',
  })),
  {
    name: 'a phase that the tenant has words for',
    fields: { act: 'greet', asks: false, phrase: 'Hello!' },
    automatic: 'auto_reply phase_phrase',
    watched: 'none no_question',
    persons: 'none no_question',
  },
  {
    name: 'a phrase is not said to an attempt at steering',
    fields: { act: 'greet', asks: false, phrase: 'Hello!', flags: ['injection'] },
    automatic: 'none no_question',
    watched: 'none no_question',
    persons: 'none no_question',
  },
  {
    name: 'media alone that nobody has looked at',
    fields: { act: 'reference', asks: false, unreadMedia: true, phrase: 'Hello!' },
    automatic: 'handoff needs_person',
    watched: 'handoff needs_person',
    persons: 'none needs_person',
  },
  {
    name: 'confident',
    fields: { offers: [sure, rival] },
    automatic: 'auto_reply confident',
    watched: 'suggest *',
    persons: 'suggest *',
  },
  {
    name: 'confident that a fact must be asked for',
    fields: { offers: [offer('a', 0.95, { role: 'ask' })] },
    automatic: 'auto_reply needs_fact',
    watched: 'suggest *',
    persons: 'suggest *',
  },
  {
    name: 'confident, but which answer holds is not known',
    fields: { offers: [offer('a', 0.95, { role: 'variant' })] },
    automatic: 'handoff needs_fact',
    watched: 'suggest *',
    persons: 'suggest *',
  },
  {
    name: 'confident, policy assist',
    fields: { offers: [offer('a', 0.95, { policy: 'assist' })] },
    automatic: 'handoff policy_assist',
    watched: 'suggest *',
    persons: 'suggest *',
  },
  {
    name: 'confident beside media that nobody has looked at',
    fields: { offers: [sure], unreadMedia: true },
    automatic: 'handoff needs_person',
    watched: 'suggest *',
    persons: 'suggest *',
  },
  {
    name: 'confident, with an attempt at steering',
    fields: { offers: [sure], flags: ['injection'] },
    automatic: 'handoff needs_person',
    watched: 'suggest *',
    persons: 'suggest *',
  },
  {
    name: 'an exact match below the ranking threshold',
    fields: { offers: [offer('a', 0.96)], exact: true, thresholds: { autoReply: 1.01, suggest: 0.4 } },
    automatic: 'auto_reply confident',
    watched: 'suggest *',
    persons: 'suggest *',
  },
  {
    name: 'competing',
    fields: { offers: [likely, rival] },
    automatic: 'clarify competing',
    watched: 'suggest *',
    persons: 'suggest *',
  },
  {
    name: 'several questions at once, one of them sure',
    fields: { offers: [sure, offer('b', 0.8)], questions: [[sure], [offer('b', 0.8)]] },
    automatic: 'clarify competing',
    watched: 'suggest *',
    persons: 'suggest *',
  },
  {
    name: 'several questions at once, all of them sure',
    fields: { offers: [sure], questions: [[sure], [offer('b', 0.95)]] },
    automatic: 'auto_reply confident',
    watched: 'suggest *',
    persons: 'suggest *',
  },
  {
    name: 'several questions at once, one of them without an answer',
    fields: { offers: [sure], questions: [[sure], []] },
    automatic: 'handoff below_threshold',
    watched: 'suggest *',
    persons: 'suggest *',
  },
  {
    name: 'below the threshold, to be clarified',
    fields: { offers: [likely] },
    automatic: 'clarify below_threshold',
    watched: 'suggest *',
    persons: 'suggest *',
  },
  {
    name: 'below the threshold, to be handed off',
    fields: { offers: [likely], belowThreshold: 'handoff' },
    automatic: 'handoff below_threshold',
    watched: 'suggest *',
    persons: 'suggest *',
  },
  {
    name: 'two answers of one intent do not compete',
    fields: { offers: [likely, offer('b', 0.55, { intent: 'a' })], belowThreshold: 'handoff' },
    automatic: 'handoff below_threshold',
    watched: 'suggest *',
    persons: 'suggest *',
  },
  {
    name: 'a distant second does not compete',
    fields: { offers: [offer('a', 0.89), offer('b', 0.41)], belowThreshold: 'handoff' },
    automatic: 'handoff below_threshold',
    watched: 'suggest *',
    persons: 'suggest *',
  },
  {
    name: 'asks for a person where an answer is shown first',
    fields: { act: 'ask_human', offers: [sure], selfService: true },
    automatic: 'clarify self_service escalate',
    watched: 'handoff asked_for_person escalate',
    persons: 'suggest asked_for_person escalate',
  },
  ...(
    [
      ['the answer is not sure', { offers: [likely] }],
      ['a fact is missing', { offers: [offer('a', 0.95, { role: 'ask' })] }],
      ['which answer holds is not known', { offers: [offer('a', 0.95, { role: 'variant' })] }],
      ['the answer is a person’s', { offers: [offer('a', 0.95, { policy: 'assist' })] }],
      ['the customer is angry', { offers: [sure], angry: true }],
      ['something was not looked at', { offers: [sure], unreadMedia: true }],
      ['it is one of several questions', { offers: [sure], questions: [[sure], [sure]] }],
    ] as const satisfies [string, object][]
  ).map(([name, fields]) => ({
    name: `asks for a person where an answer would be shown first, but ${name}`,
    fields: { ...fields, act: 'ask_human', selfService: true } as Partial<DecideInput>,
    automatic: 'handoff asked_for_person',
    watched: 'handoff asked_for_person escalate',
    persons: 'suggest asked_for_person escalate',
  })),
  ...(['safety', 'legal'] as const).map((flag) => ({
    name: `${flag} is never served by an answer, nor turned away`,
    fields: { act: 'ask_human' as const, flags: [flag], offers: [sure], selfService: true, full: true },
    automatic: `handoff ${flag}`,
    watched: `handoff ${flag} escalate`,
    persons: `suggest ${flag} escalate`,
  })),
  {
    name: 'asks for a person where nobody can be queued',
    fields: { act: 'ask_human', full: true },
    automatic: 'auto_reply queue_full escalate',
    watched: 'auto_reply queue_full escalate',
    persons: 'none asked_for_person escalate',
  },
  {
    name: 'nothing fits where nobody can be queued',
    fields: { full: true },
    automatic: 'auto_reply queue_full escalate',
    watched: 'auto_reply queue_full escalate',
    persons: 'none nothing_fits',
  },
  ...(['question', 'request', 'complain'] as const).map((act) => ({
    name: `${act} that nothing fits`,
    fields: { act },
    automatic: 'handoff nothing_fits',
    watched: 'handoff nothing_fits',
    persons: 'none nothing_fits',
  })),
];

describe.each(TABLE)('$name', ({ fields, automatic, watched, persons }) => {
  test.each(AUTOMATIC)('owner %s, mode %s', (owner, mode) => {
    expect(decided({ ...fields, owner, mode })).toBe(automatic);
  });
  test.each(WATCHED)('owner %s, mode %s', (owner, mode) => {
    expect(decided({ ...fields, owner, mode })).toBe(watched.replace('*', `mode_${mode}`));
  });
  test.each(PERSONS)('owner %s, mode %s', (owner, mode) => {
    expect(decided({ ...fields, owner, mode })).toBe(
      persons.replace('*', owner === 'queue' ? 'owner_queue' : 'owner_agent'),
    );
  });
});

/** One line a case, one column a mode; whatever the mode, owners other than the bot are as without a peak. */
describe.each([
  ['a topic, sure', { offers: [sure], peak: 'topic' }, 'auto_reply confident', 'auto_reply confident'],
  [
    'a topic, a fact is missing',
    { offers: [offer('a', 0.95, { role: 'ask' })], peak: 'topic' },
    'auto_reply needs_fact',
    'auto_reply needs_fact',
  ],
  ['a topic, unsure', { offers: [likely], peak: 'topic' }, 'clarify below_threshold', 'handoff mode_assist'],
  [
    'a topic whose answer is a person’s',
    { offers: [offer('a', 0.95, { policy: 'assist' })], peak: 'topic' },
    'handoff policy_assist',
    'handoff mode_assist',
  ],
  ['something else, sure', { offers: [sure], peak: 'other' }, 'auto_reply confident', 'handoff mode_assist'],
  [
    'a topic, but a person is asked for',
    { act: 'ask_human', offers: [sure], peak: 'topic' },
    'handoff asked_for_person',
  ],
] as [string, Partial<DecideInput>, string, string?][])('at a peak: %s', (_, fields, hybrid, assist) => {
  test('mode hybrid', () => {
    expect(decided({ ...fields, mode: 'hybrid' })).toBe(hybrid);
  });
  test('mode assist', () => {
    expect(decided({ ...fields, mode: 'assist' })).toBe(assist ?? `${hybrid} escalate`);
  });
  test.each([
    ['shadow', 'bot'],
    ['assist', 'queue'],
    ['assist', 'agent:ann'],
  ] as const)('mode %s, owner %s: as without', (mode, owner) => {
    expect(decided({ ...fields, mode, owner })).toBe(decided({ ...fields, mode, owner, peak: undefined }));
  });
});

describe('what a decision carries', () => {
  test('an answer shown first: the tenant’s words, the answer, and a button that is plainly a person', () => {
    const { reply, choices } = decide(input({ act: 'ask_human', offers: [sure], selfService: true }));
    expect(reply).toEqual({ text: 'This may help.\ntext a', suggestionId: 'sug_a' });
    expect(choices).toEqual(SELF_SERVICE);
  });

  test('a refusal: its words, no skill, no priority', () => {
    const refused = decide(input({ act: 'ask_human', full: true }));
    expect(refused.reply).toEqual({ text: 'Too many people wait.' });
    expect([refused.skill, refused.priority]).toEqual([undefined, undefined]);
  });

  test('who waits and grows angry: a priority, whatever they say', () => {
    const angry = { angry: true, priority: () => 7, asks: false, act: 'inform' } as const;
    expect(decide(input({ ...angry, owner: 'queue' }))).toMatchObject({ kind: 'none', escalate: false, priority: 7 });
    expect(decide(input({ ...angry, owner: 'agent:ann' })).priority).toBeUndefined();
    expect(decide(input({ ...angry, owner: 'bot' })).priority).toBeUndefined();
  });

  test('an automatic reply: the text, its suggestion and attachments', () => {
    const withFile = { ...sure, suggestion: { ...sure.suggestion, attachments: ['guide.pdf'] } };
    expect(decide(input({ offers: [withFile] })).reply).toEqual({
      text: 'text a',
      suggestionId: 'sug_a',
      attachments: ['guide.pdf'],
    });
  });

  test('competing: a button for each entry, at most four', () => {
    const offers = ['a', 'b', 'c', 'd', 'e'].map((id) => offer(id, 0.5));
    const { choices, reply } = decide(input({ offers }));
    expect(reply).toEqual({ text: 'Which?' });
    expect(choices?.map((choice) => choice.value)).toEqual(['entry:a', 'entry:b', 'entry:c', 'entry:d']);
    expect(choices?.[0]?.label).toBe('question a');
  });

  test('unsure of one: that one, or a person', () => {
    expect(decide(input({ offers: [likely] })).choices).toEqual([
      { label: 'question a', value: 'entry:a' },
      { label: 'A person', value: 'human' },
    ]);
  });

  test('a hand-off and an escalation: skill and priority of their reason', () => {
    const priority = (reason: string) => (reason === 'safety' ? 9 : 5);
    const fields = { flags: ['safety'] as const, skill: 'complaints', priority };
    expect(decide(input(fields))).toMatchObject({ kind: 'handoff', skill: 'complaints', priority: 9 });
    expect(decide(input({ ...fields, owner: 'agent:ann' }))).toMatchObject({ skill: 'complaints', priority: 9 });
    expect(decide(input({ offers: [sure] }))).not.toHaveProperty('skill');
  });

  test('the thresholds it was measured by', () => {
    expect(decide(input({})).thresholds).toEqual(thresholds);
  });
});
