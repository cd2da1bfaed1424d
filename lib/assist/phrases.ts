import type { Phase } from '../domain/assist.ts';
import type { Language } from '../domain/language.ts';
import { fillSlots } from '../domain/slots.ts';
import type { Localized, Phrases, Tenant } from '../domain/tenant.ts';
import type { Act } from '../domain/understanding.ts';
import { shopSlots } from './slot-values.ts';
import type { PreviousMove } from './understand/previous.ts';

/** The phrase of the moment. `own`: the tenant wrote it, so the bot may say it too. */
export type Next = { phase: Phase; text: string; own: boolean };

export type PhaseInput = {
  act: Act;
  /** The customer is angry, hurt or about to go to law. */
  grave: boolean;
  /** Images or voice that nobody has looked at. */
  unreadMedia: boolean;
  /** Handed over before this turn, and not greeted back last: a person is waited for, or has been talking. */
  withPerson: boolean;
  /** What the agent or bot had just done. */
  previous: PreviousMove;
  /** The best suggestion: an answer, the question for the missing fact, or nothing. */
  best: 'answer' | 'ask' | undefined;
};

/** Behind a hand-off "hello?" is none: it asks whether anybody is there. */
const isGreeting = ({ act, withPerson }: PhaseInput): boolean => act === 'greet' && !withPerson;

/**
 * Which phase the conversation is in, for the agent's next line; undefined where the answer itself is the next line.
 * Only who greets is greeted: "how can I help you?" asks whoever has said it already to say it again.
 */
export function phaseOf(input: PhaseInput): Phase | undefined {
  if (input.grave || input.act === 'complain') return 'apologise';
  if (input.unreadMedia) return 'hold';
  if (input.best === 'ask') return 'ask';
  if (isGreeting(input)) return 'greet';
  if (input.act === 'question') return input.best === undefined ? 'hold' : undefined;
  return endsTalk(input) ? 'close' : 'hold';
}

/** Thanks and consent end a talk unless something is still owed: a check that was promised, an answer just given. */
function endsTalk({ act, previous }: PhaseInput): boolean {
  if (act === 'close') return true;
  if (act !== 'acknowledge' && act !== 'confirm') return false;
  return previous !== 'held' && previous !== 'asked_fact' && previous !== 'asked_yes_no';
}

/** Where neither the shop nor its pack says it in its own words. */
const BUILT_IN: Readonly<Record<Phase, Readonly<Record<Language, string>>>> = {
  greet: { zh: '{{address}}，您好，请问有什么可以帮您？', en: 'Hello {{address}}, how can I help you?' },
  hold: { zh: '{{address}}，正在为您核实，请稍等。', en: 'Let me check that for you, one moment please.' },
  ask: { zh: '{{address}}，麻烦提供一下订单号，我帮您查询。', en: 'Could you send me your order number, please?' },
  apologise: {
    zh: '{{address}}，非常抱歉给您带来不便，我马上为您处理。',
    en: "I'm sorry about this. I'll look into it right away.",
  },
  close: { zh: '不客气，有问题随时联系我们。', en: "You're welcome! Write to us whenever you need anything." },
};

/** The phase's text: the tenant's over the pack's over ours, in the customer's language, filled. */
export function phraseFor(phase: Phase, tenant: Tenant, pack: Phrases, language: Language): Next {
  const slots = shopSlots(tenant, language);
  const own = textIn(tenant.settings.phrases[phase], language, slots);
  if (own !== undefined) return { phase, text: own, own: true };
  const text = textIn(pack[phase], language, slots) ?? textIn(BUILT_IN[phase], language, slots) ?? '';
  return { phase, text, own: false };
}

const LOOK: Readonly<Record<Language, string>> = {
  zh: '{{address}}，收到了，我看一下，请稍等。',
  en: "Thanks, I've got it. Let me take a look.",
};

/** Said of a picture or a voice message that somebody must look at, where the shop has no words of its own for waiting. */
export function lookPhrase(phrase: Next, unreadMedia: boolean, tenant: Tenant, language: Language): Next {
  const says = !unreadMedia || phrase.own || phrase.phase !== 'hold';
  const text = says ? undefined : textIn(LOOK[language], language, shopSlots(tenant, language));
  return text === undefined ? phrase : { ...phrase, text };
}

const LOOK_FIRST: Readonly<Record<Language, string>> = {
  zh: '收到了，我看一下。',
  en: "Thanks, I've got it and am taking a look. ",
};

/** Said of a picture while something is still needed for what it is about. */
export const lookAndAsk = (ask: string, language: Language): Next => ({
  phase: 'ask',
  text: `${LOOK_FIRST[language]}${ask}`,
  own: false,
});

/** A phrase is said in its own language or not at all. */
function textIn(
  phrase: Localized | undefined,
  language: Language,
  slots: ReturnType<typeof shopSlots>,
): string | undefined {
  const written = typeof phrase === 'string' ? phrase : phrase?.[language];
  const filled = written === undefined ? undefined : fillSlots(written, slots);
  return filled?.ok === true && filled.text !== '' ? filled.text : undefined;
}

const PROMISE =
  /稍等|稍候|等一下|等下|请等|等我|(?:马上|立刻|立即|这就|正在|这边)(?:去)?(?:为|帮|给)?(?:您|你)?(?:查|核|看|处理|联系|确认|催|反馈)|\b(?:one|just a|a) (?:moment|sec|second|minute)\b|\b(?:hold on|bear with|please (?:wait|hold)|hang on)\b|\b(?:let me|i(?:'|’)?ll|i will)\s(?:just )?(?:check|look|find|see|confirm|get back|ask)\b/i;
/** A time that is told with what will be done by then is a promise by itself: "10分钟内给您回复". */
const TIMED =
  /(?<!请[^，,。；]{0,8})\d\s*(?:分钟|个?小时)(?:之|以)?内[^，,。；]{0,8}(?:回复|回电|答复|告诉|通知|联系)(?!我|客服|店铺|商家)/;
/** What the customer has to do in time is no time of ours: "签收后48小时内反馈的，我马上核实". */
const THEIR_TIME =
  /(?:签收|收货|收到|下单|付款|发货|到货)(?:商品|货物?)?(?:之|以)?后?\d{1,4}\s*(?:分钟|个?小时)(?:之|以)?内/g;
const MINUTES = /(\d{1,4})\s*(?:分钟|min(?:ute)?s?\b)/i;
const HOURS = /(\d{1,2})\s*(?:个?小时|hours?\b)/i;
/** How long "稍等" lasts when it does not say. */
const DEFAULT_MINUTES = 3;
const MAX_MINUTES = 24 * 60;
const MAX_READ = 1_000;

/** The minutes within which an agent's line ("稍等", "one moment please") promises an answer; undefined when it does not. */
export function isPromise(text: string): number | undefined {
  const sentence = text
    .slice(0, MAX_READ)
    .replaceAll(THEIR_TIME, '')
    .split(/[。！？!?\n]/)
    .find((one) => PROMISE.test(one) || TIMED.test(one));
  if (sentence === undefined) return undefined;
  const minutes = Number(MINUTES.exec(sentence)?.[1] ?? 0) + Number(HOURS.exec(sentence)?.[1] ?? 0) * 60;
  return minutes === 0 ? DEFAULT_MINUTES : Math.min(minutes, MAX_MINUTES);
}
