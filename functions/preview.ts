import { hitTest } from '../lib/app/messages.ts';
import { previewAssist } from '../lib/domain/contract/preview.ts';
import { http, on } from './support/http.ts';

export const handler = http(
  on(previewAssist, async ({ tenant, body }) => ({
    status: 200,
    body: await (await hitTest()).preview(tenant, body),
  })),
);
