import { type Legible, legible, sourceSpan } from '../../domain/legible.ts';
import { findPersonalData } from '../../domain/personal-data/find.ts';
import type { PersonalData, PersonalDataType } from '../../domain/personal-data/types.ts';
import type { Entity, EntityType } from '../../domain/understanding.ts';
import type { Catalog } from '../situation.ts';
import { CODES, LINKS } from './entity/codes.ts';
import { COLOURS } from './entity/colours.ts';
import { DAYS } from './entity/days.ts';
import { type Find, find } from './entity/find.ts';
import { MEASURES } from './entity/measures.ts';
import { MONEY } from './entity/money.ts';
import { QUANTITIES } from './entity/quantities.ts';
import { TIMES } from './entity/times.ts';

const SERVICE_PHONE = find('phone', '(?<![\\d-])(?:1-)?[48]00-?\\d{3,4}-?\\d{3,4}(?![\\d-])', (text) =>
  text.replaceAll('-', ''),
);

/** Rules, and the characters without which none of them fits: most messages name nothing, and are told so at once. */
type Group = { needs: RegExp; finds: readonly Find[] };

/** Earlier rules win among spans of equal length. */
const GROUPS: readonly Group[] = [
  { needs: /[A-Za-z\d]/, finds: CODES },
  { needs: /\d{3}/, finds: [SERVICE_PHONE] },
  { needs: /[\d零一二两三四五六七八九十百千万几折]|[a-z]{4}/i, finds: MONEY },
  { needs: /[\d天周月年初底日号期礼双今明昨]|[a-z]{3}/i, finds: DAYS },
  { needs: /[\d点]|noon|midnight|clock/i, finds: TIMES },
  { needs: /[A-Za-z\d码号升斤尺寸米]/, finds: MEASURES },
  { needs: /[色红黑白蓝绿黄紫灰粉橙橘棕褐银金米咖杏卡驼青香彩透]|[a-z]{3}/i, finds: COLOURS },
  { needs: /[\d一二两俩三四五六七八九十百半]|[a-z]{3}/i, finds: QUANTITIES },
];

/** Of personal data these are shown; a card's or a citizen's number only keeps other rules off its digits. */
const SHOWN: ReadonlyMap<PersonalDataType, EntityType> = new Map([
  ['phone', 'phone'],
  ['email', 'email'],
  ['address', 'address'],
  ['name', 'name'],
]);

type Claim = { start: number; end: number; entity: Entity | undefined };

/** Everything the text names, disjoint, in order of position; of overlapping spans the longest is kept. */
export function readEntities(text: string, catalog: Catalog | undefined): Entity[] {
  const shown = legible(text);
  const links = LINKS.flatMap((rule) => [...matches(shown, rule)]).map(claimed);
  const personal = findPersonalData(text).map(personalClaim);
  const competing = [
    ...productMentions(text, catalog).map(claimed),
    ...personal.filter(({ entity }) => entity?.type === 'name'),
    ...GROUPS.filter(({ needs }) => needs.test(shown.text))
      .flatMap(({ finds }) => finds.flatMap((rule) => [...matches(shown, rule)]))
      .map(claimed),
  ];
  const sure = [...links, ...personal.filter(({ entity }) => entity?.type !== 'name')];
  const kept = disjoint([...byLength(sure), ...byLength(competing)]);
  return kept.flatMap(({ entity }) => (entity === undefined ? [] : [entity])).sort((a, b) => a.start - b.start);
}

const claimed = (entity: Entity): Claim => ({ start: entity.start, end: entity.end, entity });

function personalClaim({ type, text, start, end, value }: PersonalData): Claim {
  const shown = SHOWN.get(type);
  return { start, end, entity: shown === undefined ? undefined : { type: shown, text, start, end, value } };
}

function byLength(claims: readonly Claim[]): Claim[] {
  return claims
    .map((claim, rank) => ({ claim, rank, length: claim.end - claim.start }))
    .sort((a, b) => b.length - a.length || a.rank - b.rank)
    .map(({ claim }) => claim);
}

function disjoint(claims: readonly Claim[]): Claim[] {
  const kept: Claim[] = [];
  for (const claim of claims) {
    if (kept.every((other) => claim.end <= other.start || claim.start >= other.end)) kept.push(claim);
  }
  return kept;
}

function productMentions(text: string, catalog: Catalog | undefined): Entity[] {
  const mentions = catalog?.mentions(text) ?? [];
  return mentions.map((mention) => ({
    type: 'product',
    text: text.slice(mention.start, mention.end),
    start: mention.start,
    end: mention.end,
    value: mention.id,
  }));
}

/** More of one kind than this is a pasted list, not a message. */
const MAX_PER_FIND = 50;
/** How far before a span its rule may look. */
const BEFORE = 20;

/** What one match says, undefined when its rule refuses it. */
function readMatch(shown: Legible, { type, normalise }: Find, match: RegExpExecArray): Entity | undefined {
  const [start, end] = match.indices?.groups?.['value'] ?? [match.index, match.index + match[0].length];
  const raw = shown.text.slice(start, end);
  const value = normalise === undefined ? raw : normalise(raw, shown.text.slice(Math.max(0, start - BEFORE), start));
  if (value === undefined || value === '') return undefined;
  // A link's value is its span without the sentence's punctuation.
  const span = sourceSpan(shown, start, start + (type === 'url' ? value.length : raw.trimEnd().length));
  return { type, text: shown.source.slice(span.start, span.end), ...span, value };
}

function* matches(shown: Legible, rule: Find): Iterable<Entity> {
  let taken = 0;
  for (const match of shown.text.matchAll(rule.pattern)) {
    const entity = readMatch(shown, rule, match);
    if (entity === undefined) continue;
    yield entity;
    taken += 1;
    if (taken >= MAX_PER_FIND) return;
  }
}
