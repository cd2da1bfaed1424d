/** E-mail-like messages: what was quoted, the greeting and the signature say nothing of what is asked. */

const QUOTED = /^\s{0,3}[>＞|]/;
const ATTRIBUTION =
  /^\s{0,3}(?:on\b.{4,120}\bwrote:|在.{2,80}写道[:：]|-{3,}\s?(?:original message|原始邮件|转发).{0,40}|(?:from|sent|to|subject|发件人|收件人|主题|发送时间)\s?[:：].{1,200})\s*$/i;
const GREETING =
  /^\s{0,3}(?:dear|hi|hello|hey|good (?:morning|afternoon|evening)|尊敬的|亲爱的|您好|你好)(?![a-z])[^\n?？]{0,30}[,，:：!！]?\s*$/i;
const SIGN_OFF =
  /^\s{0,3}(?:(?:(?:kind|best|warm|many)\s)?(?:regards|wishes)|best|cheers|thanks(?: (?:a lot|again|in advance|so much))?|thank you|many thanks|yours(?: (?:sincerely|faithfully|truly))?|sincerely|此致|敬礼|祝好|谢谢|顺颂商祺|--+)[\s,，.!！。~～]*$/i;
/** A signature is at most this long; more is a message that goes on. */
const MAX_SIGNATURE_LINES = 6;
const MAX_SIGNATURE_LINE = 60;

/** The lines of a message that its writer wrote to be answered, as one text. Of a one-line message, the line. */
export function mailBody(words: string): string {
  if (!words.includes('\n')) return words;
  const lines = words.split('\n').filter((line) => !QUOTED.test(line) && !ATTRIBUTION.test(line));
  const first = lines.findIndex((line) => line.trim() !== '');
  const greeted = first >= 0 && GREETING.test(lines[first] ?? '') ? lines.slice(first + 1) : lines;
  const body = withoutSignature(greeted).join('\n').trim();
  return body === '' ? words : body;
}

function withoutSignature(lines: readonly string[]): readonly string[] {
  const at = lines.findLastIndex((line) => SIGN_OFF.test(line));
  const after = lines.slice(at + 1).filter((line) => line.trim() !== '');
  const isSignature =
    after.length <= MAX_SIGNATURE_LINES &&
    after.every((line) => line.length <= MAX_SIGNATURE_LINE && !/[?？]/.test(line));
  return at > 0 && isSignature ? lines.slice(0, at) : lines;
}
