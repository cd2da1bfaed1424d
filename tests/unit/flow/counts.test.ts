/** What is counted of a conversation as it goes through the whole message way. */
import { beforeEach, describe, expect, it } from 'vitest';
import { answerTurn } from '../../../lib/assist/answer-turn.ts';
import { deliver } from '../../../lib/assist/deliver.ts';
import {
  claimConversation,
  closeConversation,
  sendReply,
  transferConversation,
} from '../../../lib/assist/desk-actions.ts';
import { giveFeedback } from '../../../lib/assist/desk-feedback.ts';
import { createTally } from '../../../lib/assist/tally.ts';
import { agent, created, TENANT } from '../../support/conversation.ts';
import { scriptedRespond, type WorldOptions, world } from '../../support/flow-world.ts';
import { memoryHourCounts } from '../../support/memory-hour-counts.ts';

const MINUTE = 60_000;

function counting(options: WorldOptions = {}) {
  const hours = memoryHourCounts();
  const tally = createTally(hours);
  const at = world({ ...options, deps: { tally, ...options.deps } });
  return {
    ...at,
    hours,
    async says(id: string, text: string) {
      await at.receive(created(id, text));
      await at.settle();
    },
    async counts() {
      await tally.flush();
      return hours.sum();
    },
  };
}

let at: ReturnType<typeof counting>;
beforeEach(() => {
  at = counting();
});
const ann = { id: agent('ann') };

describe('what is counted', () => {
  it('of a turn that the bot answers: the turn once, a visit without a person', async () => {
    await at.says('m1', 'when does it ship');
    expect(await at.counts()).toEqual({
      turn: 1,
      'act#question': 1,
      'i#delivery.time': 1,
      'do#auto_reply': 1,
      'why#confident': 1,
      visit: 1,
      bot: 1,
    });
  });

  it('of a turn in several messages: its newest reading', async () => {
    at = counting({ settings: { mode: 'assist' } });
    await at.says('m1', 'ok');
    await at.says('m2', 'maybe');
    const counts = await at.counts();
    expect([counts['turn'], counts['do#none'], counts['do#suggest'], counts['s.shown']]).toEqual([1, undefined, 1, 1]);
  });

  it('of a hand-off: why, for which skill, how soon a person wrote, and that it ended', async () => {
    await at.says('m1', 'a person');
    at.pass(40_000);
    await claimConversation(at.deps, at.place, ann);
    await sendReply(at.deps, at.place, ann, { text: 'Hello, I am Ann.' });
    at.pass(5 * MINUTE);
    await closeConversation(at.deps, at.place, ann);
    const counts = await at.counts();
    expect(counts).toMatchObject({
      handoff: 1,
      'ho#asked_for_person': 1,
      'handoff@general': 1,
      visit: 1,
      'visit.person': 1,
      wait: 1,
      first: 1,
      'first.1m': 1,
      'first@general': 1,
      agent: 1,
      resolve: 1,
      close: 1,
    });
    expect(counts['first.ms']).toBeGreaterThanOrEqual(40_000);
    expect(counts['unanswered']).toBeUndefined();
  });

  it('of a promise to be quick that is broken: once, however often somebody looks', async () => {
    await at.says('m1', 'a person');
    at.pass(90_000);
    await claimConversation(at.deps, at.place, ann);
    at.pass(MINUTE);
    await sendReply(at.deps, at.place, ann, { text: 'Sorry for the wait.' });
    await closeConversation(at.deps, at.place, ann);
    const counts = await at.counts();
    const handoff = (await at.head()).handoff;
    expect(handoff).toBeUndefined();
    expect([counts['breach.first'] ?? 0, counts['first.1m'], counts['first.5m']]).toEqual([1, undefined, 1]);
  });

  it('of who goes away unanswered', async () => {
    await at.says('m1', 'a person');
    await closeConversation(at.deps, at.place, ann);
    const counts = await at.counts();
    expect([counts['unanswered'], counts['unanswered@general'], counts['first']]).toEqual([1, 1, undefined]);
  });

  it('of a “one moment”: made, and kept or late', async () => {
    await at.says('m1', 'a person');
    await sendReply(at.deps, at.place, ann, { text: 'one moment' });
    at.pass(2 * MINUTE);
    await sendReply(at.deps, at.place, ann, { text: 'one moment more' });
    at.pass(4 * MINUTE);
    await sendReply(at.deps, at.place, ann, { text: 'Here it is.' });
    const counts = await at.counts();
    expect([counts['promise'], counts['promise.kept'], counts['promise.late']]).toEqual([2, 1, 1]);
  });

  it('of what is passed on, and what comes back', async () => {
    await at.says('m1', 'a person');
    await claimConversation(at.deps, at.place, ann);
    at.pass(2 * MINUTE);
    await transferConversation(at.deps, at.place, ann, { to: { skill: 'returns' } });
    await sendReply(at.deps, at.place, { id: agent('bob') }, { text: 'Hello, I am Bob.' });
    const counts = await at.counts();
    expect([counts['handoff'], counts['transfer']]).toEqual([1, 1]);
    // Passed on or not: the customer has waited for two minutes.
    expect([counts['first'], counts['first.1m'], counts['first.5m']]).toEqual([1, undefined, 1]);
  });

  it('of a conversation that goes on after a close: another visit', async () => {
    await at.says('m1', 'when does it ship');
    await closeConversation(at.deps, at.place, ann);
    await at.says('m2', 'and the other one');
    at.pass(13 * 60 * MINUTE);
    await at.says('m3', 'hello again');
    const counts = await at.counts();
    expect([counts['visit'], counts['visit.person'], counts['close']]).toEqual([3, undefined, 1]);
  });
});

describe('what agents do with suggestions', () => {
  const assisted = async () => {
    await at.says('m1', 'maybe');
    const [assist] = await at.assists();
    if (assist === undefined) throw new Error('no assist');
    return assist;
  };

  it('is counted once however often it is told', async () => {
    at = counting({ settings: { mode: 'assist' } });
    const { id } = await assisted();
    const dismissed = { suggestionId: 'sug_1', event: 'dismissed' } as const;
    await giveFeedback(at.deps, TENANT, ann, id, dismissed);
    await giveFeedback(at.deps, TENANT, ann, id, dismissed);
    const reply = { text: 'It leaves today.', suggestionId: 'sug_1', assistId: id, clientId: 'once' };
    await sendReply(at.deps, at.place, ann, reply);
    await sendReply(at.deps, at.place, ann, reply);
    const counts = await at.counts();
    expect([counts['s.shown'], counts['s.dismissed'], counts['s.used'], counts['agent']]).toEqual([1, 1, 1, 1]);
  });

  it('is read off what they wrote, too', async () => {
    at = counting({ settings: { mode: 'assist' } });
    await assisted();
    await at.receive(created('a1', 'Something else entirely', { by: { type: 'agent', id: 'ann' } }));
    const counts = await at.counts();
    expect([counts['s.ignored'], counts['first'], counts['first.1m'], counts['reply']]).toEqual([1, 1, 1, 1]);
  });

  it('is held against what the bot would have done where it keeps silent', async () => {
    at = counting({
      settings: { mode: 'shadow' },
      deps: {
        respond: async (situation) => {
          const assist = scriptedRespond(situation);
          const would = { kind: 'auto_reply', suggestionId: 'sug_1' } as const;
          return { ...assist, decision: { ...assist.decision, would } };
        },
      },
    });
    await at.says('m1', 'maybe');
    await at.receive(created('a1', 'It leaves today', { by: { type: 'agent', id: 'ann' } }));
    await at.says('m2', 'maybe');
    await at.receive(created('a2', 'No idea, sorry', { by: { type: 'agent', id: 'ann' } }));
    const counts = await at.counts();
    expect([counts['would'], counts['would#auto_reply'], counts['would.same'], counts['would.else']]).toEqual([
      2, 2, 1, 1,
    ]);
    expect(Object.keys(counts).filter((name) => name.startsWith('s.'))).toEqual([]);
  });
});

describe('how it is counted', () => {
  it('takes one write a turn, after everything else', async () => {
    const { deps, hours } = at;
    for (let turn = 1; turn <= 5; turn += 1) {
      await at.says(`m${turn}`, 'when does it ship');
      await at.counts();
    }
    expect(hours.writes()).toBe(5);
    expect(deps.tally).toBeDefined();
  });

  it('is not done twice by functions that start again', async () => {
    await at.receive(created('m1', 'when does it ship'));
    await Promise.all([at.settle(), answerTurn(at.deps, TENANT, at.place.conversation, 'm1')]);
    await deliver(at.deps, at.place);
    await at.receive(created('m1', 'when does it ship'), 'again');
    await at.settle();
    const counts = await at.counts();
    expect([counts['turn'], counts['visit'], counts['bot']]).toEqual([1, 1, 1]);
  });

  it('loses counts that cannot be written, and nothing else', async () => {
    const tally = createTally({ add: () => Promise.reject(new Error('down')) });
    const broken = world({ deps: { tally } });
    await broken.receive(created('m1', 'when does it ship'));
    await broken.settle();
    await tally.flush();
    expect(broken.calls.map(({ type }) => type)).toEqual(['reply.requested']);
  });

  it('holds no text and no id of a customer', async () => {
    await at.says('m1', 'zebra, please, a person');
    await sendReply(at.deps, at.place, ann, { text: 'zebra it is' });
    const names = Object.keys(await at.counts()).join(' ');
    expect(names).not.toMatch(/zebra|cust-1|c-1|m1|ann/);
  });
});
