import { evaluations } from '../lib/app/evaluations.ts';
import { listEvaluations, readEvaluation, readMisses, startEvaluation } from '../lib/domain/contract/evaluations.ts';
import { http, on } from './support/http.ts';

export const handler = http(
  on(startEvaluation, async ({ tenant, caller, query, raw }) => ({
    status: 202,
    body: await (await evaluations()).start(tenant, { ...query, by: caller.agentId }, raw),
  })),
  on(listEvaluations, async ({ tenant, query }) => ({
    status: 200,
    body: await (await evaluations()).list(tenant, query),
  })),
  on(readEvaluation, async ({ tenant, params, query }) => ({
    status: 200,
    body: await (await evaluations()).read(tenant, params.id, query.against),
  })),
  on(readMisses, async ({ tenant, params }) => ({
    status: 200,
    text: await (await evaluations()).misses(tenant, params.id),
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="misses-${params.id.replace(/[^A-Za-z0-9_-]/g, '')}.csv"`,
    },
  })),
);
