import { checkHealth } from '../lib/app.ts';
import { health } from '../lib/domain/contract/service.ts';
import { CuecardError } from '../lib/domain/error.ts';
import { http, on } from './support/http.ts';

export const handler = http(
  on(health, async () => {
    await checkHealth().catch((cause: unknown) => {
      throw new CuecardError('unavailable', 'the store cannot be read', { cause });
    });
    return { status: 200, body: { status: 'ok' } };
  }),
);
