import { deskSession } from '../lib/app/desk.ts';
import { phraseImports } from '../lib/app/phrases.ts';
import { createTicket, importPhrases, readPhrases, writePhrases } from '../lib/domain/contract/desk-session.ts';
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
  on(importPhrases, async ({ tenant, caller, query, raw }) => ({
    status: 200,
    body: await (await phraseImports())(tenant, caller, query, raw),
  })),
  on(writePhrases, async ({ tenant, caller, body }) => ({
    status: 200,
    body: await (await deskSession()).writePhrases(tenant, caller, body),
  })),
);
