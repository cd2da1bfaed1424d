import type { Entry } from '../../domain/entry.ts';
import { CuecardError, type ErrorDetail } from '../../domain/error.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { FactAnswers, ShopFact } from '../../domain/pack.ts';
import { type Localized, localize } from '../../domain/tenant.ts';
import { shopFactsIn } from '../check-text.ts';
import { nearestName } from '../checks/did-you-mean.ts';
import type { KnowledgeDeps } from '../deps.ts';
import { installedPacks } from './installed.ts';
import { inForce } from './layers.ts';

import type { Manifest } from './pack.ts';
import { presentEntries } from './present.ts';

type Facts = Readonly<Record<string, Localized | undefined>>;
type Asked = Manifest['facts'][number];

/** A value fills slots of both languages where one says it; nothing but spaces says nothing. */
const isSet = (value: Localized | undefined): boolean => (localize(value, 'zh') ?? '').trim() !== '';

const needsOf = ({ answers, ask }: Entry): string[] => [
  ...new Set([...answers.map(({ text }) => text), ask ?? ''].flatMap(shopFactsIn)),
];

const both = (text: { zh?: string | undefined; en?: string | undefined } | undefined, name: string) => ({
  zh: text?.zh ?? text?.en ?? name,
  en: text?.en ?? text?.zh ?? name,
});

/** In the order that packs ask, then by name what the shop's own entries use. */
export function shopFacts(asked: readonly Asked[], entries: readonly Entry[], values: Facts): ShopFact[] {
  const used = inForce(entries).map((entry) => ({ entry, needs: needsOf(entry) }));
  const questions = new Map(asked.toReversed().map((fact) => [fact.name, fact]));
  const names = [...asked.map(({ name }) => name), ...used.flatMap(({ needs }) => needs).sort()];
  return [...new Set([...names, ...Object.keys(values).sort()])].map((name) => {
    const question = questions.get(name);
    const value = values[name];
    const users = used.filter(({ needs }) => needs.includes(name));
    const waiting = isSet(value)
      ? []
      : users.filter(({ needs }) => needs.every((need) => need === name || isSet(values[need])));
    return {
      name,
      category: question?.category ?? 'own',
      question: both(question?.question, name),
      example: both(question?.example, ''),
      ...(value === undefined ? {} : { value }),
      entries: users.length,
      unlocks: waiting.length,
      waiting: waiting.map(({ entry }) => ({ entryId: entry.id, question: entry.question })),
    };
  });
}

type Deps = Pick<KnowledgeDeps, 'drafts' | 'objects' | 'loadPack'>;

/** The facts of a tenant, from its draft, the packs it installed and the values it has set. */
export async function tenantFacts(deps: Deps, tenant: TenantId, values: Facts): Promise<ShopFact[]> {
  const present = await presentEntries(deps, tenant);
  const packs = await installedPacks(deps, tenant, present);
  return shopFacts(
    packs.flatMap(({ facts }) => facts),
    present,
    values,
  );
}

/** Slots cut a longer value off. */
const MAX_VALUE = 500;

function valueProblem(value: string): string | undefined {
  if (!value.isWellFormed()) return 'half of a character is missing: write it anew';
  if (value.trim() === '') return 'is empty: send null to take the fact back';
  if (value.length > MAX_VALUE) return `has ${value.length} characters, at most ${MAX_VALUE} are sent to customers`;
  if (/\{\{|\}\}/.test(value)) return 'holds {{ or }}: a fact is plain text, no slot';
  return /[\p{Cc}\u2028\u2029]/u.test(value) ? 'must be one line of plain text' : undefined;
}

const textsOf = (name: string, value: Localized): { path: string; text: string }[] =>
  typeof value === 'string'
    ? [{ path: `facts.${name}`, text: value }]
    : Object.entries(value).map(([language, text]) => ({ path: `facts.${name}.${language}`, text }));

function nameProblem(name: string, known: readonly string[]): ErrorDetail[] {
  if (known.includes(name)) return [];
  const meant = nearestName(name, known);
  const hint = meant === undefined ? '' : `: did you mean ${meant}?`;
  return [{ path: `facts.${name}`, message: `no pack asks for ${name} and no entry uses it${hint}` }];
}

/** Raises `invalid` with every unknown name (and the nearest known one) and every value that cannot be said. */
export function checkAnswers({ facts }: FactAnswers, known: readonly string[]): void {
  const errors = Object.entries(facts).flatMap(([name, value]) => [
    ...nameProblem(name, known),
    ...(value === null ? [] : textsOf(name, value)).flatMap(({ path, text }) => {
      const message = valueProblem(text);
      return message === undefined ? [] : [{ path, message }];
    }),
  ]);
  if (errors.length > 0) throw new CuecardError('invalid', 'some facts cannot be taken', { errors });
}
