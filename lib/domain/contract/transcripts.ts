import * as z from 'zod';
import { EntryId } from '../ids.ts';
import { TranscriptReport } from '../transcript.ts';
import { Cursor, page, route } from './common.ts';

const manager = { roles: ['manager'] } as const;
const oneTranscript = { ...manager, params: z.object({ id: z.string().max(100) }) };

/** What fits through the gateway. */
const MAX_BYTES = 4 * 1024 * 1024;

export const startTranscript = route('POST', '/v1/knowledge/transcripts', {
  summary:
    'Reads a chat export: what customers asked, how much of it the knowledge covers, what agents answered. The body is a CSV or XLSX with the columns conversation (会话), author or role (角色: customer 顾客, agent 客服), text (内容) and optionally time (时间); a JSON {"conversations": [{"id", "messages": [{"author", "text", "at"}]}]}; or JSON lines of conversations or of messages. At most 50,000 messages and 4 MB. Texts are kept and shown masked',
  ...manager,
  query: z.object({
    /** What the sender believes it to be; its content decides. */
    format: z.enum(['auto', 'csv', 'xlsx', 'json', 'jsonl']).default('auto'),
    name: z.string().max(200).optional(),
  }),
  upload: { contentType: 'application/octet-stream', maxBytes: MAX_BYTES },
  responses: {
    202: {
      description: 'Queued; poll the report',
      schema: z.object({ id: z.string(), status: TranscriptReport.shape.status }),
    },
  },
});

export const listTranscripts = route('GET', '/v1/knowledge/transcripts', {
  summary: 'Chat exports that were read, newest first, without their topics',
  ...manager,
  query: z.object({
    cursor: Cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  responses: { 200: { description: 'The reports', schema: page(TranscriptReport) } },
});

export const readTranscript = route('GET', '/v1/knowledge/transcripts/{id}', {
  summary: 'What a chat export says: figures, coverage, and topics with examples, replies and a draft',
  ...oneTranscript,
  responses: { 200: { description: 'The report', schema: TranscriptReport } },
});

export const draftTopics = route('POST', '/v1/knowledge/transcripts/{id}/drafts', {
  summary: 'Adds the entries that topics propose to the draft; never in the place of one that is there',
  ...oneTranscript,
  body: z.strictObject({ topics: z.array(z.string().max(100)).min(1).max(100) }),
  responses: {
    200: {
      description: '`kept`: were there before and stay as they are',
      schema: z.object({ written: z.array(EntryId), kept: z.array(EntryId) }),
    },
  },
});
