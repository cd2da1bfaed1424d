/** Identity cards, bank cards and accounts, as rules of `numbers.ts`. */
import { isCardNumber, isCitizenNumber } from './checks.ts';
import {
  GAP,
  isChoice,
  L,
  LINK,
  MARK,
  numberShopsOwn,
  of,
  R,
  type Rule,
  sized,
  thingShopsOwn,
} from './number-rules.ts';

const CARD_WORD =
  '(?:银行卡|信用卡|储蓄卡|借记卡|建行卡|工行卡|农行卡|卡号|card\\s?(?:number|no\\.?|#)|(?:credit|debit|bank)\\s?card)';
const ID_WORD = '(?:身份证|证件)(?:号码|号)?|(?:national\\s)?id\\s?(?:card|number|no\\.?)';
/** Region, a day of the years 1800 to 2099, sequence, check: what could be none is passed over while it is read. */
const CITIZEN = `[1-9](?:${GAP}\\d){5}${GAP}(?:1${GAP}[89]|2${GAP}0)(?:${GAP}\\d){9}${GAP}[\\dX]`;
const SSN = '(?!000|666|9)\\d{3}';
/** Groups as they are printed on cards; the last takes groups of any size with the usual marks. */
const CARD_GROUPS = [
  `\\d{4}(?:${MARK}{1,3}\\d{4}){3}(?:${MARK}{1,3}\\d{1,3})?`,
  `\\d{4}${MARK}{1,3}\\d{6}${MARK}{1,3}\\d{4,5}`,
  `\\d{6}${MARK}{1,3}\\d{10,13}`,
  '\\d(?:[ -]?\\d){15,18}',
].join('|');

/** Of overlapping spans the earlier rule's is kept. */
export const CARD_RULES: readonly Rule[] = [
  {
    type: 'id_card',
    pattern: of(`${ID_WORD}${LINK}(?<value>\\d(?:${GAP}\\d){13,16}${GAP}[\\dX])${R}`),
    accepts: sized(15, 18),
  },
  {
    type: 'id_card',
    pattern: of(`${L}${CITIZEN}${R}`),
    accepts: (number) => isCitizenNumber(number.compact) && !numberShopsOwn(number),
  },
  { type: 'id_card', pattern: of(`(?:护照|passport)${LINK}(?<value>[A-Z]{1,2}\\d{7,8}|\\d{9})${R}`) },
  { type: 'id_card', pattern: of(`(?:护照|passport)[^\\d\\n]{0,10}(?<![A-Z])(?<value>[A-Z]{1,2}\\d{7,8})${R}`) },
  { type: 'id_card', pattern: of(`(?<![\\dA-Z])[A-Z]{1,2}\\d{6}\\([0-9A]\\)`) },
  {
    type: 'id_card',
    pattern: of(`${L}${SSN}([-_])(?!00)\\d{2}\\1(?!0000)\\d{4}${R}`),
    accepts: (number) => !numberShopsOwn(number),
  },
  { type: 'id_card', pattern: of(`(?:\\bssn\\b|social security)${LINK}(?<value>${SSN}${GAP}\\d{2}${GAP}\\d{4})${R}`) },
  { type: 'bank_card', pattern: of(`${CARD_WORD}${LINK}(?<value>\\d(?:${GAP}\\d){11,18})${R}`) },
  {
    type: 'bank_card',
    pattern: of(`${L}(?=[2-6])(?:${CARD_GROUPS})${R}`),
    accepts: (number) => isCardNumber(number.compact) && !thingShopsOwn(number) && !isChoice(number),
  },
];

export const ACCOUNT_RULES: readonly Rule[] = [
  {
    type: 'account',
    pattern: of(
      `(?:微信号?|(?<![A-Z])(?:vx|wx|v信|wechat|weixin|telegram|instagram|line)(?:\\s?id)?)(?:\\s?[:=]\\s?|\\s?(?:是|号|is)\\s?:?|(?<=号)\\s?)(?<value>@?[A-Z][\\w-]{4,19})(?![\\w@-])`,
    ),
  },
  { type: 'account', pattern: of(`(?<![A-Z])(?:QQ|扣扣)(?:号码?)?[\\s:是]{0,3}(?<value>[1-9]\\d{4,11})${R}`) },
];
