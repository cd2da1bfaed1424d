/** Whether a turn is about goods that somebody has and that fail them: then nothing is to be sold, least of all the same. */
import { statesFault } from './understand/faults.ts';
import type { Reading } from './understand.ts';

const AFTER_SALE = /^(?:return|refund|exchange|after_?sale|complaint)(?:[._]|$)/;
const LIKELY = 0.5;
const BROKEN =
  /[坏破碎裂断漏](?:了|掉|开|成|的|水|油|液|气|电|风|洞|损|个)|(?:开|关|充|用|打|装|插|连|洗|扣|合)不(?:了|上|进|开|起|住)|不(?:工作|制冷|制热|加热|出水|通电|转了?|亮了?|热了|响了)|不能用|没法用|没反应|失灵|故障|死机|黑屏|异响|掉色|褪色|起球|开胶|脱线|生锈|发霉|变形|瑕疵|划痕|异味|(?:少|漏|错)(?:了|发|件)|发错|质量(?:问题|太?差|不行|不好)|冒烟|着火|爆炸|\b(?:leak(?:s|ing|ed)?|broke(?:n)?|break(?:s|ing)|crack(?:s|ed)?|snapped|shattered|defect(?:ive)?|faulty|damaged|torn|ripped|scratched|dented|rusty|mouldy|moldy|smok(?:es|ing)|burn(?:s|t|ing)|exploded|overheats|malfunction\w*|(?:stopped|not|never) (?:work|charg|heat|turn|spin|start)\w*|(?:won'?t|doesn'?t|does not|will not) (?:work|charge|heat|turn|switch|start|spin|close|open|fit)|wrong (?:item|size|colou?r|model|one)|falls? apart|fell apart|came off|dead)\b/;
/** Asked before buying: "会不会漏水", "does it leak?" */
const WONDERS =
  /会不会|容易|是否|会[^,，。]{0,8}[吗么]|有[^,，。]{0,6}吗|怕|防|\b(?:does|do|will|would|can|could|is|are) (?:it|they|this|these|that|the \w+)\b[^.!]*\?|\b(?:easily|prone|-?proof|resistant)\b/;
/** Something else is looked for in its place. */
const INSTEAD =
  /推荐|换(?:一|个|别|其他|成|款)|别的|其他|另一|类似|\b(?:recommend|another|different|alternative|instead|other)\b/;

/** Whether it says that they fail. */
export function statesFailure({ words, understanding: { act, flags } }: Reading): boolean {
  if (act === 'complain' || flags.includes('safety')) return true;
  return statesFault(words) || (BROKEN.test(words.toLowerCase()) && !WONDERS.test(words.toLowerCase()));
}

/** That, or what is done about it: a return, an exchange, a repair. */
export function isTrouble(reading: Reading): boolean {
  const { name, confidence } = reading.understanding.intent;
  if (statesFailure(reading)) return true;
  return AFTER_SALE.test(name) && confidence >= LIKELY && !WONDERS.test(reading.words.toLowerCase());
}

export const wantsInstead = ({ words }: Reading): boolean => INSTEAD.test(words.toLowerCase());
