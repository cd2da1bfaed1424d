import { Assist, type Suggestion } from '../../lib/domain/assist.ts';
import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import { Message } from '../../lib/domain/message.ts';

const AT = '2026-11-21T09:30:00.000Z';

export function message(id: string, type: 'customer' | 'agent' | 'bot', text: string, more: object = {}): Message {
  const author = { type, id: type, ...(type === 'customer' ? { name: '林小满' } : {}) };
  return Message.parse({ id, author, text, parts: [{ kind: 'text', text }], at: AT, ...more });
}

export function suggestion(id: string, text: string, more: object = {}): Suggestion {
  const source = { kind: 'entry', id: 'order.cancel', answer: 0, title: '怎么取消订单', release: 'rel_1' };
  return { id, text, confidence: 0.91, source, ...more } as Suggestion;
}

/** An assist as the engine would give it; checked by its own schema, so the page is tested on what it will get. */
export function assist(conversationId: string, more: object = {}): Assist {
  return Assist.parse({
    id: 'ast_1',
    conversationId,
    turnId: 'trn_1',
    messageIds: ['m1'],
    revision: 1,
    customerSeq: 1,
    createdAt: AT,
    release: 'rel_1',
    replay: 'rpl_1',
    degraded: [],
    understanding: {
      language: 'zh',
      act: 'request',
      intent: { name: 'order.cancel', confidence: 0.93 },
      alternatives: [{ name: 'order.change_address', confidence: 0.03 }],
      questions: [],
      entities: [{ type: 'order_number', text: 'CC2026111900417', start: 4, end: 19, value: 'CC2026111900417' }],
      sentiment: { label: 'negative', score: -0.6, angry: false },
      flags: [],
    },
    suggestions: [
      suggestion('sug_1', '亲，订单已经发出，可以在收到时拒收，退款会在一到三天内原路退回哦～', {
        condition: 'order.status = shipped',
      }),
      suggestion('sug_2', '亲，请问是哪一个订单需要取消呢？', { confidence: 0.72, role: 'ask' }),
      suggestion('sug_3', '亲，未发货的订单可以在“我的订单”里直接取消。', {
        confidence: 0.44,
        role: 'variant',
        condition: 'order.status = paid',
      }),
    ],
    next: { phase: 'hold', text: '亲，正在为您核实，请稍等～' },
    cards: [
      {
        productId: 'p1006',
        title: '逐风缓震跑步鞋',
        price: { amount: '369.00', currency: 'CNY' },
        imageUrl: "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E",
        url: 'https://shop.example/p/p1006',
        inStock: true,
        reason: 'viewed',
        score: 0.8,
        factsAt: AT,
      },
    ],
    order: {
      number: 'CC2026111900417',
      known: true,
      likely: [{ entryId: 'order.cancel', question: '怎么取消订单' }],
    },
    decision: {
      kind: 'suggest',
      reason: 'mode_assist',
      escalate: false,
      thresholds: { autoReply: 0.87, suggest: 0.35 },
    },
    timings: { understandMs: 0.6, totalMs: 3.1 },
    ...more,
  });
}

type Head = ConversationDetail['head'];

export function head(id: string, more: Partial<Head> = {}): Head {
  const conversationId = id as Head['id'];
  return {
    id: conversationId,
    conversationId,
    version: 1,
    owner: 'bot',
    epoch: 0,
    customerSeq: 1,
    botSeq: 0,
    customerName: '林小满',
    createdAt: AT,
    updatedAt: AT,
    disclosed: false,
    undelivered: 0,
    lastText: '帮我取消订单 CC2026111900417',
    lastAuthor: 'customer',
    ...more,
  };
}

export function conversation(id: string, more: Partial<ConversationDetail> = {}): ConversationDetail {
  return {
    head: head(id),
    messages: [message('m1', 'customer', '帮我取消订单 CC2026111900417')],
    assists: [assist(id)],
    customer: {
      id: 'cust-lin' as NonNullable<ConversationDetail['customer']>['id'],
      name: '林小满',
      updatedAt: AT,
      orders: [
        {
          number: 'CC2026111900417',
          status: 'shipped',
          paymentMethod: 'online',
          placedAt: '2026-11-19T10:12:40+08:00',
          shippedAt: '2026-11-20T16:40:00+08:00',
          items: [{ productId: 'p1006', title: '逐风缓震跑步鞋 橙白 42码', quantity: 1, price: '369.00' }],
          shipment: {
            carrier: '迅达快递',
            trackingNumber: 'XD7702611203345',
            status: 'in_transit',
            lastEvent: '11月21日 08:15 快件已到达杭州转运中心',
            eta: '11月22日',
          },
        },
      ],
    },
    ...more,
  };
}
