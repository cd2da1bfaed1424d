/** A reply that was sent already is asked about once, and what is said all day is not. */
import { describe, expect, test } from 'vitest';
import { checkOutgoing } from '../../../../lib/assist/guard/check-outgoing.ts';
import type { GuardContext, Standing } from '../../../../lib/assist/guard/types.ts';
import type { Assist } from '../../../../lib/domain/assist.ts';
import { MessageId } from '../../../../lib/domain/ids.ts';
import type { Message } from '../../../../lib/domain/message.ts';
import type { Act } from '../../../../lib/domain/understanding.ts';

const START = Date.parse('2026-11-22T08:00:00.000Z');
const MINUTE = 60_000;

type Line = readonly [who: Message['author']['type'], text: string, more?: Partial<Message>];
/** One line a minute; the check is made a minute after the last. */
const messagesOf = (lines: readonly Line[]): Message[] =>
  lines.map(([type, text, more = {}], n) => ({
    id: MessageId.parse(`m${n}`),
    author: { type, id: type },
    text,
    parts: [],
    at: new Date(START + n * MINUTE).toISOString(),
    ...more,
  }));
type Turn = { of: number; act?: Act; intent?: string; suggested?: string };
const assistsOf = (turns: readonly Turn[]) =>
  turns.map(({ of, act = 'question', intent = 'unknown', suggested }) => ({
    messageIds: [`m${of}`],
    understanding: { act, intent: { name: intent, confidence: 0.9 }, questions: [] },
    suggestions: suggested === undefined ? [] : [{ id: 's', text: suggested }],
  })) as unknown as Assist[];

function warned(text: string, lines: readonly Line[], turns: readonly Turn[] = [], now?: number) {
  const standing: Standing = {
    messages: messagesOf(lines),
    assists: assistsOf(turns),
    now: now ?? START + lines.length * MINUTE,
  };
  const context: GuardContext = {
    language: undefined,
    shopFacts: {},
    named: [],
    spokenOf: [],
    customer: undefined,
    said: [],
    authored: [],
    standing,
  };
  return checkOutgoing(text, context);
}
const kinds = (...asked: Parameters<typeof warned>) => warned(...asked).map(({ kind }) => kind);

const REPLY = '您的包裹昨天已经发出，预计明天送到您手上';
const EN = 'Your parcel left us yesterday and arrives tomorrow.';

describe('the same reply, the customer silent since', () => {
  test('is asked about, and says how long ago and whose it was', () => {
    const [one] = warned(REPLY, [
      ['customer', '到哪了'],
      ['agent', REPLY],
    ]);
    expect(one).toMatchObject({
      kind: 'repeated',
      message: { zh: '1 分钟前发过同样的话，客户还没有再说话', en: expect.stringContaining('sent a minute ago') },
    });
    const [bots] = warned(EN, [['bot', EN]], [], START + 2 * 3_600_000);
    expect(bots?.message).toMatchObject({
      zh: expect.stringContaining('机器人2 小时前'),
      en: /^The bot sent this 2 hours/,
    });
  });

  test.each([
    ['blanks and marks', `  ${REPLY}。 `],
    ['what is not seen', [...REPLY].join('\u200b')],
    ['width', REPLY.replace('，', ',')],
  ])('is the same whatever %s', (_, text) => {
    expect(kinds(text, [['agent', REPLY]])).toEqual(['repeated']);
  });

  test('is found behind another one, and beside what else is wrong with it', () => {
    expect(
      kinds(REPLY, [
        ['agent', REPLY],
        ['agent', '还有什么可以帮您的吗'],
      ]),
    ).toEqual(['repeated']);
    const rude = `白痴，${REPLY}`;
    expect(kinds(rude, [['agent', rude]]).toSorted()).toEqual(['abusive', 'repeated']);
  });

  test('an ask for a fact is one as well', () => {
    expect(kinds('麻烦提供一下您的订单号，我帮您查一下', [['agent', '麻烦提供一下您的订单号，我帮您查一下']])).toEqual([
      'repeated',
    ]);
  });

  test.each(['您好', '好的', '请稍等', '亲，稍等一下，正在为您查询', 'One moment please', 'ok', '👍', '不客气', '1'])(
    'is let pass where it is said all day: %s',
    (text) => expect(kinds(text, [['agent', text]])).toEqual([]),
  );

  test.each<[string, Partial<Message>]>([
    ['never arrived', { delivery: 'failed' }],
    ['was dropped', { delivery: 'dropped' }],
    ['was taken back', { recalled: true }],
    ['was a notice', { notice: true }],
  ])('is let pass where the first %s', (_, more) => {
    expect(kinds(REPLY, [['agent', REPLY, more]])).toEqual([]);
  });

  test('is a reminder a day later, and another reply where a word differs', () => {
    expect(kinds(REPLY, [['agent', REPLY]], [], START + 25 * 3_600_000)).toEqual([]);
    expect(kinds(REPLY.replace('明天', '后天'), [['agent', REPLY]])).toEqual([]);
    const long = '很'.repeat(4_500);
    expect(kinds(`${long}好`, [['agent', `${long}坏`]])).toEqual([]);
  });
});

describe('the same reply behind what the customer wrote since', () => {
  const lines: readonly Line[] = [
    ['customer', '我的快递到哪了'],
    ['agent', REPLY],
    ['customer', '这件有白色的吗'],
  ];

  test('is asked about where that asks something else', () => {
    const [one] = warned(REPLY, lines, [
      { of: 0, intent: 'logistics.where' },
      { of: 2, intent: 'presale.colour' },
    ]);
    expect(one).toMatchObject({ kind: 'repeated', message: { zh: expect.stringContaining('客户后来问的是别的') } });
    expect(kinds(REPLY, lines, [{ of: 0 }, { of: 2 }])).toEqual(['repeated']);
  });

  test.each<[string, Turn]>([
    ['asks the same', { of: 2, intent: 'logistics.where' }],
    ['asks nothing', { of: 2, act: 'acknowledge' }],
    ['asks what this is suggested for', { of: 2, intent: 'presale.colour', suggested: REPLY }],
  ])('is let pass where that %s', (_, turn) => {
    expect(kinds(REPLY, lines, [{ of: 0, intent: 'logistics.where' }, turn])).toEqual([]);
  });

  test('is let pass where nobody knows what that asks, or where the reply is short or asks back', () => {
    expect(kinds(REPLY, lines)).toEqual([]);
    const turns = [
      { of: 0, intent: 'a' },
      { of: 2, intent: 'b' },
    ];
    for (const text of ['可以的，亲', '麻烦提供一下您的订单号，我好帮您查']) {
      expect(
        kinds(
          text,
          [
            ['customer', '能退吗'],
            ['agent', text],
            ['customer', '能换吗'],
          ],
          turns,
        ),
      ).toEqual([]);
    }
  });
});
