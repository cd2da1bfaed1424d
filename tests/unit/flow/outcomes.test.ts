import { describe, expect, test } from 'vitest';
import { sendReply } from '../../../lib/assist/desk-actions.ts';
import { giveFeedback } from '../../../lib/assist/desk-feedback.ts';
import { outcomeOf } from '../../../lib/assist/outcome.ts';
import type { Assist } from '../../../lib/domain/assist.ts';
import { NO_RELEASE } from '../../../lib/domain/ids.ts';
import { agent, assistOf, created, TENANT } from '../../support/conversation.ts';
import { scriptedRespond, type WorldOptions, world } from '../../support/flow-world.ts';

const ann = { id: agent('ann') };
const bob = { id: agent('bob') };
const byAgent = (id: string, text: string) => created(id, text, { by: { type: 'agent', id: 'ann' } });
const [SUGGESTED] = assistOf({ id: 't', startSeq: 1, messageIds: [], revision: 1 }).suggestions;
if (SUGGESTED === undefined) throw new Error('the builder suggests nothing');
const TWO = [SUGGESTED, { ...SUGGESTED, id: 'sug_2', text: 'Within three days.' }];

/** A shop in which a customer has asked, and an agent is to answer. */
async function asked(options: WorldOptions = {}, changes: Partial<Assist> = {}) {
  const shop = world({
    settings: { mode: 'assist' },
    ...options,
    deps: { respond: async (situation) => ({ ...scriptedRespond(situation), ...changes }) },
  });
  await shop.receive(created('m1', 'how long, maybe'));
  await shop.settle();
  const [assist] = await shop.assists();
  const called = shop.counts;
  const counts = () => shop.deps.outcomes.sum(TENANT, '2026-01-01', '2026-12-31');
  return { ...shop, called, assistId: assist?.id ?? '', counts };
}

describe('a turn', () => {
  test('costs the store nothing until an agent acts', async () => {
    const { deps, place, called } = await asked();
    expect([...called.keys()].filter((name) => ['count', 'dismiss', 'sum'].includes(name))).toEqual([]);
    await sendReply(deps, place, ann, { text: 'It leaves today.' });
    expect(called.get('count')).toBe(1);
  });

  test('whose suggestion is sent from the desk has one that fits, once however often it is told', async () => {
    const { deps, place, assistId, counts } = await asked();
    const reply = { text: 'It leaves today.', suggestionId: 'sug_1', assistId, clientId: 'a' };
    await sendReply(deps, place, ann, reply);
    await sendReply(deps, place, ann, reply);
    await giveFeedback(deps, TENANT, ann, assistId, { suggestionId: 'sug_1', event: 'used' });
    await giveFeedback(deps, TENANT, bob, assistId, { suggestionId: 'sug_1', event: 'edited' });
    expect(await counts()).toEqual({ fitted: 1, unfitted: 0 });
  });

  test('that an agent answers in other words has none; in nearly the same words it has', async () => {
    const own = await asked();
    await sendReply(own.deps, own.place, ann, { text: 'Have you tried turning it off?', clientId: 'a' });
    await sendReply(own.deps, own.place, ann, { text: 'And on again?', clientId: 'b' });
    expect(await own.counts()).toEqual({ fitted: 0, unfitted: 1 });
    const typed = await asked();
    await sendReply(typed.deps, typed.place, ann, { text: 'It leaves today!!' });
    expect(await typed.counts()).toEqual({ fitted: 1, unfitted: 0 });
  });

  test('is counted the same when the agent writes at the platform, though the event comes twice', async () => {
    const { receive, counts } = await asked();
    await receive(byAgent('a1', 'Have you tried turning it off?'), 'd1');
    await receive(byAgent('a1', 'Have you tried turning it off?'), 'd2');
    expect(await counts()).toEqual({ fitted: 0, unfitted: 1 });
    const matched = await asked();
    await matched.receive(byAgent('a1', 'It leaves today'));
    expect(await matched.counts()).toEqual({ fitted: 1, unfitted: 0 });
  });

  test('has none once every suggestion was dismissed, and has one when it is used after all', async () => {
    const { deps, place, assistId, counts } = await asked({}, { suggestions: TWO });
    const dismiss = (suggestionId: string, who = ann) =>
      giveFeedback(deps, TENANT, who, assistId, { suggestionId, event: 'dismissed' });
    await dismiss('sug_1');
    await dismiss('sug_1', bob);
    await dismiss('sug_none');
    expect(await counts()).toEqual({ fitted: 0, unfitted: 0 });
    await dismiss('sug_2', bob);
    await dismiss('sug_2');
    expect(await counts()).toEqual({ fitted: 0, unfitted: 1 });
    await sendReply(deps, place, ann, { text: 'Within three days.', suggestionId: 'sug_2', assistId });
    expect(await counts()).toEqual({ fitted: 1, unfitted: 0 });
  });

  test('with nothing to suggest counts when an agent answers it, not when one only promises to', async () => {
    const nothing = { suggestions: [] };
    const promised = await asked({}, nothing);
    await sendReply(promised.deps, promised.place, ann, { text: 'One moment please' });
    await promised.receive(byAgent('a1', 'one moment'));
    expect(await promised.counts()).toEqual({ fitted: 0, unfitted: 0 });
    const answered = await asked({}, nothing);
    await sendReply(answered.deps, answered.place, ann, { text: 'Let me look into that drawer.' });
    expect(await answered.counts()).toEqual({ fitted: 0, unfitted: 1 });
  });

  test('a repeated reply is no answer to what the customer has asked since', async () => {
    const { deps, place, receive, settle, counts } = await asked();
    await sendReply(deps, place, ann, { text: 'It leaves today', clientId: 'a' });
    await receive(created('m2', 'and the blue one, maybe'));
    await settle();
    await sendReply(deps, place, ann, { text: 'It leaves today', clientId: 'a' });
    expect(await counts()).toEqual({ fitted: 1, unfitted: 0 });
  });

  test('in shadow mode says nothing: nobody saw a suggestion', async () => {
    const { receive, counts } = await asked({ settings: { mode: 'shadow' } });
    await receive(byAgent('a1', 'Have you tried turning it off?'));
    expect(await counts()).toEqual({ fitted: 0, unfitted: 0 });
  });
});

describe('what was done with a turn', () => {
  const turn = { id: 't', startSeq: 1, messageIds: [], revision: 1 };
  const of = (changes: Partial<Assist>, event: 'used' | 'ignored' | 'shown' = 'ignored') =>
    outcomeOf(assistOf(turn, {}, changes), { event, suggestionId: 'sug_1' });
  const { understanding } = assistOf(turn);

  test('says something only where knowledge was asked and could have answered', () => {
    expect(of({})).toBe('unfitted');
    expect(of({ suggestions: [] })).toBe('unfitted');
    expect(of({ suggestions: [], understanding: { ...understanding, act: 'acknowledge' } })).toBeUndefined();
    expect(of({ degraded: ['snapshot'] })).toBeUndefined();
    expect(of({ degraded: ['embedding'] })).toBe('unfitted');
    expect(of({ release: NO_RELEASE })).toBeUndefined();
    expect(of({ decision: { ...assistOf(turn).decision, reason: 'asked_for_person' } })).toBeUndefined();
  });

  test('fits when it was sent out of an entry; an order or a product is none', () => {
    expect(of({}, 'used')).toBe('fitted');
    expect(of({}, 'shown')).toBeUndefined();
    const order = { ...SUGGESTED, source: { ...SUGGESTED.source, kind: 'order' as const } };
    expect(of({ suggestions: [order] }, 'used')).toBeUndefined();
    expect(of({ suggestions: [] }, 'used')).toBeUndefined();
  });
});
