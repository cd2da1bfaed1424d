/** What can be set of the tenant besides routing and knowledge, place by place. */
import { cell, field, type Spec, table } from '../routing/sections.ts';

const SECOND = 1_000;
const PERCENT = 0.01;
const PHASES = ['greet', 'hold', 'ask', 'apologise', 'close'] as const;
const texts = (...places: readonly string[]): Spec[] =>
  places.flatMap((place) => [field(`${place}.zh`, 'long'), field(`${place}.en`, 'long')]);

export const SECTIONS = {
  bot: [
    field('mode', 'ways'),
    field('targetPrecision.autoReply', 'number', PERCENT),
    field('targetPrecision.suggest', 'number', PERCENT),
    field('belowThreshold', 'ways'),
    field('quietWindowMs', 'number', SECOND),
    field('outOfScopeShare', 'number', PERCENT),
    field('learning.enabled', 'switch'),
  ],
  words: texts('wording.botDisclosure', 'wording.clarify', 'wording.address', ...PHASES.map((one) => `phrases.${one}`)),
  shop: [field('name', 'text'), field('timeZone', 'text'), field('languages', 'languages')],
  platform: [field('callbackUrl', 'text'), field('embed.origins', 'list')],
  access: [field('visibility', 'choice'), field('sessionHours', 'number')],
  releases: [
    field('gate.goldenLost', 'number'),
    field('gate.accuracyDrop', 'number', PERCENT),
    field('gate.recentLost', 'number', PERCENT),
    field('keepReleases', 'number'),
    table('freezes', cell('from', 'moment'), cell('until', 'moment'), cell('reason', 'note')),
  ],
  models: [field('model.enabled', 'switch'), field('model.tokensPerDay', 'number')],
} as const satisfies Record<string, readonly Spec[]>;
export type SectionName = keyof typeof SECTIONS;
