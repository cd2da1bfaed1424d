/** Private notes: what an agent in Chatwoot reads before typing, and what stays when a conversation ends. */
import type { Suggestion } from '../../domain/assist.ts';
import { GENERAL_SKILL } from '../../domain/routing.ts';
import { factInWords } from '../../domain/summary-words.ts';
import type { HandoffRequest, WrappedUp } from './render.ts';

type Language = 'zh' | 'en';
const isHan = /\p{Script=Han}/u;

/** In the language that is spoken in the conversation. */
const languageOf = (texts: readonly string[]): Language => (texts.some((text) => isHan.test(text)) ? 'zh' : 'en');

const SAY = {
  zh: {
    handoff: '已转人工',
    skill: '技能组',
    note: '同事留言',
    wanted: '诉求',
    tried: '已尝试',
    fact: '信息',
    mood: '情绪',
    open: '待答',
    reply: '建议回复',
    wrapUp: '结束小结',
    followUp: '后续',
    by: '截止',
  },
  en: {
    handoff: 'Handed over to a person',
    skill: 'skill',
    note: 'From a colleague',
    wanted: 'Wanted',
    tried: 'Tried',
    fact: 'Known',
    mood: 'Mood',
    open: 'Open question',
    reply: 'Suggested reply',
    wrapUp: 'Wrap-up',
    followUp: 'Follow-up',
    by: 'by',
  },
} as const;

const REASON: Readonly<Record<string, { zh: string; en: string }>> = {
  asked_for_person: { zh: '客户要求人工', en: 'the customer asked for a person' },
  safety: { zh: '涉及安全', en: 'a matter of safety' },
  legal: { zh: '涉及法律', en: 'a legal matter' },
  policy_human: { zh: '按规定由人工处理', en: 'the shop wants a person for this' },
  needs_person: { zh: '需要人工处理', en: 'needs a person' },
  needs_fact: { zh: '缺少信息', en: 'a fact is missing' },
  nothing_fits: { zh: '知识库没有答案', en: 'nothing known fits' },
  below_threshold: { zh: '把握不足', en: 'not sure enough to answer' },
  transferred: { zh: '同事转接', en: 'passed on by a colleague' },
  taken_over: { zh: '主管接管', en: 'taken over by a supervisor' },
  agent_gone: { zh: '原客服已离线', en: 'whoever held it is gone' },
};

const DISPOSITION: Readonly<Record<WrappedUp['disposition'], { zh: string; en: string }>> = {
  solved: { zh: '已解决', en: 'solved' },
  follow_up: { zh: '需跟进', en: 'to be followed up' },
  no_answer: { zh: '客户未回复', en: 'no answer from the customer' },
  not_possible: { zh: '无法办到', en: 'not possible' },
  spam: { zh: '垃圾信息', en: 'spam' },
  other: { zh: '其他', en: 'other' },
};

const MAX_SUGGESTIONS = 3;

/**
 * A customer's words on one line and as they were typed. Notes are read as Markdown, in which they could else pass for a
 * line of the note, hide where a link leads, or call somebody (`[@…](mention://…)`).
 */
const asSaid = (text: string): string =>
  text
    .trim()
    .replace(/\s*[\r\n\u0085\u2028\u2029]\s*/g, ' ')
    .replace(/[\\`*[\]<>]/g, '\\$&');

export function handoffNote({ reason, skill, package: known }: HandoffRequest): string {
  const language = languageOf((known?.transcript ?? []).map(({ text }) => text));
  const say = SAY[language];
  const why = reason === undefined ? undefined : (REASON[reason]?.[language] ?? reason);
  const head = [
    say.handoff,
    why,
    skill === undefined || skill === GENERAL_SKILL ? undefined : `${say.skill}: ${skill}`,
  ];
  const label = (kind: string): string => (kind in say ? say[kind as keyof typeof say] : kind);
  const summary = known?.summary ?? [];
  const points =
    summary.length > 0
      ? summary.map(
          ({ kind, text }) => `- ${label(kind)}: ${asSaid(kind === 'fact' ? factInWords(text, language) : text)}`,
        )
      : (known?.facts ?? []).map(({ name, value }) => `- ${name}: ${asSaid(value)}`);
  return [
    `**${head.filter((part) => part !== undefined).join(' · ')}**`,
    ...(known?.note === undefined ? [] : [`${say.note}: ${known.note}`]),
    ...points,
    ...suggested(known?.suggestions ?? [], language),
  ].join('\n');
}

export const suggestionNote = (suggestions: readonly Suggestion[]): string =>
  suggested(suggestions, languageOf(suggestions.map(({ text }) => text))).join('\n');

const suggested = (suggestions: readonly Suggestion[], language: Language): string[] =>
  suggestions
    .slice(0, MAX_SUGGESTIONS)
    .map(
      ({ text, confidence, source }) =>
        `> ${SAY[language].reply} (${Math.round(confidence * 100)} %, ${source.title}): ${text.replaceAll('\n', '\n> ')}`,
    );

export function wrapUpNote({ note, disposition, tags, followUp }: WrappedUp): string {
  const language = languageOf([note, ...tags, followUp?.text ?? '']);
  const say = SAY[language];
  const until = followUp?.at === undefined ? '' : ` (${say.by} ${followUp.at})`;
  return [
    `**${say.wrapUp} · ${DISPOSITION[disposition][language]}**`,
    ...(note === '' ? [] : [note]),
    ...(followUp === undefined ? [] : [`${say.followUp}: ${followUp.text}${until}`]),
  ].join('\n');
}
