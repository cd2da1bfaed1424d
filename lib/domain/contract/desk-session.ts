/** What an agent brings to the desk and opens it with: own and team phrases, and the ticket of a live connection. */
import * as z from 'zod';
import { ImportMode, RowProblem } from '../import-job.ts';
import { Language } from '../language.ts';
import { flag, route } from './common.ts';

export const DeskPhrase = z.object({
  id: z.string().min(1).max(100),
  title: z.string().max(200).optional(),
  shortcut: z.string().max(50).optional(),
  text: z.string().min(1).max(2_000),
  language: Language.optional(),
  /** The names in its `{{ask.<name>}}`, in order: the desk asks for each when the phrase is inserted. */
  parameters: z.array(z.string()).optional(),
});
export type DeskPhrase = z.infer<typeof DeskPhrase>;

const Phrases = z.object({ own: z.array(DeskPhrase), team: z.array(DeskPhrase) });

export const readPhrases = route('GET', '/v1/desk/phrases', {
  summary: 'Own and team phrases',
  roles: ['agent'],
  responses: { 200: { description: 'The phrases', schema: Phrases } },
});

export const writePhrases = route('PUT', '/v1/desk/phrases', {
  summary: 'Replaces own or team phrases',
  roles: ['agent', 'manager'],
  body: z.strictObject({ own: z.array(DeskPhrase).max(500).optional(), team: z.array(DeskPhrase).max(500).optional() }),
  responses: { 200: { description: 'The phrases', schema: Phrases } },
});

/** A phrase file is a page of a workbook, no knowledge base. */
export const MAX_PHRASE_FILE_BYTES = 512 * 1024;

export const PhraseImport = z.object({
  added: z.number().int().nonnegative(),
  changed: z.number().int().nonnegative(),
  unchanged: z.number().int().nonnegative(),
  removed: z.number().int().nonnegative(),
  rejected: z.array(RowProblem),
});
export type PhraseImport = z.infer<typeof PhraseImport>;

export const importPhrases = route('POST', '/v1/desk/phrases/import', {
  summary: 'Reads own or team phrases from a table (CSV, XLSX or JSON): shortcut, title, text, language',
  roles: ['agent', 'manager'],
  query: z.object({ list: z.enum(['own', 'team']).default('own'), mode: ImportMode.default('merge'), dryRun: flag }),
  upload: { contentType: 'application/octet-stream', maxBytes: MAX_PHRASE_FILE_BYTES },
  responses: { 200: { description: 'What was taken in, and every bad row with why', schema: PhraseImport } },
});

export const createTicket = route('POST', '/v1/desk/ticket', {
  summary: 'A ticket for one WebSocket connection, good for 30 seconds and one use',
  roles: ['agent', 'manager'],
  responses: {
    201: {
      description:
        'Open `url` with `?ticket=`. Hints `{conversationId, version, kind, owner, offeredTo?, desks}` may be lost: reread when ' +
        'it opens, a second later, after every gap and now and then. Send `{"open": id}` (or null) for the conversation that ' +
        'is shown: what concerns no one at this desk is told only as often as a team of that many `desks` can bear',
      schema: z.object({ ticket: z.string(), url: z.string(), expiresAt: z.iso.datetime(), agentId: z.string() }),
    },
  },
});
