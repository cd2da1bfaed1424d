/** What is kept of a change of the settings: which, and from what to what where that is a word or a number. */
import type { Tenant } from '../domain/tenant.ts';

type Tree = { [name: string]: unknown };
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
const isShort = (value: unknown): boolean => value === undefined || !(typeof value === 'object' && value !== null);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Of these it is told what they say; of texts, lists and the callback's address, which may be
 * long, anybody's words or carry a secret, only that they changed.
 */
const TOLD: ReadonlySet<string> = new Set([
  'name',
  'languages',
  'mode',
  'timeZone',
  'quietWindowMs',
  'targetPrecision',
  'belowThreshold',
  'outOfScopeShare',
  'visibility',
  'sessionHours',
  'keepReleases',
  'learning',
  'gate',
  'model',
  'routing',
]);

const shown = (value: unknown): string => (value === undefined ? 'unset' : String(value));

function changesAt(place: string, before: unknown, now: unknown): string[] {
  if (same(before, now)) return [];
  if (isShort(before) && isShort(now)) return [`${place}: ${shown(before)} -> ${shown(now)}`];
  if (!isTree(before ?? {}) || !isTree(now ?? {})) return [place];
  const [old, fresh] = [(before ?? {}) as Tree, (now ?? {}) as Tree];
  const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])];
  return names.flatMap((name) => changesAt(`${place}.${name}`, old[name], fresh[name]));
}

/** Each change by its place, in the order of the settings; windows in which nothing goes live have events of their own. */
export function settingsChanges(before: Tenant, now: Tenant): string[] {
  const [old, fresh]: [Tree, Tree] = [
    { name: before.name, languages: before.languages.join(' '), ...before.settings },
    { name: now.name, languages: now.languages.join(' '), ...now.settings },
  ];
  const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].filter((name) => name !== 'freezes');
  return names.flatMap((name) => {
    if (same(old[name], fresh[name])) return [];
    return TOLD.has(name) ? changesAt(name, old[name], fresh[name]) : [name];
  });
}
