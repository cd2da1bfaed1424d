import type { Answer, Entry } from '../domain/entry.ts';
import type { EntryFilter, EntryState } from '../domain/entry-filter.ts';
import type { TenantId } from '../domain/ids.ts';
import type { KeptEntry } from '../domain/kept-entry.ts';
import { DEFAULT_SETTINGS, type Settings } from '../domain/tenant.ts';
import type { DraftStore } from '../ports/draft.ts';
import type { Page } from '../ports/page.ts';
import { shopFactsIn } from './check-text.ts';
import type { KnowledgeDeps } from './deps.ts';
import { questionKey } from './entry-rows.ts';
import { packName } from './plan.ts';
import { pageSize, searchPages } from './search-pages.ts';

const MAX_PAGE = 200;
/** A search looks at many entries for the few it shows: so many a read. */
const SEARCHED_AT_ONCE = 1_000;

type Filter = { [Name in keyof EntryFilter]?: EntryFilter[Name] | undefined };
type Facts = Settings['shopFacts'];
type Now = { at: number; facts: Facts };

const hasEnded = (at: number, { validUntil }: Answer): boolean =>
  validUntil !== undefined && Date.parse(validUntil) <= at;
const isAhead = (at: number, { validFrom }: Answer): boolean => validFrom !== undefined && Date.parse(validFrom) > at;

const factsOf = (entry: Entry): string[] => entry.answers.flatMap(({ text }) => shopFactsIn(text));

const isSet = (facts: Facts, name: string): boolean => {
  const value = facts[name];
  return typeof value === 'string'
    ? value !== ''
    : value !== undefined && Object.values(value).some((text) => text !== '');
};

const STATES: Readonly<Record<EntryState, (entry: Entry, now: Now) => boolean>> = {
  on: (entry) => entry.off !== true,
  off: (entry) => entry.off === true,
  expired: (entry, { at }) => entry.answers.every((answer) => hasEnded(at, answer)),
  scheduled: (entry, { at }) => entry.answers.every((answer) => isAhead(at, answer)),
  passage: (entry) => entry.passage !== undefined,
  locked: (entry, { facts }) => factsOf(entry).some((name) => !isSet(facts, name)),
  unlocked: (entry, { facts }) => {
    const names = factsOf(entry);
    return names.length > 0 && names.every((name) => isSet(facts, name));
  },
};

function holding(query: string): (entry: Entry) => boolean {
  const wanted = questionKey(query);
  const holds = (text: string): boolean => questionKey(text).includes(wanted);
  return (entry) =>
    holds(entry.id) ||
    holds(entry.intent) ||
    holds(entry.question) ||
    entry.similarQuestions.some(holds) ||
    entry.answers.some((answer) => holds(answer.text));
}

const inBranch = (name: string, branch: string): boolean => name === branch || name.startsWith(`${branch}.`);

type Test = (entry: Entry) => boolean;

const when = <T>(value: T | undefined, test: (value: T) => Test): Test[] => (value === undefined ? [] : [test(value)]);

/** The tests that the filter asks for, the cheap ones first. */
function testsOf(filter: Filter, now: Now): Test[] {
  const words = filter.q === undefined || questionKey(filter.q) === '' ? undefined : filter.q;
  return [
    ...when(filter.category, (category) => (entry) => entry.category === category),
    ...when(filter.language, (language) => (entry) => entry.language === language),
    ...when(filter.intent, (intent) => (entry) => inBranch(entry.intent, intent)),
    ...when(filter.pack, (pack) => (entry) => (packName(entry.pack) ?? 'none') === pack),
    ...when(filter.policy, (policy) => (entry) => entry.policy === policy),
    ...when(filter.state, (state) => (entry) => STATES[state](entry, now)),
    ...when(words, holding),
  ];
}

type Listing = Filter & { limit?: number | undefined; cursor?: string | undefined };

/** A page of those that pass, by id. */
async function narrowed(
  drafts: DraftStore,
  tenant: TenantId,
  { limit, cursor, ...filter }: Listing,
  now: Now,
): Promise<Page<KeptEntry>> {
  const { generation } = await drafts.head(tenant);
  const wanted = pageSize(limit, 50, MAX_PAGE);
  const tests = testsOf(filter, now);
  const readAtOnce = tests.length === 0 ? wanted : SEARCHED_AT_ONCE;
  const passes = (entry: Entry): boolean => tests.every((test) => test(entry));
  return searchPages((after) => drafts.page(tenant, generation, readAtOnce, after), passes, wanted, cursor);
}

/** Entries by id; without a filter all of them. */
export async function listEntries(
  deps: Pick<KnowledgeDeps, 'drafts' | 'tenant' | 'now'>,
  tenant: TenantId,
  listing: Listing,
): Promise<Page<KeptEntry>> {
  const facts =
    listing.state === undefined ? {} : ((await deps.tenant(tenant))?.settings ?? DEFAULT_SETTINGS).shopFacts;
  return narrowed(deps.drafts, tenant, listing, { at: deps.now(), facts });
}
