/** What the page's function needs of the deployment; no client, so that its bundle stays small. */

import { readSettings } from '../settings.ts';

/** The names under which S3 knows a bucket: with its region and without, in China's partition with its own ending. */
const bucketSources = (bucket: string, region: string): string[] =>
  region.startsWith('cn-')
    ? [`https://${bucket}.s3.${region}.amazonaws.com.cn`]
    : [`https://${bucket}.s3.${region}.amazonaws.com`, `https://${bucket}.s3.amazonaws.com`];

/** Where the page posts files that are too large for the gateway: sources for its content security policy. */
export function uploadSources(): readonly string[] {
  const { upload, objects, region } = readSettings();
  return upload === undefined ? bucketSources(objects, region) : [new URL(upload.url).origin];
}
