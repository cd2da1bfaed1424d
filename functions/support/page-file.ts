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
