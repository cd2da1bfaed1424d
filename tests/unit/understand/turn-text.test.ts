import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TEXT, turnText } from '../../../lib/assist/understand/turn-text.ts';
import type { Part } from '../../../lib/domain/message.ts';

const text = (...texts: string[]): Part[] => texts.map((one) => ({ kind: 'text', text: one }));

describe('turn text', () => {
  it('joins Chinese fragments as if they had been one line', () => {
    expect(turnText(text('我的快递', '到哪里了')).text).toBe('我的快递到哪里了');
    expect(turnText(text('我要退货，', '怎么退')).text).toBe('我要退货，怎么退');
  });

  it('puts a space between words of other scripts', () => {
    expect(turnText(text('where is', 'my order')).text).toBe('where is my order');
  });

  it('reads a line split anywhere as it reads the whole line', () => {
    const han = fc.string({ unit: fc.constantFrom(...'我要退货怎么办快递到哪了，。？'), minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(han, fc.nat(), (line, at) => {
        const cut = 1 + (at % (line.length - 1));
        const [first, second] = [line.slice(0, cut), line.slice(cut)];
        fc.pre(first !== second);
        expect(turnText(text(first, second)).text).toBe(turnText(text(line)).text);
      }),
    );
  });

  it('counts identical repeats in a row once', () => {
    expect(turnText(text('在吗', '在吗', '退货', '在吗')).text).toBe('在吗退货在吗');
  });

  it('counts transcripts as words, and says when media has none', () => {
    const spoken = turnText([{ kind: 'voice', transcript: '怎么退货' }]);
    expect(spoken).toMatchObject({ words: '怎么退货', unreadMedia: false });
    expect(turnText([{ kind: 'image', url: 'https://img.example/1.png' }])).toMatchObject({
      words: '',
      unreadMedia: true,
    });
    expect(turnText([{ kind: 'image', transcript: '  ' }]).unreadMedia).toBe(true);
  });

  it('keeps the order number of a card, after the words', () => {
    const turn = turnText([
      { kind: 'order_card', orderNumber: 'A-1001', text: 'Order A-1001, paid' },
      ...text('到哪了'),
    ]);
    expect(turn).toMatchObject({ text: '到哪了 A-1001', words: '到哪了', orders: ['A-1001'] });
  });

  it.each([
    ['[订单编号:31302109,订单金额:99.00,下单时间:2026-05-03 12:30:00]', '', ['31302109']],
    ['咨询订单号:31302109 订单金额:99.00 下单时间:2026-05-03 12:30:00 能便宜点吗', '能便宜点吗', ['31302109']],
    ['31302109 是我的订单', '31302109 是我的订单', []],
    ['订单号：31302109，什么时候到', '订单号：31302109，什么时候到', []],
  ])('takes a client’s automatic order text for a card: %s', (line, words, orders) => {
    expect(turnText(text(line))).toMatchObject({ words, orders });
  });

  it.each([
    '我正在浏览这个商品 https://shop.example/1',
    '发自我的手机',
    '某某快递(移动端)',
    'I am viewing this product: Kettle',
  ])('strips what a client typed by itself: %s', (line) => {
    expect(turnText(text(line, '有货吗')).words).toBe('有货吗');
  });

  it('tells products, tapped buttons, stickers and links', () => {
    const turn = turnText([
      { kind: 'product_card', productId: 'p1' },
      { kind: 'product_card', productId: 'p1' },
      { kind: 'button', text: '怎么退货', value: 'entry:return.how' },
      { kind: 'sticker' },
      { kind: 'link', url: 'https://shop.example/2' },
    ]);
    expect(turn).toMatchObject({
      products: ['p1'],
      tapped: ['entry:return.how'],
      sticker: true,
      link: true,
      words: '怎么退货',
    });
  });

  it('reads at most 4,000 characters and never half a character', () => {
    const turn = turnText(text(`${'好'.repeat(MAX_TEXT - 1)}😀😀`));
    expect(turn.text.length).toBeLessThanOrEqual(MAX_TEXT);
    expect(turn.text.isWellFormed()).toBe(true);
    expect(turnText(text('a'.repeat(3_000), 'b'.repeat(3_000))).text.length).toBe(MAX_TEXT);
  });
});
