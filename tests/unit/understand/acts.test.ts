import { describe, expect, it } from 'vitest';
import type { Line } from '../../../lib/assist/situation.ts';
import { previousMove } from '../../../lib/assist/understand/previous.ts';
import { understand } from '../../../lib/assist/understand.ts';
import type { Part } from '../../../lib/domain/message.ts';

const actOf = (text: string, before?: string, parts: Part[] = [{ kind: 'text', text }]) => {
  const history: Line[] = before === undefined ? [] : [{ author: 'agent', text: before }];
  return understand({ parts, history, knowledge: undefined, catalog: undefined }).act;
};

const HOLD = '请稍等，正在为您查询';
const ELSE = '还有别的需要我帮忙的吗？';

describe('acts', () => {
  it.each([
    ['怎么退货', undefined, 'question'],
    ['什么时候发货呀', undefined, 'question'],
    ['预计送达时间', undefined, 'question'],
    ['my card was declined', undefined, 'question'],
    ['I lost my phone', undefined, 'question'],
    ['how long does shipping take', undefined, 'question'],
    ['你好，请问安装收费吗', undefined, 'question'],
    ['上午还是下午送', '明天送到', 'question'],
    ['帮我改一下地址', undefined, 'request'],
    ['please cancel my order', 'Hello', 'request'],
    ['微信', '请问您的支付方式是？', 'inform'],
    ['13800001111', '请提供一下您的手机号', 'inform'],
    ['credit card', 'How did you pay?', 'inform'],
    ['抬头:东方贸易公司，税号9133', '请提供开票信息', 'inform'],
    ['是的', '您说的是这一款吗？', 'confirm'],
    ['好的', '帮您取消订单可以吗', 'confirm'],
    ['好的，麻烦帮我取消', '帮您取消订单可以吗', 'confirm'],
    ['yes please', 'Shall I cancel it?', 'confirm'],
    ['不是', '您说的是这一款吗？', 'deny'],
    ['not yet', 'Have you received it?', 'deny'],
    ['好的', HOLD, 'acknowledge'],
    ['嗯嗯谢谢', '已经帮您催了', 'acknowledge'],
    ['👌', HOLD, 'acknowledge'],
    ['[微笑]', HOLD, 'acknowledge'],
    ['thanks!', 'It ships tomorrow.', 'acknowledge'],
    ['没有了', ELSE, 'close'],
    ['没有了，谢谢', ELSE, 'close'],
    ['再见', '感谢您的支持', 'close'],
    ['no thanks', 'Is there anything else I can help with?', 'close'],
    ['你好', undefined, 'greet'],
    ['在吗', undefined, 'greet'],
    ['hi there', undefined, 'greet'],
    ['想问一下', undefined, 'greet'],
    ['在吗', HOLD, 'chase'],
    ['好了吗', HOLD, 'chase'],
    ['快点行不行', HOLD, 'chase'],
    ['？？？', HOLD, 'chase'],
    ['喂', HOLD, 'chase'],
    ['📦❓', HOLD, 'chase'],
    ['😡😡😡', HOLD, 'complain'],
    ['it crackles', undefined, 'complain'],
    ['吸力变小了', undefined, 'complain'],
    ['收到货了 质量不错 给好评', undefined, 'inform'],
    ['okey', HOLD, 'acknowledge'],
    ['ok的', HOLD, 'acknowledge'],
    ['tysm', HOLD, 'acknowledge'],
    ['人在吗', HOLD, 'chase'],
    ['理我一下', HOLD, 'chase'],
    ['anyone?', HOLD, 'chase'],
    ['where are you?', HOLD, 'chase'],
    ['does anyone know if it fits?', HOLD, 'question'],
    ['any update?', 'One moment please.', 'chase'],
    ['hello??', 'One moment please.', 'chase'],
    ['313021098954', undefined, 'reference'],
    ['https://shop.example/1', undefined, 'reference'],
    ['你们太垃圾了！骗子', undefined, 'complain'],
    ['收到就是坏的', '您好', 'complain'],
    ['转人工', undefined, 'ask_human'],
    ['I want to speak to a human', undefined, 'ask_human'],
  ])('%s (after %s) is %s', (text, before, act) => {
    expect(actOf(text, before)).toBe(act);
  });

  it('reads cards, pictures and stickers without words', () => {
    expect(actOf('', undefined, [{ kind: 'order_card', orderNumber: '1001' }])).toBe('reference');
    expect(actOf('', undefined, [{ kind: 'image' }])).toBe('reference');
    expect(actOf('', HOLD, [{ kind: 'sticker' }])).toBe('acknowledge');
  });

  it('takes a card with a question for the question', () => {
    const parts: Part[] = [
      { kind: 'order_card', orderNumber: '1001' },
      { kind: 'text', text: '到哪了' },
    ];
    expect(actOf('', undefined, parts)).toBe('question');
  });
});

describe('"hello?" to a person who is at it asks where they are', () => {
  const told: Line[] = [
    { author: 'customer', text: 'how do I return it' },
    { author: 'agent', text: 'Within seven days.' },
  ];
  const queued: Line[] = [
    { author: 'customer', text: '怎么退货' },
    { author: 'bot', text: '正在为您转接人工客服' },
  ];
  const greeted: Line[] = [{ author: 'agent', text: 'Hello! How can I help you?' }];
  const ended: Line[] = [...told, { author: 'agent', text: 'Thanks for contacting us, goodbye.' }];
  it.each([
    ['hello?', told, 'agent:ann', 'chase'],
    ['你好？', told, 'agent:ann', 'chase'],
    ['hello', told, 'agent:ann', 'greet'],
    ['hello?', told, 'bot', 'greet'],
    ['hello?', greeted, 'agent:ann', 'greet'],
    ['hello?', ended, 'agent:ann', 'greet'],
    ['hello?', [], 'agent:ann', 'greet'],
    ['你好', queued, 'queue', 'chase'],
    ['你好', queued, 'agent:ann', 'chase'],
    ['hello?', queued, 'queue', 'chase'],
  ] as const)('%s', (text, history, owner, act) => {
    const parts: Part[] = [{ kind: 'text', text }];
    expect(understand({ parts, history, owner, knowledge: undefined, catalog: undefined }).act).toBe(act);
  });
});

describe('a trouble that is stated is no refusal', () => {
  it.each([
    ["I can't sign in.", 'You can see it in the app.'],
    ["I can't pay", ELSE],
    ['I can’t find it', 'Hi, Ann here.'],
    ["No, I can't sign in", 'I am sorry to hear that.'],
    ["I haven't received it", 'Is there anything else I can help with?'],
    ["it still doesn't open", 'Thanks for contacting us, goodbye.'],
    ['没法登录', '在我的页面就能看到'],
    ['登录不了', ELSE],
    ['没有，没收到', '昨天已经送到了'],
    ['不行，打不开', '感谢您的支持，再见'],
  ])('%s (after %s)', (text, before) => {
    expect(['question', 'complain', 'inform']).toContain(actOf(text, before));
  });

  it.each([
    ["I can't.", 'Could you open the link?'],
    ["no I can't", 'Could you open the link?'],
    ["I don't", 'Do you have the receipt?'],
    ['没法登录', '您现在可以登录了吗？'],
    ['不行', '帮您取消可以吗'],
    ['没有', '您收到短信了吗？'],
  ])('but it is where a question is answered: %s (after %s)', (text, before) => {
    expect(actOf(text, before)).toBe('deny');
  });
});

describe('the move before', () => {
  it.each([
    [undefined, 'none'],
    ['您好', 'greeted'],
    ['您好，请稍等', 'held'],
    ['请提供一下订单号', 'asked_fact'],
    ['What is your order number?', 'asked_fact'],
    ['帮您取消可以吗', 'asked_yes_no'],
    ['有什么可以帮您？', 'offered_help'],
    ['What seems to be the problem?', 'offered_help'],
    ['请问出现了什么问题呢', 'offered_help'],
    [ELSE, 'asked_anything_else'],
    ['感谢您的支持，祝您生活愉快，再见', 'closed'],
    ['七天内可以退货', 'told'],
  ])('%s: %s', (line, move) => {
    expect(previousMove(line)).toBe(move);
  });
});
