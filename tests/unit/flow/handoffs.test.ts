/**
 * Every way a conversation comes to a person, played through the real flow: receive, answer, deliver, what agents do, the
 * sweep. The conversations are data: `tests/data/handoffs.zh.yaml` and `handoffs.en.yaml` say how to add one.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { openKnowledge } from '../../../lib/assist/knowledge.ts';
import type { Knowledge } from '../../../lib/assist/situation.ts';
import { compile } from '../../../lib/engine/compile.ts';
import { compileInput } from '../../../lib/knowledge/compile-input.ts';
import { loadPack } from '../../../lib/knowledge/packs/pack.ts';
import { look, type Played, play, type Step, stage, Talk } from '../../support/handoff-talks.ts';
import { RELEASE } from '../assist/fixture.ts';

const LANGUAGES = [
  ['zh', 35],
  ['en', 30],
] as const;
const talksOf = (language: string): Talk[] =>
  z.array(Talk).parse(parse(readFileSync(`tests/data/handoffs.${language}.yaml`, 'utf8')));

let knowledge: Knowledge;
beforeAll(async () => {
  const pack = await loadPack('knowledge', 'ecommerce');
  const { bytes } = compile(compileInput(pack.entries, { phrases: pack.phrases, skills: pack.skills }));
  knowledge = openKnowledge(RELEASE, bytes);
}, 180_000);

/** What happened, in the words of the data files; only what a step asks for is compared. */
function seenAs({ head, assist, told, buttons }: Played) {
  const text = told.map((message) => message.text).join('\n');
  const { handoff } = head;
  return {
    act: assist?.understanding.act,
    intent: assist?.understanding.intent.name,
    decision: assist?.decision.kind,
    reason: assist?.decision.reason,
    owner: head.owner,
    why: handoff?.reason,
    skill: handoff?.skill,
    priority: handoff?.priority,
    place: handoff?.toldPlace,
    opens: handoff?.opensAt === undefined ? undefined : Date.parse(new Date(handoff.opensAt).toISOString()),
    note: handoff?.note,
    offered: head.offer?.agentId ?? 'nobody',
    promise: head.promise !== undefined,
    suggested: (assist?.suggestions.length ?? 0) > 0,
    exactly: text,
    buttons,
    text,
  };
}

function check(expected: NonNullable<Step['expect']>, played: Played): void {
  const seen = seenAs(played);
  const { told = [], not = [], silent, opens, ...same } = expected;
  expect(seen).toMatchObject({ ...same, ...(opens === undefined ? {} : { opens: Date.parse(opens) }) });
  for (const text of told) expect(seen.text).toContain(text);
  for (const text of not) expect(seen.text).not.toContain(text);
  if (silent) expect(seen.text).toBe('');
}

describe.each(LANGUAGES)('hand-offs in %s', (language, atLeast) => {
  const talks = talksOf(language);

  test(`are at least ${atLeast} conversations, each with a name of its own`, () => {
    expect(new Set(talks.map(({ name }) => name)).size).toBe(talks.length);
    expect(talks.length).toBeGreaterThanOrEqual(atLeast);
  });

  test.each(talks)('$name', async (talk) => {
    const on = await stage(talk, knowledge);
    let expectations = 0;
    for (const step of talk.talk) {
      const seen = on.shop.calls.length;
      await play(on, talk, step);
      if (step.expect === undefined) continue;
      expectations += 1;
      check(step.expect, await look(on, seen));
    }
    expect(expectations).toBeGreaterThan(0);
  });
});
