import type { Language } from '../domain/language.ts';
import { localTime } from '../domain/local-time.ts';
import { fillSlots, type SlotValues } from '../domain/slots.ts';
import { type Localized, localize, type Tenant } from '../domain/tenant.ts';
import { shopSlots } from './slot-values.ts';

const DISCLOSURE: Readonly<Record<Language, string>> = {
  zh: '您好，我是智能客服。',
  en: "I'm an automated assistant.",
};
const NOTICE: Readonly<Record<Language, string>> = {
  zh: '正在为您转接人工客服，请稍等。',
  en: 'I am passing you to a colleague who can help. One moment, please.',
};

const QUEUE_FULL: Readonly<Record<Language, string>> = {
  zh: '现在排队的人太多，人工客服暂时接不过来，这次没有为您排队。您可以过一会儿再说“转人工”，也可以先把问题发给我。',
  en: "Too many people are waiting right now, so I couldn't put you in the queue. Please ask for a person again a little later, or tell me what it is about.",
};
const SELF_SERVICE: Readonly<Record<Language, string>> = {
  zh: '您先看看这个回答能不能解决问题；如果不行，点“直接转人工”或再说一声，就为您转人工。',
  en: 'This may already answer it. If not, tap “Talk to a person” or just say so again, and I will pass you on.',
};

/** The tenant's text in this language with its slots filled; ours when it has none or a slot is not known. */
function worded(
  tenant: Tenant,
  language: Language,
  own: Localized | undefined,
  ours: string,
  more: SlotValues = {},
): string {
  const text = localize(own, language);
  if (text === undefined || text === '') return text ?? ours;
  const filled = fillSlots(text, { ...shopSlots(tenant, language), ...more });
  return filled.ok ? filled.text : ours;
}

/** Said once a conversation with the bot's first message. */
export const disclosureFor = (tenant: Tenant, language: Language): string =>
  worded(tenant, language, tenant.settings.wording.botDisclosure, DISCLOSURE[language]);

/** Told to the customer at a hand-off; empty when the tenant wants nothing told. */
export const handoffNoticeFor = (tenant: Tenant, language: Language): string =>
  worded(tenant, language, tenant.settings.wording.handoffNotice, NOTICE[language]);

/** Said where nobody can be queued; never nothing: a customer who is not queued must know. */
export const queueFullFor = (tenant: Tenant, language: Language): string =>
  worded(tenant, language, tenant.settings.wording.queueFull, QUEUE_FULL[language]) || QUEUE_FULL[language];

/** Said before the answer that who asked for a person is shown first. */
export const selfServiceFor = (tenant: Tenant, language: Language): string =>
  worded(tenant, language, tenant.settings.wording.selfService, SELF_SERVICE[language]);

/**
 * Told at a hand-off while the shop is closed: that it is, when it opens if that is within a week, and what the agent will
 * need. `ask`: a question to the customer, empty for none.
 */
export function outOfHoursFor(
  tenant: Tenant,
  language: Language,
  { opensAt, ask, now }: { opensAt: number | undefined; ask: string; now: number },
): string {
  const { wording, timeZone } = tenant.settings;
  const near = opensAt !== undefined && opensAt - now <= WEEK_MS;
  const opens = near ? opensWords(opensAt, now, timeZone, language) : undefined;
  const said = worded(tenant, language, wording.outOfHours, closedWords(opens, language), { opens });
  if (said === '') return '';
  return ask === '' ? said : joined(said, ask, language);
}

const WEEK_MS = 7 * 86_400_000;

function closedWords(opens: string | undefined, language: Language): string {
  if (language === 'zh') {
    const when = opens === undefined ? '' : `，${opens}开始服务`;
    return `现在不是人工客服的服务时间${when}。您的会话已经在排队，可以先把问题写在这里。`;
  }
  const when = opens === undefined ? '' : ` and opens ${opens}`;
  return `Our team is closed right now${when}. You are in the queue; you can leave your question here.`;
}

const two = (value: number): string => String(value).padStart(2, '0');
const ZH_DAYS = ['一', '二', '三', '四', '五', '六', '日'];

/** Chinese as people say it; English with the day and the zone, since its readers may live in another. */
function opensWords(at: number, now: number, timeZone: string, language: Language): string {
  const { month, day, hour, minute, weekday } = localTime(at, timeZone);
  const time = `${two(hour)}:${two(minute)}`;
  if (language === 'en') {
    const date = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', day: 'numeric', month: 'long' });
    return `on ${date.format(at)} at ${time} (${zoneName(at, timeZone)})`;
  }
  const away = dayOf(at, timeZone) - dayOf(now, timeZone);
  const named = ['今天', '明天', '后天'][away] ?? `${month}月${day}日（周${ZH_DAYS[weekday - 1]}）`;
  return `${named}${time}`;
}

function zoneName(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'short' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

function dayOf(at: number, timeZone: string): number {
  const { year, month, day } = localTime(at, timeZone);
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

/** `isDeserted`: of a team nobody is at a desk: a place alone would sound as if it moved. */
type Position = { place: number; waitMs: number | undefined; isDeserted?: boolean };

/** A place and, where it is known, the wait, as told at a hand-off and while waiting; empty where the tenant tells nothing. */
export function positionFor(tenant: Tenant, language: Language, { place, waitMs, isDeserted }: Position): string {
  const { wording } = tenant.settings;
  const silent = localize(wording.handoffNotice, language) === '' && wording.position === undefined;
  if (silent) return '';
  const wait = waitMs === undefined ? undefined : waitWords(waitMs, language);
  const slots = { position: String(place), wait };
  const ours = isDeserted === true ? DESERTED[language](place) : placeWords(place, wait, language);
  return worded(tenant, language, wording.position, ours, slots);
}

const DESERTED: Readonly<Record<Language, (place: number) => string>> = {
  zh: (place) => `现在没有客服在线，您排在第 ${place} 位，有人上线后会按顺序回复您。`,
  en: (place) => `Nobody is at a desk right now. You are number ${place} in line, and will be answered in turn.`,
};

function placeWords(place: number, wait: string | undefined, language: Language): string {
  const ahead = place - 1;
  if (language === 'zh') {
    const stands = ahead === 0 ? '您是下一位' : `您前面还有 ${ahead} 位`;
    return wait === undefined ? `${stands}。` : `${stands}，预计等待${wait}。`;
  }
  const people = ahead === 1 ? 'There is 1 person' : `There are ${ahead} people`;
  const stands = ahead === 0 ? 'You are next in line' : `${people} ahead of you`;
  return wait === undefined ? `${stands}.` : `${stands}; the wait is ${wait}.`;
}

const MINUTE_MS = 60_000;

/** Rounded up, the more coarsely the longer: minutes to ten, five minutes to an hour. */
function waitWords(waitMs: number, language: Language): string {
  const zh = language === 'zh';
  const minutes = Math.ceil(waitMs / MINUTE_MS);
  if (waitMs < MINUTE_MS) return zh ? '不到 1 分钟' : 'less than a minute';
  if (minutes > 60) return zh ? '1 小时以上' : 'more than an hour';
  const rounded = minutes <= 10 ? minutes : Math.ceil(minutes / 5) * 5;
  if (zh) return `约 ${rounded} 分钟`;
  return rounded === 1 ? 'about a minute' : `about ${rounded} minutes`;
}

/** Two sentences as one message; an empty one leaves the other. */
export function joined(first: string, second: string, language: Language): string {
  return [first, second].filter((text) => text !== '').join(language === 'zh' ? '' : ' ');
}
