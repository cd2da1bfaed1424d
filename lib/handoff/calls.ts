/** A customer's line that only calls for somebody ("？？", "人呢", "hello?", "快点"): it says nothing of the matter. */
const CALL =
  /^(?:[^\p{L}\p{N}]*|(?:喂+|在吗|在不在|在么|人呢|有人吗|有没有人|到底有没有人|怎么没人|快点?(?:啊|行不行|好吗|呀)?|还在吗|hello|hi|hey|any(?:one|body)(?: (?:there|here))?|are you (?:still )?there|hurry(?: up)?)[\s?？!！。.~～啊呀]*)$/iu;

export const isCall = (text: string): boolean => CALL.test(text.trim());
