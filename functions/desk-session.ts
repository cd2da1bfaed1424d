import { deskSession } from '../lib/app/messages.ts';
import { createTicket, readPhrases, writePhrases } from '../lib/domain/contract/desk.ts';
import { http, on } from './support/http.ts';

export const handler = http(
  on(createTicket, async ({ tenant, caller }) => ({
    status: 201,
    body: await (await deskSession()).createTicket(tenant, caller),
  })),
  on(readPhrases, async ({ tenant, caller }) => ({
    status: 200,
    body: await (await deskSession()).readPhrases(tenant, caller),
  })),
  on(writePhrases, async ({ tenant, caller, body }) => ({
    status: 200,
    body: await (await deskSession()).writePhrases(tenant, caller, body),
  })),
);
