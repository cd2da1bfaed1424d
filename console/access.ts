import { ApiError, type Call } from './api.ts';

/** What a token opens. A token does not say so itself: the API is asked, and what it refuses is not shown. */
export type Access = { desk: boolean; knowledge: boolean };
export const AGENT: Access = { desk: true, knowledge: false };

type Kept = { getItem(key: string): string | null; setItem(key: string, value: string): void };
const KEY = 'cuecard.access';

async function allowed(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof ApiError && (error.status === 403 || error.status === 404)) return false;
    throw error;
  }
}

/** Raises `ApiError` 401 for a token that opens nothing. A person's own desk is asked about only where it is in doubt. */
export async function askAccess(call: Call): Promise<Access> {
  const knowledge = await allowed(call('GET', '/v1/knowledge/releases?limit=1'));
  return knowledge ? { knowledge, desk: await allowed(call('GET', '/v1/desk/conversations?owner=queue')) } : AGENT;
}

/** A token's role never changes, so one answer serves for as long as this tab is signed in. */
export function keptAccess(kept: Kept): Access | undefined {
  const [desk, knowledge] = (kept.getItem(KEY) ?? '').split(',');
  return knowledge === undefined ? undefined : { desk: desk === 'true', knowledge: knowledge === 'true' };
}

export function keepAccess(kept: Kept, { desk, knowledge }: Access): void {
  kept.setItem(KEY, `${desk},${knowledge}`);
}

export function forgetAccess(kept: { removeItem(key: string): void }): void {
  kept.removeItem(KEY);
}
