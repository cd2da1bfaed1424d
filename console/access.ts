import type { Me, Pages } from '../lib/domain/access.ts';
import { ApiError, type Call } from './api.ts';

/** `me`: where the server says so. */
export type Access = Pages & { me?: Me };
export const AGENT: Access = { desk: true, team: false, knowledge: false, admin: false };

type Kept = { getItem(key: string): string | null; setItem(key: string, value: string): void };
const KEY = 'cuecard.access';

const isMissing = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 403 || error.status === 404);

async function allowed(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** A server that does not say who somebody is: what it refuses is not shown. */
async function probe(call: Call): Promise<Access> {
  const knowledge = await allowed(call('GET', '/v1/knowledge/releases?limit=1'));
  if (!knowledge) return AGENT;
  return { ...AGENT, knowledge, desk: await allowed(call('GET', '/v1/desk/conversations?owner=queue')) };
}

/** What a token opens. Raises `ApiError` 401 for one that opens nothing. */
export async function askAccess(call: Call): Promise<Access> {
  try {
    const me = (await call('GET', '/v1/me')) as Me;
    return { ...AGENT, ...me.pages, me };
  } catch (error) {
    if (isMissing(error)) return probe(call);
    throw error;
  }
}

/** A token's role never changes, so one answer serves for as long as this tab is signed in. */
export function keptAccess(kept: Kept): Access | undefined {
  try {
    const found: Access | null = JSON.parse(kept.getItem(KEY) ?? 'null');
    return typeof found === 'object' && found !== null ? { ...AGENT, ...found } : undefined;
  } catch {
    return undefined;
  }
}

export function keepAccess(kept: Kept, access: Access): void {
  kept.setItem(KEY, JSON.stringify(access));
}

export function forgetAccess(kept: { removeItem(key: string): void }): void {
  kept.removeItem(KEY);
}
