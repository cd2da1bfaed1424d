import { signal } from '@preact/signals';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { ApiError, type Here } from '../../console/api.ts';
import { awaitsAnswer, openText, saidOnlyThanks } from '../../console/awaits.ts';
import { cardKind, foldsReplies } from '../../console/desk/cards/kind.ts';
import { saidOf } from '../../console/desk/decided.ts';
import { createGuard } from '../../console/desk/guard/guard-store.ts';
import { waitingSince } from '../../console/desk/times.tsx';
import { likeliestFirst } from '../../console/desk/transfer-dialog.tsx';
import { inSight, offsetsOf } from '../../console/desk/windowed.ts';
import type { Desk } from '../../console/desk-store.ts';
import { cardsIn, EMPTY_DRAFT, insert } from '../../console/draft.ts';
import { money } from '../../console/format.ts';
import { newest, sameWhereUnchanged } from '../../console/heads.ts';
import type { Kept } from '../../console/kept.ts';
import { command, obey } from '../../console/keyboard.ts';
import { KEYS, type Key } from '../../console/keys.ts';
import { createMoves } from '../../console/moves.ts';
import { createSending, hasArrived } from '../../console/outgoing.ts';
import { createPresence } from '../../console/presence.ts';
import { createQueueStore } from '../../console/queue-store.ts';
import type { Reader } from '../../console/reader.ts';
import { createReplyDrafts } from '../../console/reply-drafts.ts';
import { createSeams } from '../../console/seams.ts';
import { sectionsOf } from '../../console/sections.ts';
import { language } from '../../console/words/words.ts';
import type { ConversationView } from '../../lib/domain/contract/desk.ts';
import type { AgentView } from '../../lib/domain/routing.ts';
import { assist, head, message } from '../support/desk-fixtures.ts';

beforeEach(() => {
  language.value = 'en';
});

const AT = '2026-11-21T09:30:00.000Z';
const handoff = (priority: number, at = AT, more: object = {}) =>
  ({ reason: 'safety', skill: 'complaints', priority, at, ...more }) as NonNullable<ConversationView['handoff']>;
const byId = (...heads: ConversationView[]) => Object.fromEntries(heads.map((one) => [one.id, one]));
const looking = { me: 'mei', seen: {}, search: '' };
const ids = (heads: Parameters<typeof sectionsOf>[0], id: string, more: object = {}) =>
  sectionsOf(heads, { ...looking, ...more })
    .find((section) => section.id === id)
    ?.items.map((one) => String(one.id));

function memoryKept(): Kept {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

describe('the list', () => {
  test('an offer to me stands apart; one to somebody else still waits', () => {
    const offer = (agentId: string) => ({ agentId, at: 1, until: 2 }) as NonNullable<ConversationView['offer']>;
    const heads = byId(
      head('mine', { owner: 'queue', offer: offer('mei') }),
      head('other', { owner: 'queue', offer: offer('lei') }),
    );
    expect(ids(heads, 'offered')).toEqual(['mine']);
    expect(ids(heads, 'waiting')).toEqual(['other']);
  });

  test.each([
    ['谢谢', true],
    ['好的 谢谢亲～', true],
    ['对了 谢谢你啊', true],
    ['great, thank you so much! 🙏', true],
    ['oh and thanks again!', true],
    ['ok', false],
    ['好的', false],
    ['谢谢 那什么时候到', false],
    ['thanks but it is still broken', false],
    ['no thanks', false],
  ])('whether nobody waits behind "%s": %s', (lastCustomerText, is) => {
    expect(saidOnlyThanks(head('c', { lastCustomerText }))).toBe(is);
    expect(waitingSince(head('c', { lastCustomerText, lastAuthor: 'customer' })) === undefined).toBe(is);
    const promise = { at: AT, dueAt: AT, text: 'one moment' };
    expect(saidOnlyThanks(head('c', { lastCustomerText, promise }))).toBe(false);
  });

  test('behind "？？" a list shows what is open', () => {
    const lastSaid = { text: '退款多久到账', seq: 1, called: true };
    expect(openText(head('c', { lastCustomerText: '？？', lastSaid }))).toBe('退款多久到账');
    expect(openText(head('c', { lastCustomerText: '好的', lastSaid: { ...lastSaid, called: false } }))).toBe('好的');
    expect(openText(head('c', { lastCustomerText: '？？' }))).toBe('？？');
  });

  test('a bot’s word about the line is no answer: who was handed over stands before who was answered', () => {
    const mine = (id: string, more: Partial<ConversationView>) => head(id, { owner: 'agent:mei', ...more });
    const told = mine('told', { lastAuthor: 'bot', handoff: handoff(5), updatedAt: AT });
    const answered = mine('answered', {
      lastAuthor: 'bot',
      handoff: handoff(5, AT, { answeredAt: Date.parse(AT) }),
      updatedAt: '2026-11-21T09:40:00.000Z',
    });
    expect([told, answered].map(awaitsAnswer)).toEqual([true, false]);
    expect(ids(byId(answered, told), 'mine')).toEqual(['told', 'answered']);
    expect(saidOnlyThanks({ ...told, lastCustomerText: 'thanks' })).toBe(false);
  });

  test('the next that needs me: not what I passed on, a mere "thanks" last', () => {
    const [openId, me, looks] = [
      signal<string | undefined>(undefined),
      signal<string | undefined>('mei'),
      signal(false),
    ];
    const heads = signal(
      byId(
        head('passed', { owner: 'queue', handoff: handoff(9, AT, { from: 'mei' }) }),
        head('waits', { owner: 'queue', handoff: handoff(3) }),
        head('thanks', { owner: 'agent:mei', lastAuthor: 'customer', lastCustomerText: 'thank you!' }),
        head('asks', { owner: 'agent:mei', lastAuthor: 'customer', lastCustomerText: 'and the fee?' }),
      ),
    );
    const lists = signal({});
    const reader = { heads, lists, followed: signal(new Set()) } as unknown as Reader;
    const list = createQueueStore({ reader, me, openId, looking: looks, kept: memoryKept() });
    const next = (except?: string) => list.needing(except)?.id;
    expect(next()).toBe('asks');
    expect(next('asks')).toBe('waits');
    heads.value = byId(...Object.values(heads.value).filter(({ id }) => !['asks', 'waits'].includes(id)));
    expect(next()).toBe('thanks');
    expect(list.isRead('waiting')).toBe(false);
    lists.value = { queue: { items: [] } };
    expect(list.isRead('waiting')).toBe(true);
  });

  test('passed on: first who is there, can do it and has a place free', () => {
    const agent = (agentId: string, more: Partial<AgentView> = {}): AgentView =>
      ({ agentId, presence: 'online', load: 0, capacity: 5, ...more }) as AgentView;
    const all = [
      agent('away', { presence: 'away' }),
      agent('other', { skills: ['presales'] }),
      agent('full', { load: 5, skills: ['aftersales'] }),
      agent('busy', { load: 3 }),
      agent('free', { load: 1, skills: ['aftersales'] }),
    ];
    expect(likeliestFirst(all, 'aftersales').map(({ agentId }) => agentId)).toEqual([
      ...['free', 'busy', 'full', 'other', 'away'],
    ]);
  });

  test('who waits stands by priority, then by whose answer is due first', () => {
    const at = Date.parse(AT);
    const heads = byId(
      head('late', { owner: 'queue', handoff: handoff(3, AT, { sla: { firstResponseBy: at + 90_000 } }) }),
      head('soon', { owner: 'queue', handoff: handoff(3, AT, { sla: { firstResponseBy: at + 30_000 } }) }),
      head('first', { owner: 'queue', handoff: handoff(9) }),
    );
    expect(ids(heads, 'waiting')).toEqual(['first', 'soon', 'late']);
  });

  test('mine: unread first, then unanswered, then what was promised soonest', () => {
    const mine = { owner: 'agent:mei', customerSeq: 3 } as const;
    const promise = { at: AT, dueAt: AT, text: '稍等' };
    const heads = byId(
      head('quiet', { ...mine, lastAuthor: 'agent' }),
      head('promised', { ...mine, lastAuthor: 'agent', promise }),
      head('read', { ...mine, lastAuthor: 'customer' }),
      head('unread', { ...mine, lastAuthor: 'customer' }),
    );
    expect(ids(heads, 'mine', { seen: { read: 3, unread: 2 } })).toEqual(['unread', 'read', 'promised', 'quiet']);
  });

  test('every word of a search has to fit somewhere', () => {
    const heads = byId(
      head('a', { customerName: 'Emma Hartley', lastText: 'where is my parcel' }),
      head('b', { customerName: 'Emma Reed', lastText: 'an invoice please' }),
    );
    expect(ids(heads, 'bot', { search: 'emma PARCEL' })).toEqual(['a']);
    const told = byId(head('c', { lastText: 'a colleague takes over', lastCustomerText: 'my cup is broken' }));
    expect(ids(told, 'bot', { search: 'cup' })).toEqual(['c']);
  });

  test('never goes back to an older version, whichever source is behind', () => {
    const [old, fresh] = [head('a', { version: 4, owner: 'queue' }), head('a', { version: 5, owner: 'agent:mei' })];
    expect(newest([{ items: [old] }], [byId(fresh)])['a']?.owner).toBe('agent:mei');
    expect(newest([{ items: [fresh] }], [byId(old)])['a']?.owner).toBe('agent:mei');
    expect(newest([{ items: [old] }, { items: [fresh] }], [])['a']?.version).toBe(5);
  });

  test('keeps the object of what has not changed, so that it is not drawn again', () => {
    const [a, b] = [head('a'), head('b')];
    const after = sameWhereUnchanged([a, b], [head('a'), head('b', { version: 2 })]);
    expect(after[0]).toBe(a);
    expect(after[1]).not.toBe(b);
  });

  test('draws every row in sight and, of many, few others', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 20, max: 130 }), { minLength: 1, maxLength: 300 }),
        fc.nat({ max: 30_000 }),
        (heights, top) => {
          const { tops, total } = offsetsOf(heights);
          const shown = new Set(inSight([...heights.keys()], heights, { top, height: 800 }).map(({ at }) => at));
          const visible = heights.flatMap((height, at) => {
            const from = tops[at] ?? 0;
            return from + height > top && from < top + 800 ? [at] : [];
          });
          expect(visible.every((at) => shown.has(at))).toBe(true);
          expect(shown.size).toBeLessThanOrEqual(Math.ceil(1_600 / 20) + 2);
          expect(total).toBe(heights.reduce((sum, height) => sum + height, 0));
        },
      ),
    );
  });
});

describe('a reply', () => {
  /** A desk's sending over an API that answers as `answers` says: a status, nothing reached, or arrived. */
  function sendingTo(answers: (number | 'gone' | 'there')[], kept = memoryKept()) {
    const sent: { id: string; text: string; clientId: string; confirmed?: boolean }[] = [];
    const api = {
      feedback: () => Promise.resolve(),
      reply: (id: string, reply: { text: string; clientId: string }) => {
        const answer = answers.shift() ?? 'there';
        if (answer === 'gone') return Promise.reject(new TypeError('fetch failed'));
        const problem =
          answer === 409
            ? { changes: [{ productId: 'p', title: 'Shoe', field: 'price', was: '369.00 CNY', is: '399.00 CNY' }] }
            : {};
        if (answer !== 'there') return Promise.reject(new ApiError(answer, 'No', problem));
        sent.push({ id, ...reply });
        return Promise.resolve({ head: head(id) });
      },
    };
    const openId = signal<string | undefined>('c-1');
    const replies = createReplyDrafts(openId, api, { card: signal(undefined) }, kept);
    const seams = createSeams();
    const clientIds = ['id-1', 'id-2', 'id-3', 'id-4'];
    let taken: string | undefined;
    const sending = createSending({
      ...{ api, openId, replies, kept, beforeSend: seams.beforeSend, now: () => 0 },
      newId: () => clientIds.shift() ?? 'id-last',
      onSent: () => Promise.resolve(),
      lastMessage: () => undefined,
      whyNot: () => taken,
    });
    const write = (text: string) => replies.type(text);
    const takenBy = (name: string) => {
      taken = name;
    };
    return { sending, replies, seams, sent, write, openId, kept, takenBy };
  }

  test('that reached nothing waits, goes once when the network is back, in order', async () => {
    const { sending, sent, write, replies } = sendingTo(['gone', 'there', 'there']);
    write('one');
    await sending.send();
    write('two');
    await sending.send();
    expect(sent).toEqual([]);
    expect(sending.outgoing.value.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    expect(replies.draft.value.text).toBe('');
    await sending.flush();
    expect(sent.map(({ text }) => text)).toEqual(['one', 'two']);
    expect(sending.outgoing.value).toEqual([]);
  });

  test('that waits outlives a reload, and is the same message after it', async () => {
    const kept = memoryKept();
    const before = sendingTo(['gone'], kept);
    before.write('one');
    await before.sending.send();
    const clientId = before.sending.outgoing.value[0]?.clientId;
    const after = sendingTo([], kept);
    await after.sending.flush();
    expect(after.sent).toEqual([expect.objectContaining({ text: 'one', clientId })]);
  });

  test('that waits never takes the conversation from whoever has it meanwhile', async () => {
    const { sending, sent, write, takenBy, replies } = sendingTo(['gone']);
    write('one');
    await sending.send();
    takenBy('lei');
    await sending.flush();
    expect(sent).toEqual([]);
    const [left] = sending.outgoing.value;
    expect(left).toMatchObject({ state: 'refused', why: 'lei' });
    if (left !== undefined) sending.takeBack(left);
    expect(replies.draft.value.text).toBe('one');
    expect(sending.outgoing.value).toEqual([]);
  });

  test('that is refused comes back, and stands beside it when something else was begun', async () => {
    const { sending, write, replies } = sendingTo([503, 503]);
    write('one');
    await expect(sending.send()).rejects.toThrow('No');
    expect(replies.draft.value.text).toBe('one');
    const going = sending.send();
    write('two');
    await expect(going).rejects.toThrow('No');
    expect(replies.draft.value.text).toBe('two');
    expect(sending.outgoing.value).toMatchObject([{ state: 'refused', draft: { text: 'one' } }]);
  });

  test('whose facts have changed says so, and goes confirmed', async () => {
    const { sending, sent, write } = sendingTo([409, 'there']);
    write('The shoe is 369');
    await sending.send();
    expect(sending.changes.value).toMatchObject({ conversationId: 'c-1', changes: [{ title: 'Shoe' }] });
    await sending.send({ checked: true, confirmed: true });
    expect(sent).toMatchObject([{ text: 'The shoe is 369', confirmed: true }]);
    expect(sending.changes.value).toBeUndefined();
  });

  test('is held by what looks at it, and let go when asked again; a look that fails holds nothing', async () => {
    const { sending, sent, write, seams, replies } = sendingTo([]);
    seams.beforeSend.value = () => Promise.resolve(false);
    write('a promise');
    await sending.send();
    expect([sent.length, replies.draft.value.text]).toEqual([0, 'a promise']);
    await sending.send({ checked: true });
    expect(sent.length).toBe(1);
    seams.beforeSend.value = () => Promise.reject(new Error('down'));
    write('more');
    await sending.send();
    expect(sent.length).toBe(2);
  });

  test('sent in spite of a warning says so, also when its facts had changed meanwhile', async () => {
    const { sending, sent, write, seams } = sendingTo([409, 'there', 'there']);
    const warnings = [
      { kind: 'price' as const, text: '369', start: 0, end: 3, message: { zh: '', en: '' } },
      { kind: 'price' as const, text: '379', start: 4, end: 7, message: { zh: '', en: '' } },
    ];
    const guard = createGuard({
      api: { check: () => Promise.resolve(warnings) },
      later: () => undefined,
      keyedBy: () => undefined,
    });
    seams.beforeSend.value = ({ conversationId, text }) => guard.checkBeforeSend(conversationId, text);
    write('369 or 379');
    await sending.send();
    expect([sent.length, guard.warned.value?.warnings.length]).toEqual([0, 2]);
    await sending.send();
    guard.clear();
    await sending.send({ checked: true, confirmed: true });
    expect(sent).toMatchObject([{ text: '369 or 379', warned: ['price'], confirmed: true }]);
    write('never mind');
    await sending.send({ checked: true });
    expect(sent[1]).not.toHaveProperty('warned');
  });

  test('a digit alone whose key inserts something is held back once; asked again it goes', async () => {
    const { sending, sent, write, seams } = sendingTo(['there', 'there']);
    const keyedBy = (text: string) => (text === '2' ? 'We ship today.' : undefined);
    const guard = createGuard({ api: { check: () => Promise.resolve([]) }, later: () => undefined, keyedBy });
    seams.beforeSend.value = ({ conversationId, text }) => guard.checkBeforeSend(conversationId, text);
    write('2');
    await sending.send();
    expect([sent.length, guard.warned.value?.meant]).toEqual([0, 'We ship today.']);
    await sending.send();
    write('7');
    await sending.send();
    expect(sent).toMatchObject([{ text: '2' }, { text: '7' }]);
    expect(sent[0]).not.toHaveProperty('warned');
  });

  test('of a product that costs something else by now names the price of now, in the words of its card only', async () => {
    const { sending, replies, sent } = sendingTo([409, 'there']);
    const price = { amount: '369.00', currency: 'CNY' };
    const card = { productId: 'p' as never, price, inStock: true };
    replies.type('Not ¥369.00 any more?');
    replies.insert({ kind: 'card', text: `Shoe ${money(price)} a pair`, card });
    await sending.send();
    const now = { amount: '399.00', currency: 'CNY' };
    expect(replies.draft.value.text).toBe(`Not ¥369.00 any more?\nShoe ${money(now)} a pair`);
    await sending.send();
    expect(sent).toMatchObject([{ cards: [{ productId: 'p', price: now, inStock: true }] }]);
    expect(sent[0]).not.toHaveProperty('confirmed');
  });

  test('takes along the cards whose words still stand in it', () => {
    const card = { productId: 'p1' as never, inStock: true };
    const with1 = insert(EMPTY_DRAFT, { kind: 'card', text: 'Shoe 369', card });
    expect(cardsIn(with1)).toEqual([card]);
    expect(cardsIn({ ...with1, text: 'never mind' })).toEqual([]);
  });

  test('stands once, whether the hint or the answer is faster', () => {
    const going = { conversationId: 'c', draft: { text: 'yes ' }, clientId: 'i', at: 0, state: 'sending' } as const;
    const before = [message('m1', 'agent', 'yes'), message('m2', 'customer', 'and?')];
    expect(hasArrived({ ...going, after: 'm2' }, before)).toBe(false);
    expect(hasArrived({ ...going, after: 'm2' }, [...before, message('m3', 'agent', 'yes')])).toBe(true);
  });

  test('drafts are kept for each conversation', () => {
    const kept = memoryKept();
    const { write, openId } = sendingTo([], kept);
    write('for one');
    openId.value = 'c-2';
    write('for two');
    const { replies, openId: again } = sendingTo([], kept);
    expect(replies.draft.value.text).toBe('for one');
    again.value = 'c-2';
    expect(replies.draft.value.text).toBe('for two');
  });
});

describe('passing on and closing', () => {
  test.each([
    ['my own', { owner: 'agent:mei' }, 'transfer', undefined],
    ['what waits', { owner: 'queue' }, 'transfer', undefined],
    ['what is offered to me', { owner: 'queue', offer: { agentId: 'mei', at: 1, until: 9 } }, 'transfer', undefined],
    ['what is offered to Lei', { owner: 'queue', offer: { agentId: 'lei', at: 1, until: 9 } }, undefined, 'Lei'],
    [
      'an offer to Lei that ran out',
      { owner: 'queue', offer: { agentId: 'lei', at: 1, until: 4 } },
      'transfer',
      undefined,
    ],
    ['what Lei has', { owner: 'agent:lei' }, undefined, 'Lei'],
    ['what is closed', { owner: 'closed' }, undefined, undefined],
  ])('of %s is asked for only where it can be done, else it is said whose it is', (_, more, opens, whose) => {
    const said: string[] = [];
    const moves = createMoves({
      api: {} as never,
      list: {} as never,
      show: () => undefined,
      changed: () => Promise.resolve(),
      openId: { value: 'c-1' },
      headOf: () => head('c-1', more as object),
      say: (_tone, words) => said.push(words),
      now: () => 5,
      nameOf: (id) => (id === 'lei' ? 'Lei' : id),
    });
    expect(moves.mayAsk('transfer', 'mei')).toBe(opens);
    expect(said).toEqual(whose === undefined ? [] : [expect.stringContaining(whose)]);
  });
});

describe('keys', () => {
  const plain = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, inText: false };
  const press = (digit: string, has: { replies: number; phrase?: string }) => {
    const done: string[] = [];
    const desk = {
      chosen: (place: number) => (place < has.replies ? {} : undefined),
      keyedBy: () => has.phrase,
      insertSuggestion: (place: number) => done.push(`reply ${place}`),
      insertPhrase: () => done.push('phrase'),
    } as unknown as Desk;
    const pressed = command({ ...plain, key: digit, code: `Digit${digit}` }, true);
    return [pressed && obey(desk, pressed), ...done];
  };

  test('a digit moves into the reply with what it inserts, and does nothing where there is nothing to insert', () => {
    expect(press('2', { replies: 2 })).toEqual(['composer', 'reply 1']);
    expect(press('3', { replies: 2 })).toEqual([undefined]);
    expect(press('0', { replies: 2, phrase: 'one moment' })).toEqual(['composer', 'phrase']);
    expect(press('0', { replies: 2 })).toEqual([undefined]);
  });
});

describe('presence', () => {
  type Server = Pick<Here, 'presence' | 'leaseUntil'> & { agent?: AgentView };
  function presenceOf(mine: ConversationView[], server: Server) {
    let now = 1_000_000;
    const told: string[] = [];
    const held = signal<readonly ConversationView[]>(mine);
    let down = false;
    const store = createPresence({
      api: {
        presence: () => Promise.resolve(server),
        setPresence: (presence) => {
          if (down) return Promise.reject(new TypeError('fetch failed'));
          told.push(presence);
          return Promise.resolve({ presence, leaseUntil: now + 60_000 });
        },
      },
      now: () => now,
      kept: memoryKept(),
      mine: held,
      rereadQueue: () => Promise.resolve(),
    });
    const pass = (ms: number) => {
      now += ms;
    };
    const cut = (is: boolean) => {
      down = is;
    };
    return { store, told, held, pass, cut };
  }

  test('is told again every 20 s, and not when off', async () => {
    const { store, told, pass } = presenceOf([], { presence: 'off' });
    await store.begin(true);
    await store.beat();
    pass(19_000);
    await store.beat();
    expect(told).toEqual(['online']);
    pass(1_000);
    await store.beat();
    expect(told).toEqual(['online', 'online']);
    await store.setPresence('off');
    pass(60_000);
    await store.beat();
    expect(told).toEqual(['online', 'online', 'off']);
  });

  test('who is not willing starts as the server has them', async () => {
    const { store, told } = presenceOf([], { presence: 'off' });
    await store.begin(false);
    expect([store.presence.value, told]).toEqual(['off', []]);
  });

  test('away by missed offers says how many until back, or put aside; away by choice says nothing', async () => {
    const server: Server = { presence: 'online' };
    const { store, told } = presenceOf([], server);
    const back = () => obey(store as Desk, { key: KEYS.find(({ keys }) => keys.includes('o')) as Key, place: 0 });
    await store.begin(true);
    back();
    expect(told).toEqual(['online']);
    Object.assign(server, { presence: 'away', agent: { awayAfter: 3 } });
    await store.look();
    expect([store.presence.value, store.missedOffers.value]).toEqual(['away', { count: 3, isShown: true }]);
    store.putMissedAside();
    expect(store.missedOffers.value).toEqual({ count: 3, isShown: false });
    expect(back()).toBe('presence');
    await expect.poll(() => [store.presence.value, store.missedOffers.value]).toEqual(['online', undefined]);
    Object.assign(server, { agent: {} });
    await store.look();
    expect([store.presence.value, store.missedOffers.value]).toEqual(['away', undefined]);
  });

  test('a lease that ran out says for how long, and what was given back', async () => {
    const [a, b] = [head('a', { owner: 'agent:mei' }), head('b', { owner: 'agent:mei' })];
    const { store, held, pass, cut } = presenceOf([a, b], { presence: 'online', leaseUntil: 2_000_000 });
    await store.begin(true);
    cut(true);
    pass(30_000);
    await store.beat().catch(() => undefined);
    pass(60_000);
    held.value = [b];
    cut(false);
    await store.beat();
    expect(store.lost.value?.gone.map(({ id }) => String(id))).toEqual(['a']);
    expect(store.lost.value?.until).toBeGreaterThan(store.lost.value?.since ?? 0);
  });
});

describe('what the card says of a decision', () => {
  const said = (owner: string, act: string, more: object, on: object = {}) =>
    saidOf(
      assist('c', {
        understanding: { ...assist('c').understanding, act },
        decision: { ...assist('c').decision, ...more },
      }),
      head('c', { owner: owner as never, ...on }),
    );
  const nothing = { kind: 'none', reason: 'no_question' };

  test.each([
    ['an address that was asked for wants an answer', 'inform', nothing, 'yours'],
    ['so does a picture', 'reference', { kind: 'none', reason: 'needs_person' }, 'yours'],
    ['and a question that nothing fits', 'question', { kind: 'none', reason: 'nothing_fits' }, 'yours'],
    ['who presses waits for news', 'chase', nothing, 'waits'],
    ['thanks may stay without an answer', 'acknowledge', nothing, 'kind'],
    ['that the bot keeps quiet is known', 'question', { kind: 'suggest', reason: 'owner_agent' }, 'hidden'],
    ['advice to ask somebody else is not', 'question', { kind: 'suggest', reason: 'safety', escalate: true }, 'kind'],
    ['in shadow mode nothing is advised', 'question', { kind: 'none', reason: 'mode_shadow' }, 'kind'],
  ])('%s', (_, act, decision, expected) => {
    expect(said('agent:mei', act, decision)).toBe(expected);
    expect(said('bot', act, decision)).toBe('kind');
  });

  test('"hello?" of who was handed over and heard nobody yet is no courtesy', () => {
    expect(said('agent:mei', 'greet', nothing, { handoff: handoff(5) })).toBe('waits');
    expect(said('agent:mei', 'greet', nothing, { handoff: handoff(5, AT, { answeredAt: AT }) })).toBe('yours');
  });

  test('while something is promised, "OK" waits for it; goodbye does not', () => {
    const promise = { at: AT, dueAt: AT, text: 'one moment' };
    expect(said('agent:mei', 'acknowledge', nothing, { promise })).toBe('waits');
    expect(said('agent:mei', 'close', nothing, { promise })).toBe('kind');
  });

  test('of who took back what they sent nothing is left to answer', () => {
    const { next: _, ...card } = assist('c');
    const takenBack = { ...card, understanding: { ...card.understanding, act: 'acknowledge' as const } };
    expect(cardKind(takenBack, [])).toBe('mistaken');
    expect(foldsReplies('mistaken')).toBe(true);
  });

  test('why it was handed over stands above the conversation, once', () => {
    const over = { kind: 'handoff', reason: 'safety' };
    expect(said('agent:mei', 'question', over, { handoff: handoff(5) })).toBe('hidden');
    expect(said('agent:mei', 'question', over)).toBe('kind');
  });
});
