import type { Assist, Choice } from '../../lib/domain/assist.ts';
import type { Message } from '../../lib/domain/message.ts';

/** The buttons under the newest bot message: its own button parts, else the clarification it came from. */
export function offeredChoices(messages: readonly Message[], assists: readonly Assist[]): Choice[] {
  const last = messages.at(-1);
  if (last === undefined || last.author.type === 'customer') return [];
  const buttons = last.parts.filter(({ kind }) => kind === 'button');
  if (buttons.length > 0) return buttons.map(({ text = '', value = text }) => ({ label: text || value, value }));
  const clarified = assists.findLast(({ decision }) => decision.kind === 'clarify' && decision.reply !== undefined);
  const asked = clarified?.decision.reply?.text ?? '';
  return asked !== '' && last.text.includes(asked) ? (clarified?.decision.choices ?? []) : [];
}
