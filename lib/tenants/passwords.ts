/** What may be a password. NIST SP 800-63B: length and a list of the common ones, no rules of composition. */
import { PASSWORD_MAX, PASSWORD_MIN } from '../domain/access.ts';
import { CuecardError } from '../domain/error.ts';

/** One spelling of what can be typed in several: full width, composed accents. */
export const normalPassword = (typed: string): string => typed.normalize('NFKC');
export const normalLogin = (typed: string): string => typed.trim().normalize('NFKC').toLowerCase();

/** What is tried first, of ten characters and more; digits and repetitions are caught by the rules below. */
const COMMON: ReadonlySet<string> = new Set(
  `password12 password123 password1234 password123! passw0rd123 p@ssw0rd123 p@ssword123 mypassword thepassword
  qwertyuiop qwerty12345 qwerty123456 qwertyuiop123 1qaz2wsx3edc 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4t5 qazwsxedcrfv
  asdfghjkl; asdfghjkl1 asdfghjkl123 zxcvbnm123 abcdefghij abcdefg123 abcd123456 abc1234567 a123456789 aa123456789
  qq123456789 woaini1314 woaini520 woaini5201314 wo5201314ai iloveyou123 iloveyou12 letmein123 letmein1234 welcome123
  welcome1234 administrator adminadmin admin12345 admin123456 admin@1234 root123456 changeme123 changeme12
  superman123 football123 baseball123 basketball princess123 sunshine123 monkey12345 dragon12345 master12345
  test123456 testtest123 customerservice kefu123456 kefu12345678 taobao123456 zhangwei123 guest12345 default123
  secret12345 trustno1trustno1 correcthorsebatterystaple cuecard123 cuecardcuecard`.split(/\s+/),
);

const SEQUENCES = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
];

/** One or two characters over and over, or a run along the keyboard or the alphabet. */
const isPattern = (text: string): boolean =>
  /^(.{1,4})\1+.?$/u.test(text) || SEQUENCES.some((sequence) => sequence.includes(text));

const refuse = (message: string): never => {
  throw new CuecardError('invalid', message, { errors: [{ path: 'body.password', message }] });
};

/** The password as it is hashed. Raises `invalid`, and says why. */
export function acceptablePassword(typed: string, login: string): string {
  const password = normalPassword(typed);
  const { length } = [...password];
  if (length < PASSWORD_MIN || length > PASSWORD_MAX) {
    refuse(`a password has ${PASSWORD_MIN} to ${PASSWORD_MAX} characters`);
  }
  const plain = password.toLowerCase();
  if (plain === normalLogin(login)) refuse('a password is not the login itself');
  if (COMMON.has(plain) || isPattern(plain)) refuse('this password is among those that are tried first; take another');
  return password;
}
