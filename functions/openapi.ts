import * as access from '../lib/domain/contract/access.ts';
import * as desk from '../lib/domain/contract/desk.ts';
import * as deskActions from '../lib/domain/contract/desk-actions.ts';
import * as deskSession from '../lib/domain/contract/desk-session.ts';
import * as deskTools from '../lib/domain/contract/desk-tools.ts';
import * as drafts from '../lib/domain/contract/drafts.ts';
import * as evaluations from '../lib/domain/contract/evaluations.ts';
import * as events from '../lib/domain/contract/events.ts';
import * as gaps from '../lib/domain/contract/gaps.ts';
import * as golden from '../lib/domain/contract/golden.ts';
import * as imports from '../lib/domain/contract/imports.ts';
import * as knowledge from '../lib/domain/contract/knowledge.ts';
import * as packs from '../lib/domain/contract/packs.ts';
import * as platforms from '../lib/domain/contract/platforms.ts';
import * as preview from '../lib/domain/contract/preview.ts';
import * as privacy from '../lib/domain/contract/privacy.ts';
import * as proposals from '../lib/domain/contract/proposals.ts';
import type { Route } from '../lib/domain/contract/route.ts';
import * as service from '../lib/domain/contract/service.ts';
import * as supervisor from '../lib/domain/contract/supervisor.ts';
import * as team from '../lib/domain/contract/team.ts';
import * as tenants from '../lib/domain/contract/tenants.ts';
import * as transcripts from '../lib/domain/contract/transcripts.ts';
import { http, on } from './support/http.ts';
import { openApiDocument } from './support/openapi.ts';

const isRoute = (value: unknown): value is Route =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value;

const modules: Record<string, unknown>[] = [
  service,
  supervisor,
  access,
  privacy,
  team,
  tenants,
  events,
  preview,
  desk,
  deskActions,
  deskSession,
  deskTools,
  drafts,
  knowledge,
  imports,
  golden,
  packs,
  platforms,
  evaluations,
  transcripts,
  gaps,
  proposals,
];
const routes: Record<string, Route> = {};
for (const [name, value] of modules.flatMap((module) => Object.entries(module))) {
  if (isRoute(value)) routes[name] = value;
}

let document: string | undefined;

export const handler = http(
  on(service.openapi, async () => {
    document ??= JSON.stringify(openApiDocument(routes));
    return { status: 200, text: document };
  }),
);
