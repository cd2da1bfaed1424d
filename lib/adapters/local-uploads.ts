import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { PresignUpload } from '../ports/objects.ts';

/** What a form of the local stack allows: one object under this key, until then (epoch ms), no larger than that. */
export const UploadPolicy = z.object({
  key: z.string().regex(/^uploads\/[\w-]+\/[\w-]+\/file$/),
  maxBytes: z.number().int().positive(),
  expiresAt: z.number().int(),
});
export type UploadPolicy = z.infer<typeof UploadPolicy>;

const signed = (secret: string, policy: string): Buffer => createHmac('sha256', secret).update(policy).digest();

/** Forms that the upload listener of the local stack takes, in the way of S3's presigned posts. */
export function localUploads(url: string, secret: string): PresignUpload {
  return async (key, { maxBytes, expiresAt }) => {
    const allowed: UploadPolicy = { key, maxBytes, expiresAt };
    const policy = Buffer.from(JSON.stringify(allowed)).toString('base64url');
    const signature = signed(secret, policy).toString('hex');
    return { url, fields: { key, policy, signature }, maxBytes, expiresAt: new Date(expiresAt).toISOString() };
  };
}

/** What the fields of a form allow now; undefined when they were not signed here, or have expired. */
export function allowedUpload(
  fields: ReadonlyMap<string, string>,
  secret: string,
  now: number,
): UploadPolicy | undefined {
  const policy = fields.get('policy') ?? '';
  const given = Buffer.from(fields.get('signature') ?? '', 'hex');
  const right = signed(secret, policy);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  const parsed = UploadPolicy.safeParse(JSON.parse(Buffer.from(policy, 'base64url').toString('utf8')));
  return parsed.success && parsed.data.expiresAt > now && parsed.data.key === fields.get('key')
    ? parsed.data
    : undefined;
}
