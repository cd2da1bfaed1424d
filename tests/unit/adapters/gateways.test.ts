import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lambdaStart } from '../../../lib/adapters/lambda.ts';
import { close, push } from '../../../lib/adapters/websocket.ts';
import { ConversationId, TenantId } from '../../../lib/domain/ids.ts';

type Call = { method: string | undefined; path: string | undefined; type: string | string[] | undefined; body: string };
const calls: Call[] = [];
let status = 200;
let server: Server;

beforeAll(async () => {
  server = createServer((request, answer) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      calls.push({ method: request.method, path: request.url, type: request.headers['x-amz-invocation-type'], body });
      answer.writeHead(status).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => new Promise((done) => server.close(done)));

const local = () => ({
  endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  region: 'local',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 1,
});

describe('starting a function', () => {
  it('is an asynchronous invoke with ids only', async () => {
    status = 202;
    const start = lambdaStart(new LambdaClient(local()), 'cuecard-dev-');
    const payload = { tenant: TenantId.parse('demo'), conversation: ConversationId.parse('c1') };
    await start('deliver', payload);
    expect(calls.at(-1)).toEqual({
      method: 'POST',
      path: '/2015-03-31/functions/cuecard-dev-deliver/invocations',
      type: 'Event',
      body: JSON.stringify(payload),
    });
  });

  it('that is refused is an error', async () => {
    status = 429;
    const start = lambdaStart(new LambdaClient(local()), 'cuecard-dev-');
    const payload = { tenant: TenantId.parse('demo'), conversation: ConversationId.parse('c1') };
    await expect(start('deliver', payload)).rejects.toThrow();
  });
});

describe('pushing to a desk', () => {
  const client = () => new ApiGatewayManagementApiClient(local());

  it('posts the text to the connection', async () => {
    status = 200;
    expect(await push(client(), 'abc=', '{"kind":"assist"}')).toBe('sent');
    expect(calls.at(-1)).toMatchObject({ method: 'POST', path: '/@connections/abc%3D', body: '{"kind":"assist"}' });
  });

  it('says that a connection is gone by its status alone', async () => {
    status = 410;
    expect(await push(client(), 'abc', 'x')).toBe('gone');
  });

  it('closes a connection, gone or not', async () => {
    status = 204;
    await close(client(), 'abc=');
    expect(calls.at(-1)).toMatchObject({ method: 'DELETE', path: '/@connections/abc%3D' });
    status = 410;
    await expect(close(client(), 'abc')).resolves.toBeUndefined();
  });

  it('raises on other failures', async () => {
    status = 500;
    await expect(close(client(), 'abc')).rejects.toThrow();
    await expect(push(client(), 'abc', 'x')).rejects.toThrow();
  });
});
