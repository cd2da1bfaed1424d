import { frameHtml } from 'console:assets';
import { embedOrigins } from '../lib/app/embed.ts';
import { framePage } from '../lib/domain/contract/service.ts';
import { http, on } from './support/http.ts';
import { frameFile } from './support/page-file.ts';

export const handler = http(
  on(framePage, async ({ params: { tenant } }) => frameFile(frameHtml, tenant, await embedOrigins(tenant))),
);
