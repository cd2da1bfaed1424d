/** What the page's function needs of the deployment; no client, so that its bundle stays small. */

import { readSettings } from '../settings.ts';

const OBJECT_STORES = ['https://*.amazonaws.com', 'https://*.amazonaws.com.cn'];

/** Where the page posts files that are too large for the gateway: sources for its content security policy. */
export function uploadSources(): readonly string[] {
  const { upload } = readSettings();
  return upload === undefined ? OBJECT_STORES : [new URL(upload.url).origin];
}
