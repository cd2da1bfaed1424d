import type { ConversationView } from '../lib/domain/contract/desk.ts';

const BEFORE =
  /^(?:好的?|嗯+|行|收到|对了|ok(?:ay)?|oh?|and|great|perfect|lovely|awesome|wonderful|cool|got it)[\s,，.。!！~～]*/u;
const THANKS =
  /^(?:(?:非常|太)?(?:谢谢|多谢|感谢)|谢[啦了]|辛苦[啦了]|麻烦[啦了]|拜拜|再见|thanks?(?: you)?|thx|ty|ta|cheers|bye)(?:你|您|们|啊|啦|了|亲|哈|so much|very much|a lot|again|mate|for your help|\s)*$/u;
const AROUND = /(?:[\s,，.。!！~～]|\p{Extended_Pictographic}|\u{fe0f})+$/u;

/** Handed to a person who has not written yet: what a bot told of the place in line is no answer. */
export const isUnanswered = ({ handoff }: ConversationView): boolean =>
  handoff !== undefined && handoff.answeredAt === undefined;

/** The customer waits for a person's words. */
export const awaitsAnswer = (head: ConversationView): boolean =>
  head.lastAuthor === 'customer' || (head.lastAuthor === 'bot' && isUnanswered(head));

/**
 * The customer only said thanks or goodbye, and nothing is owed to them: nobody waits. Read from the words, since a
 * list has no more of a conversation; "OK" alone is no goodbye, for it may answer a question.
 */
export function saidOnlyThanks(head: ConversationView): boolean {
  const { lastCustomerText, promise } = head;
  if (lastCustomerText === undefined || promise !== undefined || isUnanswered(head)) return false;
  let rest = lastCustomerText.trim().toLowerCase().replace(AROUND, '');
  for (let cut = rest.replace(BEFORE, ''); cut !== rest; cut = rest.replace(BEFORE, '')) rest = cut;
  return THANKS.test(rest);
}

/** What is open, in the customer's last words; behind "？？" the last that said something. */
export const openText = ({ lastSaid, lastCustomerText, lastText }: ConversationView): string | undefined =>
  lastSaid?.called === true ? lastSaid.text : (lastCustomerText ?? lastText);
