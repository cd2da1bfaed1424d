/** The functions as the gateway calls them, over a table of the test's own. Set before the first of them is imported. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTenant, putToken } from '../../lib/adapters/dynamodb/tenants.ts';
import { AgentId, TenantId } from '../../lib/domain/ids.ts';
import type { Role, Settings } from '../../lib/domain/tenant.ts';
import { newToken } from '../../lib/tenants/tokens.ts';
import { tenantNamed } from './access-room.ts';
import { startTable } from './dynalite.ts';

export type Answer = { status: number; body: Record<string, unknown>; text: string };
type Handler = (
  event: unknown,
  context: unknown,
) => Promise<{ statusCode: number; body: string; isBase64Encoded?: boolean }>;
type Call = {
  route: string;
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  token?: string;
};

export async function functionsOverTable() {
  const test = await startTable();
  const objects = await mkdtemp(join(tmpdir(), 'cuecard-functions-'));
  Object.assign(process.env, {
    TABLE_NAME: test.table.name,
    OBJECTS: `file:${objects}`,
    FUNCTION_PREFIX: 'cuecard-test-',
    SEAL_KEY: randomBytes(32).toString('base64'),
    DYNAMODB_ENDPOINT: test.endpoint,
    LAMBDA_ENDPOINT: 'http://127.0.0.1:9',
    WEBSOCKET_ENDPOINT: 'http://127.0.0.1:9',
    ALLOW_LOCAL_CALLBACKS: 'true',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'local',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
  });
  return {
    table: test.table,
    async stop() {
      await test.stop();
      await rm(objects, { recursive: true, force: true });
    },
    async tenant(name: string, settings: Partial<Settings> = {}) {
      const id = TenantId.parse(name);
      const tenant = tenantNamed(id);
      const secrets = { webhookSecret: [], callbackSecret: [] };
      await createTenant(test.table, { tenant: { ...tenant, settings: { ...tenant.settings, ...settings } }, secrets });
      return id;
    },
    async token(tenant: TenantId, role: Role, agentId: string = role) {
      const fresh = newToken(randomBytes, tenant, { role, agentId: AgentId.parse(agentId) });
      await putToken(test.table, tenant, fresh.id, fresh.record);
      return fresh.token;
    },
    /** One request through a function's handler. */
    async call(handler: unknown, { route, params = {}, query = {}, body, token }: Call): Promise<Answer> {
      const path = route.split(' ')[1] ?? '';
      const event = {
        routeKey: route,
        rawPath: path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? '')),
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        queryStringParameters: query,
        pathParameters: params,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      };
      const answer = await (handler as Handler)(event, { awsRequestId: 'test' });
      const text = Buffer.from(answer.body, answer.isBase64Encoded === true ? 'base64' : 'utf8').toString('utf8');
      return { status: answer.statusCode, body: JSON.parse(text), text };
    },
  };
}
export type Functions = Awaited<ReturnType<typeof functionsOverTable>>;
