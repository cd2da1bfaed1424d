import { isPlainOrigin } from '../../lib/domain/origin.ts';

/** Where a page may connect beside its own host, and the pages that may frame it, as origins. */
type Doors = { connect: readonly string[]; framedBy: readonly string[] };

/** Scripts, styles and calls from here alone, nothing inline. */
export const contentSecurityPolicy = ({ connect, framedBy }: Doors): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: https:",
    ['connect-src', "'self'", 'ws:', 'wss:', ...connect].join(' '),
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${framedBy.length === 0 ? "'none'" : framedBy.join(' ')}`,
  ].join('; ');

/** A file of the page. `X-Frame-Options` knows no list of pages: where some may frame it, the policy alone says which. */
export const pageFile = (contentType: string, text: string, doors: Doors) => ({
  status: 200,
  text,
  headers: {
    'content-type': `${contentType}; charset=utf-8`,
    'content-security-policy': contentSecurityPolicy(doors),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
    ...(doors.framedBy.length === 0 ? { 'x-frame-options': 'DENY' } : {}),
  },
});

/** Origins and tenant ids hold no character that HTML would read, and are written so that it would not matter. */
const attribute = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The page of the framed card, which knows its tenant and whom it may listen to. */
export function frameFile(html: string, tenant: string, origins: readonly string[]) {
  const framedBy = origins.filter(isPlainOrigin);
  const page = html
    .replace('%TENANT%', () => attribute(tenant))
    .replace('%ORIGINS%', () => attribute(framedBy.join(' ')));
  return pageFile('text/html', page, { connect: [], framedBy });
}
