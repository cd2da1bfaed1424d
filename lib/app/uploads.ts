/** Where files go that are too large for the gateway: S3 by presigned POST, locally the stack's own upload listener. */
import { once } from '../adapters/memory.ts';
import type { PresignUpload } from '../ports/objects.ts';
import { now, settings } from './clients.ts';

export const presignUpload = /* @__PURE__ */ once(async (): Promise<PresignUpload> => {
  const { objects, upload } = await settings();
  if (objects.startsWith('file:')) {
    if (upload === undefined) throw new Error('environment: UPLOAD_URL and UPLOAD_KEY are not set');
    const { localUploads } = await import('../adapters/local-uploads.ts');
    return localUploads(upload.url, upload.key);
  }
  const [{ s3Client }, { s3Uploads }] = await Promise.all([import('./sdk/s3.ts'), import('../adapters/s3-uploads.ts')]);
  return s3Uploads(s3Client(), objects, now);
});
