/** Check digits. All take plain digits, without spaces or dashes. */

/** The Luhn check of payment cards (ISO/IEC 7812-1, annex B). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS = '10X98765432';
/** The first two digits name a province; 91 is for foreigners with permanent residence. */
const PROVINCE = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)/;

/** A citizen's number of 18 places by GB 11643-1999: region, day of birth, sequence, check of ISO 7064 MOD 11-2. */
export function isCitizenNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/i.test(text) || !PROVINCE.test(text) || !isBirthday(text.slice(6, 14))) return false;
  const sum = ID_WEIGHTS.reduce((total, weight, place) => total + weight * Number(text[place]), 0);
  return ID_CHECKS[sum % 11] === text[17]?.toUpperCase();
}

/** `YYYYMMDD` is a day of the years 1900 to 2099. */
export function isBirthday(text: string): boolean {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6, 8))];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year < 2100 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/**
 * Issuers' first digits and the lengths of their numbers: UnionPay, Visa, Mastercard, American Express, Discover, JCB,
 * Diners. Visa's 13 and 19 are left out: almost no such card exists, and order numbers of 19 digits begin with 4.
 */
const ISSUERS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^62/, [16, 17, 18, 19]],
  [/^4/, [16]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|65|64[4-9])/, [16, 19]],
  [/^35(?:2[89]|[3-8])/, [16]],
  [/^3(?:0[0-5]|[689])/, [14]],
];

/** A number that an issuer of cards would give out: right first digits, right length, right check digit. */
export function isCardNumber(digits: string): boolean {
  const issued = ISSUERS.some(([prefix, lengths]) => prefix.test(digits) && lengths.includes(digits.length));
  return issued && passesLuhn(digits);
}
