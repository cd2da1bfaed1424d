/**
 * A chat export: a table (CSV, XLSX) with the columns conversation, author or role, text and (optional) time, a JSON
 * `{conversations: [{id, messages: [{author, text, at}]}]}`, or JSON lines of conversations or of messages.
 */
import * as z from 'zod';
import { CuecardError } from '../../domain/error.ts';
import type { RowProblem } from '../../domain/import-job.ts';
import { instantOf } from '../../domain/local-time.ts';
import { LIMITS, shown } from '../files/limits.ts';
import { readFile } from '../files/read-file.ts';
import type { Table } from '../files/types.ts';
import { knownHeaders, nameColumns } from '../named-table.ts';
import { SIDES_HINT, type Side, sideOf, TRANSCRIPT_COLUMNS, type TranscriptColumn } from './transcript-words.ts';

/** What one side said. `at` is epoch ms, where the export says when. */
export type Said = { side: Exclude<Side, 'none'>; text: string; at: number | undefined };
export type PastConversation = { id: string; messages: Said[] };
export type Transcript = { conversations: PastConversation[]; messages: number; rejected: RowProblem[] };

const MAX_TEXT = 4_000;

/** Reads by what the file holds, whatever it is called. Raises `unsupported_media`, `invalid`, `too_large`. */
export function readTranscript(bytes: Uint8Array, timeZone: string): Transcript {
  const content = readFile(bytes, { known: knownHeaders(TRANSCRIPT_COLUMNS) });
  const collector = collect(timeZone);
  for (const problem of content.rejected) collector.reject(problem);
  if (content.kind === 'articles') {
    const asked = 'a table with the columns conversation, author and text, or JSON';
    throw new CuecardError(
      'unsupported_media',
      `the file is a page of text (${content.detected}): export the chats as ${asked}`,
    );
  }
  if (content.kind === 'tables') for (const table of content.tables) readTable(table, collector);
  else readObjects(content.objects, collector);
  return collector.done();
}

type Raw = { row: number; conversation: string; side: string; text: string; time: string };
/** Names the columns as the file does. */
type Labels = (name: TranscriptColumn) => string;
type Collector = ReturnType<typeof collect>;

function collect(timeZone: string) {
  const conversations = new Map<string, PastConversation>();
  const rejected: RowProblem[] = [];
  let messages = 0;
  let rows = 0;
  const keep = (raw: Raw, label: Labels): void => {
    rows += 1;
    if (rows > LIMITS.rows)
      throw new CuecardError('too_large', `the file has more than ${LIMITS.rows} messages: split it`);
    const said = readRow(raw, timeZone, label);
    if ('problem' in said) rejected.push(said.problem);
    else if (said.side !== 'none') {
      const one = conversations.get(raw.conversation) ?? { id: raw.conversation, messages: [] };
      conversations.set(raw.conversation, one);
      one.messages.push({ side: said.side, text: said.text, at: said.at });
      messages += 1;
    }
  };
  return {
    keep,
    reject: (problem: RowProblem) => rejected.push(problem),
    done: (): Transcript => ({ conversations: [...conversations.values()].map(inOrder), messages, rejected }),
  };
}

type ReadRow = { side: Side; text: string; at: number | undefined } | { problem: RowProblem };

/** An empty message says nothing (a picture, a card): it is passed over like a system's note. */
function readRow({ row, conversation, side, text, time }: Raw, timeZone: string, label: Labels): ReadRow {
  const bad = (name: TranscriptColumn, value: string, reason: string, fix: string): ReadRow => ({
    problem: { row, column: label(name), value: shown(value), reason, fix },
  });
  if (conversation === '')
    return bad('conversation', '', 'no conversation is named', 'give each message its conversation’s id');
  const known = sideOf(side);
  if (known === undefined) return bad('role', side, 'this names neither side', SIDES_HINT);
  const at = time === '' ? undefined : instantOf(time, timeZone);
  if (time !== '' && at === undefined) {
    return bad('time', time, 'this is no time', 'write 2026-11-11 20:00 or 2026-11-11T20:00:00+08:00');
  }
  return { side: text === '' ? 'none' : known, text: text.slice(0, MAX_TEXT), at };
}

/** By time where every message has one; else as the file has them. */
function inOrder(conversation: PastConversation): PastConversation {
  const { messages } = conversation;
  if (messages.some(({ at }) => at === undefined)) return conversation;
  return { ...conversation, messages: messages.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0)) };
}

function readTable(table: Table, { keep }: Collector): void {
  const named = nameColumns<TranscriptColumn>(table, [], TRANSCRIPT_COLUMNS, ['conversation', 'text']);
  for (const { row, cells } of named.rows) {
    const cell = (name: TranscriptColumn): string => cells.get(name) ?? '';
    const side = cell('role') === '' ? cell('author') : cell('role');
    const time = [cell('date'), cell('time')].filter((part) => part !== '').join(' ');
    keep({ row, conversation: cell('conversation'), side, text: cell('text'), time }, named.label);
  }
}

const word = z.union([z.string(), z.number()]).transform(String);
const Author = z.union([
  word,
  z
    .object({ type: z.string().optional(), role: z.string().optional() })
    .transform(({ type, role }) => type ?? role ?? ''),
]);
const Message = z.object({
  conversation: word.optional(),
  conversationId: word.optional(),
  author: Author.optional(),
  role: Author.optional(),
  sender: Author.optional(),
  text: z.string().nullish(),
  content: z.string().nullish(),
  at: word.nullish(),
  time: word.nullish(),
});
const Conversation = z.object({ id: word, messages: z.array(z.unknown()) });
const Envelope = z.object({ conversations: z.array(z.unknown()) });

const PLAIN = { conversation: 'conversation', role: 'author', author: 'author', text: 'text', time: 'at', date: 'at' };
const plain: Labels = (name) => PLAIN[name];

/** Conversations, messages, or one object that holds all conversations; messages inside are counted through. */
function readObjects(objects: readonly { row: number; value: unknown }[], collector: Collector): void {
  let inside = 0;
  for (const { row, value } of objects) {
    const all = Envelope.safeParse(value);
    for (const one of all.success ? all.data.conversations : [value]) {
      inside += readObject({ row, inside }, one, collector);
    }
  }
}

/** A conversation or a message; how many messages lay inside. */
function readObject({ row, inside }: { row: number; inside: number }, value: unknown, collector: Collector): number {
  const conversation = Conversation.safeParse(value);
  if (!conversation.success) {
    readMessage(row, undefined, value, collector);
    return 0;
  }
  const { id, messages } = conversation.data;
  messages.forEach((message, at) => {
    readMessage(inside + at + 1, id, message, collector);
  });
  return messages.length;
}

function readMessage(row: number, conversation: string | undefined, value: unknown, { keep, reject }: Collector): void {
  const parsed = Message.safeParse(value);
  if (!parsed.success) {
    const reason = 'this is neither a message nor a conversation with messages';
    reject({
      row,
      column: '',
      value: shown(JSON.stringify(value) ?? ''),
      reason,
      fix: 'write {"author", "text", "at"}',
    });
    return;
  }
  const { data } = parsed;
  const raw = {
    row,
    conversation: conversation ?? data.conversation ?? data.conversationId ?? '',
    side: data.author ?? data.role ?? data.sender ?? '',
    text: (data.text ?? data.content ?? '').trim(),
    time: (data.at ?? data.time ?? '').trim(),
  };
  keep(raw, plain);
}
