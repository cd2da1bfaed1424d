import { hitTest } from '../lib/app/hit-test.ts';
import { previewAssist } from '../lib/domain/contract/preview.ts';
import { deskHttp } from './support/desk.ts';
import { on } from './support/http.ts';

export const handler = deskHttp(
  on(previewAssist, async ({ tenant, body }) => ({
    status: 200,
    body: await (await hitTest()).preview(tenant, body),
  })),
);
