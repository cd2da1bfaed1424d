/** What a customer takes back: a message of theirs, sent by mistake, or a number typed wrong. Wrong goods are no such thing. */
import { describe, expect, test } from 'vitest';
import { understand } from '../../../lib/assist/understand.ts';
import type { Part } from '../../../lib/domain/message.ts';
import { meantTexts } from '../../../lib/domain/slips.ts';

const said = (...texts: string[]): Part[] => texts.map((text) => ({ kind: 'text', text }));
const reading = (parts: Part[]) => understand({ parts, history: [], knowledge: undefined, catalog: undefined });
const orders = (parts: Part[]) => reading(parts).entities.map(({ value }) => value);

describe('a message sent by mistake goes, and the word that it was', () => {
  test.each([
    [['不好意思发错了，怎么退货'], ['怎么退货']],
    [['不好意思发错了我想问怎么退货'], ['我想问怎么退货']],
    [['晚上吃什么', '不好意思发错了', '我的快递到哪了'], ['我的快递到哪了']],
    [['手滑发错了'], []],
    [['抱歉，发错图了'], []],
    [['发错人了'], []],
    [['不好意思傳錯了'], []],
    [['打错字了', '什么时候发货'], ['什么时候发货']],
    [['怎么退货', '当我没说', '怎么换货'], ['怎么换货']],
    [['dinner at 8?', 'sorry, wrong chat', 'where is my order?'], ['where is my order?']],
    [['sorry, wrong one. how do I return it?'], ['how do I return it?']],
    [['sorry wrong chat 😅'], []],
    [['Oops that was meant for my wife'], []],
    [['how much is it', 'please ignore my last message'], []],
    [['313021098954', '打错了，是313021098955'], ['313021098955']],
    [['313021098954', 'sorry wrong one', '313021098955'], ['313021098955']],
  ])('%j', (texts, left) => {
    expect(meantTexts(texts).filter((text) => text !== undefined)).toEqual(left);
  });

  test('a picture before it, too', () => {
    const parts: Part[] = [{ kind: 'image', url: 'https://img.example/1.png' }, ...said('不好意思发错图了')];
    expect(meantTexts(['', '不好意思发错图了'])).toEqual([undefined, undefined]);
    expect(reading(parts)).toMatchObject({ act: 'acknowledge', entities: [], questions: [] });
  });

  test.each(['不好意思发错了', 'sorry, wrong chat'])('"%s" alone asks nothing, and nobody is blamed', (text) => {
    expect(reading(said(text))).toMatchObject({ act: 'acknowledge', sentiment: { label: 'neutral' } });
  });
});

describe('goods sent wrong are told as they were', () => {
  test.each([
    '你们发错了',
    '不好意思，你们发错了',
    '发错了',
    '发错货了',
    '寄错了',
    '颜色发错了',
    '不好意思发错货了',
    '我的货发错了',
    '收到的东西发错了吧',
    '不好意思地址写错了',
    '不好意思，拍错了',
    'you sent the wrong one',
    'wrong item',
    'sorry, wrong order came',
    'sorry but you sent the wrong item',
    'sorry, i bought the wrong one',
    'is this the wrong chat?',
    'can you scratch that surface',
  ])('%s', (text) => {
    expect(meantTexts([text])).toEqual([text]);
  });

  test.each(['你们发错了', '发错货了', '寄错了', 'you sent the wrong item'])('%s complains', (text) => {
    expect(reading(said(text)).act).toBe('complain');
  });
});

describe('of a number and its correction the correction counts', () => {
  test.each([
    '订单号313021098954，不对，是313021098955，到哪了',
    '订单313021098954打错了，应该是313021098955',
    '订单号发错了 应该是313021098955',
    '不是313021098954，是313021098955',
    '313021098954 不好意思 313021098955',
    'order 313021098954, sorry I mean 313021098955, where is it',
    'order 313021098954 no wait 313021098955',
    'not 313021098954 but 313021098955',
  ])('%s', (text) => {
    expect(orders(said(text))).toEqual(['313021098955']);
  });

  test.each([
    '313021098954和313021098955到哪了',
    '313021098954不对，313021098955也不对',
    '313021098954发错了，313021098955没收到',
    'where are 313021098954 and 313021098955?',
  ])('but two stay two: %s', (text) => {
    expect(orders(said(text))).toEqual(['313021098954', '313021098955']);
  });
});
