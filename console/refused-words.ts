/**
 * What the server says of a request it refuses, in the page's language. Its sentences are English, and come from schemas
 * for the most part: those are a closed set of patterns. What is none of them is shown as it is, said to be the server's.
 */
import type { Language } from '../lib/domain/language.ts';
import { ApiError } from './api.ts';
import { language, words } from './words/words.ts';

/** `$1`, `$2`: what the server named; `{1}`: the same as a kind of value. */
type Rule = readonly [pattern: RegExp, words: string];

const KINDS: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '是或否',
  array: '列表',
  object: '一组字段',
  record: '一组字段',
  null: '空值',
  never: '空着',
  date: '日期',
};

const FIELD_RULES: readonly Rule[] = [
  [/^Invalid input: expected \w+, received (?:undefined|null)$/, '必填'],
  [/^Invalid input: expected never, received .*$/, '这里不能填写'],
  [/^Invalid input: expected (\w+), received \w+$/, '应为{1}'],
  [/^Invalid input: expected (.+)$/, '应为 $1'],
  [/^Invalid option: expected one of (.+)$/, '只能是其中之一：$1'],
  [/^Too (?:big|small): expected string to have exactly (\d+) characters$/, '应为 $1 个字符'],
  [/^Too (?:big|small): expected \w+ to have exactly (\d+) items$/, '应为 $1 项'],
  [/^Too big: expected string to have <=?(\d+) characters$/, '最多 $1 个字符'],
  [/^Too small: expected string to have >=?1 characters$/, '不能为空'],
  [/^Too small: expected string to have >=?(\d+) characters$/, '至少 $1 个字符'],
  [/^Too big: expected \w+ to have <=?(\d+) (?:items|keys|properties)$/, '最多 $1 项'],
  [/^Too small: expected \w+ to have >=?(\d+) (?:items|keys|properties)$/, '至少 $1 项'],
  [/^Too big: expected \w+ to be <=([-\d.e+]+)$/, '不能大于 $1'],
  [/^Too big: expected \w+ to be <([-\d.e+]+)$/, '必须小于 $1'],
  [/^Too small: expected \w+ to be >=([-\d.e+]+)$/, '不能小于 $1'],
  [/^Too small: expected \w+ to be >([-\d.e+]+)$/, '必须大于 $1'],
  [/^Invalid number: must be a multiple of (.+)$/, '应为 $1 的倍数'],
  [/^Invalid string: must match pattern .+$/, '格式不正确'],
  [/^Invalid string: must (?:start with|end with|include) (.+)$/, '格式不正确，应含 $1'],
  [/^Invalid ISO datetime$/, '应为日期和时间，如 2026-11-22T08:00:00Z'],
  [/^Invalid ISO date$/, '应为日期，如 2026-11-22'],
  [/^Invalid ISO (?:time|duration)$/, '时间格式不正确'],
  [/^Invalid email address$/, '邮箱格式不正确'],
  [/^Invalid URL$/, '网址格式不正确'],
  [/^Invalid key in record$/, '名称不正确'],
  [/^Unrecognized keys?: (.+)$/, '没有这样的字段：$1'],
  [/^Invalid (?:input|element in .+|discriminator.*)$/, '格式不正确'],
  [/^a host in letters, digits, dots and hyphens$/, '应为主机名，只含字母、数字、点和连字符'],
  [/^a time of day such as (.+)$/, '应为一天中的时刻，如 $1'],
  [/^an IANA time zone such as (.+)$/, '应为时区，如 $1'],
  [/^an action such as (.+), or what it begins with, such as (.+)$/, '应为操作名，如 $1，或其开头，如 $2'],
  [/^an origin such as (\S+): .*$/, '应为网站来源，如 $1：用 https（本机可用 http），不带路径和通配符'],
  [/^either agentId or skill is required$/, '请选择客服或技能组'],
  [/^it ends before it begins$/, '结束早于开始'],
  [/^letters, digits and signs without blanks, as Chatwoot shows it$/, '应与 Chatwoot 显示的一致，不含空格'],
  [/^live, draft, or the id of a release$/, '应为 live、draft 或发布编号'],
  [/^live, or the id of a release$/, '应为 live 或发布编号'],
  [/^lower-case letters and digits$/, '只能用小写字母和数字'],
  [/^lower-case letters, digits and hyphens, at most (\d+)$/, '只能用小写字母、数字和连字符，最多 $1 个'],
  [/^no blanks and no control characters$/, '不能含空格和控制字符'],
  [/^this id is reserved$/, '这个编号已被系统保留'],
  [/^not JSON: .*$/, '不是有效的 JSON'],
  [/^say why$/, '请写明理由'],
  [/^(\w+) is required$/, '缺少 $1'],
  [/^(.+) or (\w+) is required$/, '至少要有其一：$1、$2'],
  [/^required with a new address$/, '地址改了，需要重新填写'],
  [/^a text, or null for an entry that is new$/, '应为文字，新条目为 null'],
  [/^the id of (?:a release|an import).*$/, '编号不正确'],
  [/^this cursor is none of this list$/, '翻页标记不属于这个列表'],
  [/^it holds for everything, so no rule after it ever does$/, '这条规则对一切都成立，后面的规则永远不会生效'],
  [/^also the code of "(.*)"$/, '与“$1”的快捷码相同'],
  [/^unknown owner (.*)$/, '没有这样的归属：$1'],
];

const SENTENCE_RULES: readonly Rule[] = [
  [/^the (?:body|query|path|event|entry) (?:does not have the right shape|is not valid)$/, '填写的内容有误'],
  [/^the body is not JSON.*$/, '内容不是有效的 JSON'],
  [/^the body may hold at most (\d+) bytes$/, '内容太大，最多 $1 字节'],
  [/^this needs the role (.+); yours is (.+)$/, '需要{1}权限，你的角色是{2}'],
  [/^this needs a token of a tenant$/, '需要店铺的令牌'],
  [/^no conversation (.+)$/, '没有这个会话，或你无权查看：$1'],
  [/^no \w+ (.+)$/, '已经没有了：$1'],
  [/^nothing at (.+)$/, '没有这个地址：$1'],
  [/^more than (\d+) (?:calls|events) a second.*$/, '每秒超过 $1 次，请慢一点'],
  [/^too (?:much at once|many attempts to sign in): try again in (\d+) s$/, '太频繁了，请 $1 秒后再试'],
  [
    /^(?:conversation|agent|entry|the draft).* (?:changes too fast; try again|is being changed too often: try again)$/,
    '同时有人在改，请再试一次',
  ],
  [/^it took too long and may yet be done: look, then try again$/, '用时太久，可能仍会完成：请先查看，再重试'],
  [/^the products could not be read; nothing was sent, try again$/, '读不到商品信息，没有发出，请再试一次'],
  [/^the cursor is not one of ours$/, '翻页标记无效'],
  [/^the file is empty$/, '文件是空的'],
  [/^Internal error; its id is (.+)$/, '服务器内部错误，编号 $1'],
  [/^HTTP (\d+)$/, '服务器返回 HTTP $1'],
];

const ROLES: Readonly<Record<string, string>> = {
  agent: '客服',
  supervisor: '主管',
  manager: '知识管理员',
  admin: '管理员',
  operator: '运维',
};

/** Names of fields that people fill in; what is not here is shown as the contract has it. */
const FIELDS: Readonly<Record<string, string>> = {
  login: '登录名',
  name: '名称',
  password: '密码',
  current: '当前密码',
  role: '角色',
  text: '内容',
  title: '标题',
  shortcut: '快捷码',
  phrases: '话术',
  items: '列表',
  note: '备注',
  question: '问题',
  similarQuestions: '相似问法',
  answers: '回答',
  condition: '条件',
  intent: '意图',
  language: '语言',
  languages: '语言',
  skill: '技能组',
  skills: '技能组',
  agentId: '客服',
  reason: '理由',
  tags: '标签',
  disposition: '结果',
  settings: '设置',
  timeZone: '时区',
  routing: '分配',
  shopFacts: '店铺信息',
  wording: '机器人的话术',
  callbackUrl: '回调地址',
  accessToken: '访问令牌',
  baseUrl: '地址',
  from: '开始',
  until: '结束',
  freezes: '禁止上线的时段',
};

function inChinese(rules: readonly Rule[], said: string, kinds: Readonly<Record<string, string>>): string | undefined {
  for (const [pattern, words] of rules) {
    const match = pattern.exec(said);
    if (match === null) continue;
    const named = (at: string) => match[Number(at)] ?? '';
    return words
      .replaceAll(/\{(\d)\}/g, (_, at: string) => kindsIn(named(at), kinds))
      .replaceAll(/\$(\d)/g, (_, at: string) => named(at));
  }
  return undefined;
}

const kindsIn = (text: string, kinds: Readonly<Record<string, string>>): string =>
  text
    .split(/ or |, /)
    .map((one) => kinds[one] ?? one)
    .join('或');

/** What is wrong at a place, or the server's sentence as its own where nothing better is known. */
export function fieldWords(message: string, shown: Language = language.value): string {
  if (shown === 'en') return message;
  return inChinese(FIELD_RULES, message, KINDS) ?? sentenceWords(message, shown);
}

/** A refusal's own sentence. */
export function sentenceWords(detail: string, shown: Language = language.value): string {
  if (shown === 'en' || /\p{Script=Han}/u.test(detail)) return detail;
  return inChinese(SENTENCE_RULES, detail, ROLES) ?? `服务器的说明：${detail}`;
}

/** `body.answers.0.text` as "回答 第 1 项 内容"; in English the path as it is. */
export function placeWords(path: string, shown: Language = language.value): string {
  if (shown === 'en') return path;
  const steps = path.split('.').filter((step, at) => at > 0 || !/^(?:body|query|path)$/.test(step));
  return steps.map((step) => (/^\d+$/.test(step) ? `第 ${Number(step) + 1} 项` : (FIELDS[step] ?? step))).join(' ');
}

/** A refusal in one line: its sentence, and what is wrong first where it says so. */
export function refusalWords({ message, problem }: ApiError): string {
  const said = sentenceWords(message);
  const [first] = problem.errors ?? [];
  if (first === undefined || first.message === message) return said;
  const place = placeWords(first.path);
  const mark = language.value === 'zh' ? '：' : ': ';
  return [said, place, fieldWords(first.message)].filter((part) => part !== '').join(mark);
}

/** Why something did not work, in one line. */
export const failureWords = (error: unknown): string =>
  error instanceof ApiError ? refusalWords(error) : words.value.ui.unreachable;
