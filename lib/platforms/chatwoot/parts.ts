/** What a message of Chatwoot is made of. */
import type { Part } from '../../domain/message.ts';
import type { Attachment, ChatwootMessage } from './shapes.ts';

const MAX_TEXT = 20_000;
const MAX_URL = 2_000;
const MAX_PARTS = 20;

const KIND: Readonly<Record<string, Part['kind']>> = {
  image: 'image',
  audio: 'voice',
  video: 'video',
  file: 'file',
  location: 'link',
  fallback: 'link',
  share: 'link',
  story_mention: 'image',
  ig_reel: 'video',
};

/** Text first, then what is attached. A message with neither (a sticker, a call) is said to be one that cannot be shown. */
export function partsOf({ content, attachments, content_type }: ChatwootMessage): Part[] {
  const text = content == null || content === '' ? [] : [{ kind: 'text' as const, text: content.slice(0, MAX_TEXT) }];
  const parts = [...text, ...(attachments ?? []).slice(0, MAX_PARTS - 1).map(attachmentPart)];
  return parts.length > 0 ? parts : [{ kind: content_type === 'sticker' ? 'sticker' : 'system' }];
}

function attachmentPart({ file_type, data_url, transcribed_text, fallback_title }: Attachment): Part {
  return {
    kind: KIND[file_type ?? ''] ?? 'file',
    ...(data_url == null || data_url === '' || data_url.length > MAX_URL ? {} : { url: data_url }),
    ...(fallback_title == null || fallback_title === '' ? {} : { text: fallback_title.slice(0, MAX_TEXT) }),
    ...(isHeard(transcribed_text) ? { transcript: transcribed_text.slice(0, MAX_TEXT) } : {}),
  };
}

const isHeard = (text: string | null | undefined): text is string => typeof text === 'string' && text.trim() !== '';

/** What was heard in a recording after the message had come. */
export const transcriptParts = ({ attachments }: ChatwootMessage): Part[] =>
  (attachments ?? []).filter(({ transcribed_text }) => isHeard(transcribed_text)).map(attachmentPart);

/** What a customer chose or filled in below a message; undefined while they have not. */
export function answerParts({ content_type, content_attributes }: ChatwootMessage): Part[] | undefined {
  const values = content_attributes?.['submitted_values'];
  if (!Array.isArray(values) || values.length === 0) return undefined;
  if (content_type === 'input_select') return values.flatMap(chosen);
  if (content_type !== 'form') return undefined;
  const lines = values.map(({ name, value }) => `${String(name)}: ${String(value)}`);
  return [{ kind: 'text', text: lines.join('\n').slice(0, MAX_TEXT) }];
}

function chosen(answer: unknown): Part[] {
  const { title, value } = (answer ?? {}) as { title?: unknown; value?: unknown };
  const said = typeof title === 'string' && title !== '' ? title : value;
  if (typeof said !== 'string' || said === '') return [];
  return [
    {
      kind: 'button',
      text: said.slice(0, MAX_TEXT),
      ...(typeof value === 'string' && value !== '' ? { value: value.slice(0, 1_000) } : {}),
    },
  ];
}
