import { expect, test } from 'vitest';
import { http, on } from '../../functions/support/http.ts';
import { health } from '../../lib/domain/contract/service.ts';

const EVENT = { routeKey: 'GET /v1/health', rawPath: '/v1/health' };
const within = (ms: number) => ({ getRemainingTimeInMillis: () => ms });

test('what takes too long says so before it is cut off', async () => {
  const never = http(on(health, () => new Promise<never>(() => undefined)));
  const { statusCode, body } = await never(EVENT, within(520));
  expect(statusCode).toBe(503);
  expect(JSON.parse(body)).toMatchObject({
    status: 503,
    detail: 'it took too long and may yet be done: look, then try again',
  });
});

test('what fails in time fails as itself', async () => {
  const failing = http(on(health, () => Promise.reject(new Error('broken'))));
  expect((await failing(EVENT, within(10_000))).statusCode).toBe(500);
});
