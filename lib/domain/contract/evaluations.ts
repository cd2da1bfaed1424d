import * as z from 'zod';
import { Evaluation } from '../evaluation.ts';
import { ReleaseId } from '../ids.ts';
import { Cursor, page, route } from './common.ts';

const manager = { roles: ['manager'] } as const;
const id = z.string().max(100);
const oneEvaluation = { ...manager, params: z.object({ id }) };

/** What fits through the gateway, and what a run reads. */
const MAX_BYTES = 4 * 1024 * 1024;

export const startEvaluation = route('POST', '/v1/knowledge/evaluations', {
  summary:
    'Asks a release many questions and compares with what is expected. The body is a CSV or XLSX with the columns question and expected (问题, 期望), or JSON {rows: [{question, expected, language?}], name?, release?, against?}; expected is an entry, an intent or none. At most 20,000 rows and 4 MB',
  ...manager,
  query: z.object({
    name: z.string().max(200).optional(),
    /** The live one unless given; one that is `ready` may be asked as well. */
    release: ReleaseId.optional(),
    /** An earlier run that this one is compared with. */
    against: id.optional(),
  }),
  upload: { contentType: 'application/octet-stream', maxBytes: MAX_BYTES },
  responses: {
    202: {
      description: 'Queued; poll the evaluation',
      schema: z.object({ id: z.string(), status: Evaluation.shape.status }),
    },
  },
});

export const listEvaluations = route('GET', '/v1/knowledge/evaluations', {
  summary: 'Batch hit tests, newest first, without their misses',
  ...manager,
  query: z.object({
    cursor: Cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  responses: { 200: { description: 'The runs', schema: page(Evaluation) } },
});

export const readEvaluation = route('GET', '/v1/knowledge/evaluations/{id}', {
  summary: 'A batch hit test: figures, the first misses, and what it gained and lost against an earlier run',
  ...oneEvaluation,
  query: z.object({ against: id.optional() }),
  responses: { 200: { description: 'The run', schema: Evaluation } },
});

export const readMisses = route('GET', '/v1/knowledge/evaluations/{id}/misses', {
  summary: 'Every question that was not answered as expected, as a CSV that can be uploaded as a run again',
  ...oneEvaluation,
  responses: { 200: { description: 'The file', schema: z.string(), contentType: 'text/csv' } },
});
