import type { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import type { Clock } from '../ports/clock.ts';
import type { PresignUpload } from '../ports/objects.ts';

/** Forms that let a browser put one object of bounded size into the bucket, by S3's presigned POST. */
export function s3Uploads(client: S3Client, bucket: string, now: Clock): PresignUpload {
  return async (key, { maxBytes, expiresAt }) => {
    const { url, fields } = await createPresignedPost(client, {
      Bucket: bucket,
      Key: key,
      Conditions: [['content-length-range', 1, maxBytes]],
      Expires: Math.max(1, Math.round((expiresAt - now()) / 1_000)),
    });
    return { url, fields, maxBytes, expiresAt: new Date(expiresAt).toISOString() };
  };
}
