import { Webhook } from 'standardwebhooks';
import { beforeEach, describe, expect, test } from 'vitest';
import { newestCard } from '../../console/card-store.ts';
import { coalesce } from '../../console/coalesce.ts';
import { conditionWords } from '../../console/condition-words.ts';
import { offeredChoices } from '../../console/customer/choices.ts';
import { pieces } from '../../console/customer/pieces.ts';
import { envelope, sign } from '../../console/customer/webhook.ts';
import { EMPTY_DRAFT, insert, typed } from '../../console/draft.ts';
import { entityWords } from '../../console/entity-words.ts';
import { createHold } from '../../console/hold.ts';
import { command } from '../../console/keyboard.ts';
import { KEYS } from '../../console/keys.ts';
import { retryDelay, socketUrl } from '../../console/live.ts';
import { pointWords } from '../../console/point-words.ts';
import { titlesOf } from '../../console/product-titles.ts';
import { safeImage, safeLink } from '../../console/safe-url.ts';
import { startSession } from '../../console/session.ts';
import { visibleGroups, visibleReplies } from '../../console/visible.ts';
import { en } from '../../console/words/en.ts';
import { fill, language } from '../../console/words/words.ts';
import { zh } from '../../console/words/zh.ts';
import { everySuggestion } from '../../lib/domain/assist.ts';
import { InboundEvent } from '../../lib/domain/event.ts';
import { assist, conversation, message, suggestion } from '../support/desk-fixtures.ts';
import { SECRET } from '../support/fake-desk-api.ts';

beforeEach(() => {
  language.value = 'en';
});

describe('a held card', () => {
  function held() {
    const timers: { at: number; run: () => void }[] = [];
    const shown: string[] = [];
    let now = 1_000;
    const hold = createHold<string>(
      { now: () => now, later: (run, ms) => timers.push({ at: now + ms, run }) },
      (value) => shown.push(value),
      () => undefined,
    );
    const pass = (ms: number) => {
      now += ms;
      for (const timer of timers.splice(0)) timer.at <= now ? timer.run() : timers.push(timer);
    };
    return { hold, shown, pass };
  }

  test('is shown at once when nothing touches it', () => {
    const { hold, shown } = held();
    hold.offer('one');
    expect(shown).toEqual(['one']);
  });

  test('waits under the pointer, and only the newest is shown when it leaves', () => {
    const { hold, shown } = held();
    hold.pointer(true);
    hold.offer('one');
    hold.offer('two');
    expect(shown).toEqual([]);
    hold.pointer(false);
    expect(shown).toEqual(['two']);
  });

  test('waits for 300 ms after a key', () => {
    const { hold, shown, pass } = held();
    hold.keyPressed();
    hold.offer('one');
    pass(200);
    hold.keyPressed();
    pass(250);
    expect(shown).toEqual([]);
    pass(100);
    expect(shown).toEqual(['one']);
  });

  test('never outlives its conversation', () => {
    const { hold, shown } = held();
    hold.pointer(true);
    hold.offer('old');
    hold.replace('new conversation');
    hold.pointer(false);
    expect(shown).toEqual(['new conversation']);
  });
});

describe('the newest card', () => {
  const decision = assist('c').decision;

  test('is of the latest turn, then of the latest revision, whatever the order', () => {
    const cards = [
      assist('c', { id: 'ast_new', customerSeq: 9, revision: 2 }),
      assist('c', { id: 'ast_old', customerSeq: 3, revision: 7 }),
      assist('c', { id: 'ast_new', customerSeq: 9, revision: 1 }),
    ];
    expect(newestCard(cards)).toBe(cards[0]);
    expect(newestCard([])).toBeUndefined();
  });

  test('is none while Cuecard only watches', () => {
    const shadow = assist('c', { customerSeq: 2, decision: { ...decision, kind: 'none', reason: 'mode_shadow' } });
    expect(newestCard([assist('c'), shadow])).toBeUndefined();
  });
});

describe('choices to tap', () => {
  const choices = [
    { label: '取消订单', value: '怎么取消订单' },
    { label: '转人工', value: '转人工' },
  ];
  const clarified = assist('c', {
    decision: {
      ...assist('c').decision,
      kind: 'clarify',
      reason: 'competing',
      reply: { text: '您想问哪一个？' },
      choices,
    },
  });

  test('are the clarification’s while its question stands, also behind the bot’s first words', () => {
    const asked = message('bot:1', 'bot', '我是智能助手。\n您想问哪一个？');
    expect(offeredChoices([asked], [clarified])).toEqual(choices);
  });

  test('go when somebody has spoken since, or when the bot said something else', () => {
    const asked = message('bot:1', 'bot', '您想问哪一个？');
    expect(offeredChoices([asked, message('m2', 'customer', '取消')], [clarified])).toEqual([]);
    expect(offeredChoices([message('bot:2', 'bot', '已发货')], [clarified])).toEqual([]);
  });
});

describe('rereading', () => {
  test('runs once at a time, and once more for all that was asked meanwhile', async () => {
    const ends: (() => void)[] = [];
    let running = 0;
    let most = 0;
    const reread = coalesce(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => ends.push(resolve));
      running -= 1;
    });
    const asked = [reread(), reread(), reread(), reread()];
    while (ends.length > 0 || running > 0) {
      ends.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
      if (ends.length === 0 && running === 0) break;
    }
    await Promise.all(asked);
    expect(most).toBe(1);
  });

  test('goes on after a failure', async () => {
    let runs = 0;
    const reread = coalesce(async () => {
      runs += 1;
      if (runs === 1) throw new Error('down');
    });
    const [first, second] = await Promise.allSettled([reread(), reread()]);
    expect([first?.status, second?.status, runs]).toEqual(['rejected', 'fulfilled', 2]);
  });
});

describe('a draft', () => {
  const origin = { assistId: 'ast_1', suggestionId: 'sug_1', text: '好的' };

  test('a second suggestion replaces the first while it is untouched', () => {
    const one = insert(EMPTY_DRAFT, { kind: 'suggestion', text: 'first', origin });
    expect(insert(one, { kind: 'suggestion', text: 'second' }).text).toBe('second');
  });

  test('what the agent wrote is kept', () => {
    const written = typed(insert(EMPTY_DRAFT, { kind: 'suggestion', text: 'first', origin }), 'first, edited');
    const both = insert(written, { kind: 'suggestion', text: 'second' });
    expect(both.text).toBe('first, edited second');
    expect(insert(typed(EMPTY_DRAFT, '您好，'), { kind: 'suggestion', text: '已发货' }).text).toBe('您好，已发货');
  });

  test('a phrase goes with a suggestion, and an emptied draft forgets its source', () => {
    const greeting = insert(EMPTY_DRAFT, { kind: 'phrase', text: '亲～' });
    const both = insert(greeting, { kind: 'suggestion', text: '已发货', origin });
    expect(both.text).toBe('亲～已发货');
    expect(both.origin).toEqual(origin);
    expect(typed(both, '').origin).toBeUndefined();
  });
});

describe('the replies on a card', () => {
  const { understanding } = assist('c');
  const asking = (counts: readonly (number | undefined)[]) =>
    assist('c', {
      understanding: {
        ...understanding,
        questions: counts.map((count, q) => ({
          text: `question ${q}`,
          intent: { name: 'order.cancel', confidence: 0.9 },
          ...(count === undefined
            ? {}
            : { suggestions: Array.from({ length: count }, (_, n) => suggestion(`sug_${q}_${n}`, `${q} ${n}`)) }),
        })),
      },
    });

  test('stand question by question, every one with a key of its own', () => {
    const ids = (counts: readonly number[]) => visibleReplies(asking(counts)).map(({ id }) => id);
    expect(ids([2, 0, 1])).toEqual(['sug_0_0', 'sug_0_1', 'sug_2_0']);
    expect(visibleGroups(asking([2, 0, 1])).map(({ first }) => first)).toEqual([0, 2, 2]);
    expect(ids([3, 3, 3, 3])).toHaveLength(8);
    expect(ids([3, 3, 3, 3, 3])).toEqual(['sug_0_0', 'sug_1_0', 'sug_2_0', 'sug_3_0', 'sug_4_0']);
  });

  test('are the card’s own where one thing is asked, or where no question brings any', () => {
    for (const counts of [[], [2], [undefined, undefined]]) {
      expect(visibleReplies(asking(counts)).map(({ id }) => id)).toEqual(['sug_1', 'sug_2', 'sug_3']);
    }
  });

  test('can all be drafted from and sent, each once', () => {
    const all = everySuggestion(asking([2, 1])).map(({ id }) => id);
    expect(all).toEqual(['sug_1', 'sug_2', 'sug_3', 'sug_0_0', 'sug_0_1', 'sug_1_0']);
    expect(everySuggestion(assist('c'))).toEqual(assist('c').suggestions);
  });
});

describe('keys', () => {
  const plain = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, inText: false };
  const asked = (found: ReturnType<typeof command>) =>
    found === undefined ? undefined : { meaning: found.key.meaning, place: found.place };
  const press = (key: string, code: string, more: object = {}) =>
    asked(command({ ...plain, key, code, ...more }, true));

  test('digits insert outside text fields, with Alt anywhere', () => {
    expect(press('1', 'Digit1')).toEqual({ meaning: 'helpInsert', place: 0 });
    expect(press('1', 'Digit1', { inText: true })).toBeUndefined();
    expect(press('¡', 'Digit1', { inText: true, altKey: true })).toEqual({ meaning: 'helpInsert', place: 0 });
    expect(press('0', 'Numpad0')).toMatchObject({ meaning: 'helpPhrase' });
  });

  test('with Shift they draft, except on keyboards that type digits with Shift', () => {
    expect(press('!', 'Digit1', { shiftKey: true })).toEqual({ meaning: 'helpDraft', place: 0 });
    expect(press('1', 'Digit1', { shiftKey: true })).toEqual({ meaning: 'helpInsert', place: 0 });
    expect(press('!', 'Digit1', { shiftKey: true, inText: true })).toBeUndefined();
    expect(press('⁄', 'Digit1', { shiftKey: true, altKey: true, inText: true })).toEqual({
      meaning: 'helpDraft',
      place: 0,
    });
  });

  test('the browser keeps its own', () => {
    expect(press('1', 'Digit1', { ctrlKey: true })).toBeUndefined();
    expect(press('k', 'KeyK', { metaKey: true })).toBeUndefined();
  });

  test('what the help says, a press does: one list, each key once, each worded', () => {
    const pressed = KEYS.flatMap(({ keys, run }) => (run === undefined ? [] : keys)).filter((key) => key.length === 1);
    expect(new Set(pressed).size).toBe(pressed.length);
    for (const key of pressed) expect(press(key, '')?.meaning ?? press(key, `Digit${key}`)?.meaning).toBeDefined();
    const say: Record<string, string> = { ...en.ui, ...en.desk };
    expect(KEYS.filter(({ meaning }) => (say[meaning] ?? '') === '')).toEqual([]);
  });

  test('single keys can be switched off', () => {
    const off = { ...plain, key: '?', code: 'Slash', shiftKey: true };
    expect(asked(command(off, true))).toEqual({ meaning: 'helpHelp', place: 0 });
    expect(command(off, false)).toBeUndefined();
  });
});

describe('the played customer', () => {
  test('signs as Standard Webhooks asks, with a body that the platform accepts', async () => {
    const at = new Date();
    const part = { kind: 'order_card' as const, orderNumber: 'CC1' };
    const body = envelope(
      { conversationId: 'play-1', messageId: 'msg-1', customer: { id: 'cust-1' }, parts: [part] },
      at,
    );
    const timestamp = Math.floor(at.getTime() / 1000);
    const headers = {
      'webhook-id': 'msg-1',
      'webhook-timestamp': String(timestamp),
      'webhook-signature': await sign(SECRET, 'msg-1', timestamp, body),
    };
    expect(InboundEvent.safeParse(new Webhook(SECRET).verify(body, headers)).success).toBe(true);
  });

  test('writes in pieces as people do', () => {
    expect(pieces('在吗\n我的快递呢？三天了')).toEqual(['在吗', '我的快递呢？', '三天了']);
    expect(pieces('Hi. Where is my parcel?  It is late')).toEqual(['Hi.', 'Where is my parcel?', 'It is late']);
    expect(pieces('it costs 3.50, right')).toEqual(['it costs 3.50,', 'right']);
    expect(pieces('  \n ')).toEqual([]);
  });
});

describe('the session', () => {
  const storage = (entries: [string, string][] = []) => {
    const kept = new Map(entries);
    return {
      kept,
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
  };
  const start = (hash: string, kept = storage(), browser = 'en-GB') => {
    const urls: string[] = [];
    const history = { replaceState: (_data: unknown, _unused: string, url: string) => void urls.push(url) };
    return { ...startSession({ hash, pathname: '/console', search: '' }, history, kept, browser), urls, kept };
  };

  test('comes from the fragment, which is cleared, and stays in this tab', () => {
    const first = start('#token=cc_1&tenant=demo&secret=whsec_YQ%3D%3D&lang=zh');
    expect(first.session).toEqual({ token: 'cc_1', tenant: 'demo', secret: 'whsec_YQ==' });
    expect(first.language).toBe('zh');
    expect(first.urls).toEqual(['/console']);
    expect(start('', first.kept).session).toEqual(first.session);
  });

  test('is missing without a token, and a half fragment is cleared all the same', () => {
    const { session, urls } = start('#tenant=demo');
    expect(session).toBeUndefined();
    expect(urls).toEqual(['/console']);
  });

  test('speaks the browser’s language when nothing else is known', () => {
    expect(start('', storage(), 'zh-TW').language).toBe('zh');
    expect(start('', storage(), 'fr-FR').language).toBe('en');
  });
});

describe('the live link', () => {
  test('waits longer after every failure, never longer than 30 s', () => {
    const waits = [1, 2, 3, 20].map((failures) => retryDelay(failures, () => 1));
    expect(waits).toEqual([1_000, 2_000, 4_000, 30_000]);
    expect(retryDelay(1, () => 0)).toBe(500);
  });

  test('goes where the ticket says, else to the page’s host', () => {
    const page = { protocol: 'https:', host: 'desk.example' };
    expect(socketUrl({ ticket: 'a b', url: 'ws://localhost:3001/x?y=1' }, page)).toBe(
      'ws://localhost:3001/x?y=1&ticket=a+b',
    );
    expect(socketUrl({ ticket: 't' }, page)).toBe('wss://desk.example/?ticket=t');
  });
});

describe('addresses', () => {
  test('images are https or image data, links the web', () => {
    expect(safeImage('https://shop.example/a.png')).toBe('https://shop.example/a.png');
    expect(safeImage('data:image/png;base64,AA')).toBe('data:image/png;base64,AA');
    for (const url of ['javascript:alert(1)', 'data:text/html,<script>', 'http://plain.example/a.png', '//x/y'])
      expect(safeImage(url)).toBeUndefined();
    expect(safeLink('https://shop.example')).toBe('https://shop.example');
    for (const url of ['javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd'])
      expect(safeLink(url)).toBeUndefined();
  });
});

describe('a summary’s points', () => {
  const point = (kind: 'fact' | 'mood' | 'wanted', words: string) => pointWords({ kind, text: words, messageIds: [] });

  test('made of known words are in the page’s language, others as they are', () => {
    language.value = 'zh';
    expect(point('fact', 'order_number: CC1 (shipped)')).toBe('订单号 CC1 · 已发货');
    expect(point('fact', 'size: XL')).toBe('尺码 XL');
    expect(point('fact', 'ordered twice: in May')).toBe('ordered twice: in May');
    expect(point('mood', 'angry')).toBe('生气');
    expect(point('mood', 'negative')).toBe('不满');
    expect(point('mood', 'calmer than before')).toBe('calmer than before');
    expect(point('wanted', 'size: XL')).toBe('size: XL');
    expect(point('fact', 'product: p1006')).toBe('商品 p1006');
    const { customer: _, package: __, ...open } = conversation('c', { assists: [assist('c')] });
    const shoes = { kind: 'fact' as const, text: 'product: p1006', messageIds: [] };
    expect(pointWords(shoes, titlesOf(open))).toBe('商品 逐风缓震跑步鞋');
  });
});

test('price ranges are read in words', () => {
  const range = (value: string) => entityWords('price_range', value);
  expect(['..100 USD', '9.50..20 USD', '300..', '~50 USD', 'cheap'].map(range)).toEqual([
    'up to $100.00',
    '$9.50 to $20.00',
    'from 300',
    'about $50.00',
    'cheap',
  ]);
  expect(entityWords('size', '..100')).toBe('..100');
});

describe('words', () => {
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

  test('both languages fill the same places', () => {
    for (const key of Object.keys(en.ui) as (keyof typeof en.ui)[])
      expect(places(zh.ui[key]), key).toEqual(places(en.ui[key]));
    for (const key of Object.keys(en.compare) as (keyof typeof en.compare)[])
      expect(places(zh.compare[key]), key).toEqual(places(en.compare[key]));
  });

  test('a value that looks like a place is not filled again', () => {
    expect(fill('{text} and {n}', { text: '{n}', n: 2 })).toBe('{n} and 2');
  });

  test('conditions read as a sentence in both languages', () => {
    const when = 'order.status in (delivered, completed) and order.delivered_days <= 7';
    expect(conditionWords(when)).toBe('order is delivered or completed and days since delivery <= 7');
    expect(conditionWords('time between 09:00 and 18:30')).toBe('time between 9:00 and 18:30');
    language.value = 'zh';
    expect(conditionWords(when)).toBe('订单为已签收或已完成，且签收天数 <= 7');
    expect(conditionWords('weekday != mon')).toBe('星期不是星期一');
    expect(conditionWords('not a condition')).toBe('not a condition');
  });
});
