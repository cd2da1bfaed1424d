import { css, html, js, manage, manageCss, shared } from 'console:assets';
import { uploadSources } from '../lib/app/console.ts';
import {
  consolePage,
  consoleScript,
  consoleShared,
  consoleStyle,
  manageScript,
  manageStyle,
} from '../lib/domain/contract/service.ts';
import { http, on } from './support/http.ts';

const contentSecurityPolicy = (): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: https:",
    `connect-src 'self' ws: wss: ${uploadSources().join(' ')}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const file = (contentType: string, text: string) => ({
  status: 200,
  text,
  headers: {
    'content-type': `${contentType}; charset=utf-8`,
    'content-security-policy': contentSecurityPolicy(),
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cache-control': 'no-cache',
  },
});

export const handler = http(
  on(consolePage, async () => file('text/html', html)),
  on(consoleScript, async () => file('text/javascript', js)),
  on(consoleStyle, async () => file('text/css', css)),
  on(consoleShared, async () => file('text/javascript', shared)),
  on(manageScript, async () => file('text/javascript', manage)),
  on(manageStyle, async () => file('text/css', manageCss)),
);
