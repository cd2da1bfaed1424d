import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * AES-256-GCM (NIST SP 800-38D) with the tenant and the field as associated data, so that a sealed value moved to
 * another tenant or field does not open. Envelope: `v1.<key id>.<nonce>.<ciphertext and tag>`, base64url.
 */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export type Seal = {
  seal(plain: string, context: string): string;
  /** Throws on a damaged, moved or foreign envelope. */
  open(envelope: string, context: string): string;
};

export function sealWith(keyBase64: string, keyId = 'k1'): Seal {
  const key = Buffer.from(keyBase64, 'base64');
  if (key.length !== 32) throw new Error('SEAL_KEY must be 32 bytes in base64');
  return {
    seal(plain, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return ['v1', keyId, nonce.toString('base64url'), body.toString('base64url')].join('.');
    },
    open(envelope, context) {
      const [, , nonce = '', body = ''] = envelope.split('.');
      const [nonceBytes, bytes] = [Buffer.from(nonce, 'base64url'), Buffer.from(body, 'base64url')];
      // Base64 is read leniently: written again, an envelope of ours is what it was, and no other opens in its place.
      const again = ['v1', keyId, nonceBytes.toString('base64url'), bytes.toString('base64url')].join('.');
      if (envelope !== again || nonceBytes.length !== NONCE_BYTES || bytes.length < TAG_BYTES) {
        throw new Error('sealed value of another version or key, or no envelope of ours');
      }
      const decipher = createDecipheriv('aes-256-gcm', key, nonceBytes, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES)), decipher.final()]).toString(
        'utf8',
      );
    },
  };
}
