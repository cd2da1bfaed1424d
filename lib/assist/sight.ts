/** What a viewer may see: which conversations at all, and whether as they are or with personal data masked. */
import type { Head } from '../domain/conversation.ts';
import type { Customer } from '../domain/customer.ts';
import { knownPerson } from '../domain/personal-data/known.ts';
import { redact } from '../domain/personal-data/mask.ts';
import type { KnownPerson, PersonalDataType } from '../domain/personal-data/types.ts';
import type { Caller } from '../domain/tenant.ts';
import type { EntityType } from '../domain/understanding.ts';

type Viewer = Pick<Caller, 'agentId' | 'role'>;
type Seen = Pick<Head, 'owner' | 'offer' | 'lastAgent' | 'handoff'>;

/** The one who talks with the customer sees them as they are: nobody else needs their name and number. */
export const isOwner = ({ agentId }: Pick<Viewer, 'agentId'>, { owner }: Pick<Head, 'owner'>): boolean =>
  owner === `agent:${agentId}`;

/** Held, asked about, or had by this agent: theirs whatever its skill. */
const isOwn = ({ agentId }: Viewer, { owner, offer, lastAgent, handoff }: Seen): boolean =>
  isOwner({ agentId }, { owner }) || [offer?.agentId, lastAgent?.id, handoff?.from].includes(agentId);

/**
 * Whether an agent sees a conversation where `visibility` is `skills`: their own, and those that wait for a skill of
 * theirs. Who has no skills serves any, as in routing; from `overflowAt` on anybody does. What needs no skill yet (it is
 * still the bot's) is seen by supervisors and by agents who serve any.
 */
export function mayOpen(viewer: Viewer, skills: readonly string[], head: Seen, now: number): boolean {
  if (viewer.role !== 'agent' || skills.length === 0 || isOwn(viewer, head)) return true;
  const { handoff } = head;
  if (handoff === undefined) return false;
  return skills.includes(handoff.skill) || (handoff.overflowAt !== undefined && handoff.overflowAt <= now);
}

type Personal = PersonalDataType & EntityType;
const PERSONAL: ReadonlySet<string> = new Set<Personal>(['phone', 'email', 'address', 'name']);
/** Names, places and times of our own making; masking one would break what it names and hide nobody. */
const PLAIN =
  /^(?:id|ids|at|url|kind|type|owner|reason|role|language|skill|act|replay|release|version|author|orderNumber|number|trackingNumber|sku)$|(?:Id|Ids|At|Key|Ref)$/;
const NAMES: ReadonlySet<string> = new Set(['customerName']);
/** What a platform keeps in fields that it named itself: no name of theirs says that a value is nobody's. */
const FOREIGN: ReadonlySet<string> = new Set(['attributes', 'invoice']);

type Json = Record<string, unknown>;
const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** 王** for 王小明: enough to tell two who wait apart. */
export const veilName = (name: string): string => `${[...name.trim()][0] ?? ''}**`;

/** Masks words wherever they stand in an answer, so that what is added to it tomorrow is masked as well. */
function createVeil(known: KnownPerson): (value: unknown) => unknown {
  // Assists repeat the same replies over and over.
  const masked = new Map<string, string>();
  const words = (text: string): string => {
    const given = masked.get(text) ?? redact(text, known);
    masked.set(text, given);
    return given;
  };
  const field = (key: string, value: unknown): unknown => {
    if (typeof value === 'string' && NAMES.has(key)) return veilName(value);
    if (FOREIGN.has(key)) return foreign(value);
    return PLAIN.test(key) && typeof value !== 'object' ? value : veil(value);
  };
  const record = (value: Json): Json => {
    if (isPersonalEntity(value)) return { ...value, text: `[${value.type}]`, value: `[${value.type}]` };
    if (isPersonalFact(value)) return { ...value, value: `[${value.name}]` };
    if (isCustomersAuthor(value)) return { ...value, name: veilName(value.name) };
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, field(key, inner)]));
  };
  const foreign = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(foreign);
    if (!isRecord(value)) return veil(value);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, foreign(inner)]));
  };
  const veil = (value: unknown): unknown => {
    if (typeof value === 'string') return words(value);
    if (typeof value === 'number') return veilNumber(value, words);
    if (Array.isArray(value)) return value.map(veil);
    return isRecord(value) ? record(value) : value;
  };
  return veil;
}

/** From here on a number may be somebody's phone; confidences, counts and prices are not. */
const LONG_NUMBER = 1_000_000_000;
/** Instants of these years in milliseconds: no phone number is so long. */
const INSTANTS = 1_000_000_000_000;

function veilNumber(value: number, words: (text: string) => string): unknown {
  if (!Number.isInteger(value) || value < LONG_NUMBER || (value >= INSTANTS && value < 2 * INSTANTS)) return value;
  const text = String(value);
  const shown = words(text);
  return shown === text ? value : shown;
}

const isPersonal = (type: unknown): type is Personal => typeof type === 'string' && PERSONAL.has(type);
const isPersonalEntity = (value: Json): value is Json & { type: Personal; value: unknown } =>
  isPersonal(value['type']) && 'start' in value && 'value' in value;
/** As a hand-off's package lists them: what an entity was, and what it said. */
const isPersonalFact = (value: Json): value is Json & { name: Personal; value: string } =>
  isPersonal(value['name']) && typeof value['value'] === 'string';

/** What was understood of people in the very answer: a name that only they have said is masked in all of its texts. */
function understood(value: unknown): NonNullable<KnownPerson['values']>[number][] {
  if (Array.isArray(value)) return value.flatMap(understood);
  if (!isRecord(value)) return [];
  if (isPersonalFact(value)) return [{ type: value.name, value: value.value }];
  if (isPersonalEntity(value)) {
    return [value['text'], value.value].flatMap((said) =>
      typeof said === 'string' ? [{ type: value.type, value: said }] : [],
    );
  }
  return Object.values(value).flatMap(understood);
}

const isCustomersAuthor = (value: Json): value is Json & { name: string } =>
  value['type'] === 'customer' && typeof value['name'] === 'string' && typeof value['id'] === 'string';

/** Of a customer's own fields, the values of those that hold a name, a number or an address go whole. */
function veilCustomer(customer: Customer, veil: (value: unknown) => unknown): unknown {
  const { name, ...rest } = customer;
  const seen = veil(rest);
  return name === undefined ? seen : { ...(seen as Json), name: veilName(name) };
}

/**
 * An answer about one conversation as anybody but its owner sees it. `customer` is what is known of the person behind
 * it, wherever in the texts it stands.
 */
export function veiled<Answer>(answer: Answer, customer: Customer | undefined, name?: string): Answer {
  const { values = [], ...known } = knownPerson(customer ?? (name === undefined ? undefined : { name }));
  const veil = createVeil({ ...known, values: [...values, ...understood(answer)] });
  if (!isRecord(answer)) return veil(answer) as Answer;
  const { customer: seen, ...rest } = answer;
  const shown = veil(rest) as Json;
  return (seen === undefined ? shown : { ...shown, customer: veilCustomer(seen as Customer, veil) }) as Answer;
}
