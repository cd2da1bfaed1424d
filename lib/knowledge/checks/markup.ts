/** What is wrong with the form of a text that customers read as it is. */
export type Flaw = { value: string; reason: string; fix: string };

const SCRIPT = /<\s*(?:script|iframe|object|embed|style)\b|\bjavascript:|\bon(?:click|error|load)\s*=/i;
const TAG =
  /<\/?(?:a|b|i|u|p|br|div|span|strong|em|ul|ol|li|h[1-6]|img|table|tr|td|th|font|hr|blockquote|code|pre)\b[^<>]*>?/i;
const ENTITY = /&(?:nbsp|amp|lt|gt|quot|apos|#\d{2,6}|#x[0-9a-f]{2,6});/i;
/** UTF-8 that was read as Latin, or GBK that was read as something else. */
const GARBLED = /锟斤拷|烫烫烫|\uFFFD|â€[™œ\u009d¦“”]|Ã[\u0080-\u00bf©¨¤¶¼]|ï¼[Œ\u0080-\u00bf]|ï¿½/;
const SPREADSHEET_ERROR = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$/i;
const LINK_OPEN = /\[[^\]\n]{0,200}\]\((?![^()\s]{1,2000}\))/;
const CODE_OPEN = /```/g;
/** `{name}`, `${name}`, `%name%`, `[NAME]`: another tool's blanks. */
const BLANK = /(?<!\{)\$?\{[\p{L}_][\p{L}\p{N}_. ]{0,40}\}(?!\})|%[a-z_]{3,30}%|\[(?:[A-Z]{2,}[A-Z_ ]{1,30})\]/u;

const found = (pattern: RegExp, text: string): string | undefined => pattern.exec(text)?.[0];

/** Using this text would be wrong whoever reads it. */
export function fatalFlaw(text: string): Flaw | undefined {
  const script = found(SCRIPT, text);
  if (script !== undefined) {
    return { value: script, reason: 'the text holds a script', fix: 'write plain text, without HTML' };
  }
  if (SPREADSHEET_ERROR.test(text.trim())) {
    return {
      value: text,
      reason: 'a formula of the sheet failed here',
      fix: 'mend the formula, or write the text itself',
    };
  }
  return undefined;
}

/** What customers would see of another program's notation. */
export function markupFlaw(text: string): Flaw | undefined {
  const garbled = found(GARBLED, text);
  if (garbled !== undefined) {
    return {
      value: garbled,
      reason: 'the text is garbled',
      fix: 'save the file as UTF-8 where the text was still right',
    };
  }
  const tag = found(TAG, text) ?? found(ENTITY, text);
  if (tag !== undefined) {
    return {
      value: tag,
      reason: 'HTML is sent as it is written',
      fix: 'write plain text; put links into the column attachments',
    };
  }
  const link = found(LINK_OPEN, text);
  const code = (text.match(CODE_OPEN) ?? []).length % 2 === 1;
  if (link !== undefined || code) {
    return { value: link ?? '```', reason: 'the markup is broken', fix: 'close it, or write plain text' };
  }
  const blank = found(BLANK, text);
  if (blank === undefined) return undefined;
  return {
    value: blank,
    reason: "looks like another tool's placeholder and is sent as it is",
    fix: 'write a slot such as {{customer.name}} or {{shop.dispatch_time}}',
  };
}

const LINK = /^https?:\/\/[^\s/?#]+\.[^\s]{2,}$|^https?:\/\/(?:localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?(?:\/\S*)?$/i;

/** Whether a text is a web address that can be opened. */
export function isLink(text: string): boolean {
  return LINK.test(text) && URL.canParse(text);
}

const ATTEMPTED =
  /(?:https?|htps?|htttps?|ttps?|hhttps?)(?::\/{0,3}|\/\/|;\/\/|：\/\/)[^\s，。；！？、）)】》"'<>\p{Script=Han}]*/giu;

/** What was meant to be a link in a text, and is none. */
export function brokenLink(text: string): string | undefined {
  return (text.match(ATTEMPTED) ?? []).find((link) => !isLink(link.replace(/[.,;:!?]+$/, '')));
}
