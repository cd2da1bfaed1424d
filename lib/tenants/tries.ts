/** How often somebody may try to sign in: paces for strangers, and one for devices that were let in before. */
import { createHash } from 'node:crypto';
import { CuecardError } from '../domain/error.ts';
import { normalLogin } from './passwords.ts';
import { personIdOf } from './people.ts';
import type { Seal } from './secrets.ts';
import { admit, type Pace } from './throttle.ts';

export type TryDeps = {
  /** When the last allowed attempt would have come had all come evenly (epoch ms), by what is tried. */
  readTries(hash: string): Promise<number | undefined>;
  putTries(hash: string, next: number, seen: number | undefined): Promise<'ok' | 'conflict'>;
  dropTries(hash: string): Promise<void>;
  seal: Seal;
  now(): number;
};
/** `device`: the envelope that an earlier sign-in gave it. */
type Attempt = { tenant: string; login: string; device?: string | undefined };

/**
 * What one address may cost: every attempt is hashed, about 0.1 s of a processor, also those for tenants that are not
 * there. An office of sixty can come at once; after that one a second.
 */
const PER_SOURCE: Pace = { intervalMs: 1_000, burst: 60 };
/** Ten attempts at once and one every ten seconds after, of one person: from one address, or on one device. */
const PER_PERSON: Pace = { intervalMs: 10_000, burst: 10 };
/**
 * From all addresses together: 34,560 guesses a day of a password that has ten characters and is none of the common ones.
 * No account is locked: attempts wait their turn. It takes four addresses that never stop to keep a person who comes from
 * another, on a new device, waiting; a device that was let in before, or a link, does not wait for them.
 */
const PER_LOGIN: Pace = { intervalMs: 2_500, burst: 40 };
/** Bounds one password tried over all logins; more than one address can use up. Tenants that are not there share one. */
const PER_TENANT: Pace = { intervalMs: 250, burst: 120 };
const COUNTING_ATTEMPTS = 4;

const tooMany = (waitMs: number): CuecardError => {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  return new CuecardError('rate_limited', `too many attempts to sign in: try again in ${seconds} s`, {
    members: { retryAfterSeconds: seconds },
  });
};

const digest = (...parts: string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** Counts an attempt before anything is compared, in one conditional item, so that many at once are still counted. */
async function countTry(deps: TryDeps, hash: string, pace: Pace): Promise<void> {
  for (let attempt = 0; attempt < COUNTING_ATTEMPTS; attempt += 1) {
    const seen = await deps.readTries(hash);
    const outcome = admit(seen, deps.now(), pace);
    if (!outcome.allowed) throw tooMany(outcome.waitMs);
    if ((await deps.putTries(hash, outcome.next, seen)) === 'ok') return;
  }
  throw tooMany(pace.intervalMs);
}

const deviceContext = (tenant: string): string => `${tenant}/device`;

/** Whether this device was let in as this person before: its envelope was sealed by us and opens to the person's id. */
function isKnownDevice(deps: TryDeps, tenant: string, personId: string, device: string | undefined): boolean {
  if (device === undefined) return false;
  try {
    return deps.seal.open(device, deviceContext(tenant)) === personId;
  } catch {
    return false;
  }
}

/** What a device is given that has let somebody in: the next time it does not wait for strangers. */
export const sealDevice = ({ seal }: Pick<TryDeps, 'seal'>, tenant: string, personId: string): string =>
  seal.seal(personId, deviceContext(tenant));

/**
 * Strangers' attempts share the pace of their address, of the login and of the tenant. A device that was let in before has
 * a pace of its own (OWASP, device cookies): whoever tries to keep somebody out by wrong passwords does not reach them.
 * Gives what a good sign-in makes up for.
 */
export async function countTries(
  deps: TryDeps,
  { tenant, login, device }: Attempt,
  source: string,
  isTenant: boolean,
): Promise<string | undefined> {
  const id = personIdOf(login);
  if (device !== undefined && isKnownDevice(deps, tenant, id, device)) {
    await countTry(deps, digest('device', tenant, device), PER_PERSON);
    return undefined;
  }
  const name = normalLogin(login);
  const here = digest('login', tenant, name, source);
  await countTry(deps, digest('source', source), PER_SOURCE);
  await countTry(deps, here, PER_PERSON);
  await countTry(deps, digest('login', tenant, name), PER_LOGIN);
  await countTry(deps, isTenant ? digest('tenant', tenant) : digest('no tenant'), PER_TENANT);
  return here;
}

/** An attempt to say one's own password again. */
export const countChange = (deps: TryDeps, tenant: string, personId: string): Promise<void> =>
  countTry(deps, digest('change', tenant, personId), PER_PERSON);
