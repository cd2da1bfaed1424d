import type { SealedSecret, SecretName, TenantRecord } from '../domain/tenant.ts';

/** Random bytes from the platform's generator. */
export type RandomBytes = (count: number) => Uint8Array;
export type Seal = { seal(plain: string, context: string): string; open(envelope: string, context: string): string };

const SECRET_BYTES = 32;
/** How long a rotated secret is still accepted, so that a platform can be changed over without a gap. */
export const ROTATION_OVERLAP_MS = 24 * 60 * 60 * 1000;

/** A Standard Webhooks symmetric secret: `whsec_` and 32 random bytes in base64. */
export const newSecret = (random: RandomBytes): string =>
  `whsec_${Buffer.from(random(SECRET_BYTES)).toString('base64')}`;

const context = (tenant: string, name: SecretName): string => `${tenant}/${name}`;

export const sealSecret = (seal: Seal, tenant: string, name: SecretName, plain: string): SealedSecret => ({
  sealed: seal.seal(plain, context(tenant, name)),
});

/** The secrets that count at `now`, newest first. */
export function openSecrets(seal: Seal, record: TenantRecord, name: SecretName, now: number): string[] {
  return record.secrets[name]
    .filter((secret) => secret.until === undefined || secret.until > now)
    .map((secret) => seal.open(secret.sealed, context(record.tenant.id, name)));
}

/** Puts a fresh secret first; the one before stays accepted for a day, older ones go. */
export function rotateSecret(record: TenantRecord, name: SecretName, fresh: SealedSecret, now: number): TenantRecord {
  const [current] = record.secrets[name];
  const kept = current === undefined ? [] : [{ ...current, until: now + ROTATION_OVERLAP_MS }];
  return { ...record, secrets: { ...record.secrets, [name]: [fresh, ...kept] } };
}
