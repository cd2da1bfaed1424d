import { frameHtml } from 'console:assets';
import { embedOrigins } from '../lib/app/embed.ts';
import { framePage } from '../lib/domain/contract/service.ts';
import { http, on } from './support/http.ts';
import { pageFile } from './support/page-file.ts';

/** Origins and tenant ids hold no character that HTML would read, and are written so that it would not matter. */
const attribute = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

export const handler = http(
  on(framePage, async ({ params }) => {
    const origins = await embedOrigins(params.tenant);
    const html = frameHtml
      .replace('%TENANT%', () => attribute(params.tenant))
      .replace('%ORIGINS%', () => attribute(origins.join(' ')));
    return pageFile('text/html', html, { connect: [], framedBy: origins });
  }),
);
