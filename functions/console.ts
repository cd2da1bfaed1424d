import { css, embed, frame, frameCss, html, js, manage, manageCss, shared } from 'console:assets';
import { uploadSources } from '../lib/app/console.ts';
import {
  consolePage,
  consoleScript,
  consoleShared,
  consoleStyle,
  embedScript,
  frameScript,
  frameStyle,
  home,
  manageScript,
  manageStyle,
} from '../lib/domain/contract/service.ts';
import { http, on } from './support/http.ts';
import { pageFile } from './support/page-file.ts';

const file = (contentType: string, text: string) =>
  pageFile(contentType, text, { connect: uploadSources(), framedBy: [] });

export const handler = http(
  on(home, async () => ({ status: 302, text: '', headers: { location: 'console' } })),
  on(consolePage, async () => file('text/html', html)),
  on(consoleScript, async () => file('text/javascript', js)),
  on(consoleStyle, async () => file('text/css', css)),
  on(consoleShared, async () => file('text/javascript', shared)),
  on(manageScript, async () => file('text/javascript', manage)),
  on(manageStyle, async () => file('text/css', manageCss)),
  on(frameScript, async () => file('text/javascript', frame)),
  on(frameStyle, async () => file('text/css', frameCss)),
  on(embedScript, async () => file('text/javascript', embed)),
);
