import type { Choice } from '../domain/assist.ts';
import type { Language } from '../domain/language.ts';
import { GENERAL_SKILL, matchesIntent, type SkillRule } from '../domain/routing.ts';
import { fillSlots } from '../domain/slots.ts';
import { localize, type Tenant } from '../domain/tenant.ts';
import { PERSON_CHOICE } from './retrieve.ts';
import { shopSlots } from './slot-values.ts';

/** The queue that knows this intent: `refund` takes `refund.status`, unless `refund.status` has its own. */
export function skillFor(intent: string, skills: Readonly<Record<string, string>> = {}): string {
  const fitting = Object.keys(skills).filter((prefix) => intent === prefix || intent.startsWith(`${prefix}.`));
  const [longest] = fitting.sort((a, b) => b.length - a.length);
  return longest === undefined ? GENERAL_SKILL : (skills[longest] ?? GENERAL_SKILL);
}

/** What decides who takes a conversation. */
export type SkillSubject = {
  /** Empty where nothing fits. */
  intent: string;
  language: Language;
  /** Categories of the products that it is about. */
  categories: readonly string[];
  tags: readonly string[];
};

/** The tenant's first rule that holds, else the pack's skill for the intent, else `general`. */
export function skillOf(
  rules: readonly SkillRule[],
  subject: SkillSubject,
  packSkills: Readonly<Record<string, string>> | undefined,
): string {
  return rules.find((rule) => holds(rule, subject))?.skill ?? skillFor(subject.intent, packSkills);
}

/** Every condition that a rule names. */
function holds({ intents, languages, categories, tags }: SkillRule, subject: SkillSubject): boolean {
  return (
    (intents === undefined || intents.some((pattern) => matchesIntent(pattern, subject.intent))) &&
    (languages === undefined || languages.includes(subject.language)) &&
    (categories === undefined || sharesOne(categories, subject.categories)) &&
    (tags === undefined || sharesOne(tags, subject.tags))
  );
}

function sharesOne(named: readonly string[], given: readonly string[]): boolean {
  const known = new Set(given.map((one) => one.trim().toLowerCase()));
  return named.some((one) => known.has(one.trim().toLowerCase()));
}

const CLARIFY: Readonly<Record<Language, string>> = {
  zh: '请问您想咨询的是哪个问题呢？',
  en: 'Which of these would you like to know?',
};
const PERSON: Readonly<Record<Language, string>> = { zh: '都不是，转人工', en: 'None of these, talk to a person' };

/** The words around a clarification's buttons. */
export function clarifyWording(tenant: Tenant, language: Language): { clarify: string; person: Choice } {
  const written = localize(tenant.settings.wording.clarify, language);
  const filled = written === undefined ? undefined : fillSlots(written, shopSlots(tenant, language));
  const clarify = filled?.ok === true && filled.text !== '' ? filled.text : CLARIFY[language];
  return { clarify, person: { label: PERSON[language], value: PERSON_CHOICE } };
}

const SOLVED: Readonly<Record<Language, string>> = { zh: '问题解决了', en: 'That answers it' };
const DIRECTLY: Readonly<Record<Language, string>> = { zh: '直接转人工', en: 'Talk to a person' };

/** The buttons under an answer that is shown first to who asked for a person. */
export const selfServiceChoices = (language: Language): Choice[] => [
  { label: SOLVED[language], value: SOLVED_CHOICE },
  { label: DIRECTLY[language], value: PERSON_CHOICE },
];
/** The value of the button that says the answer was enough. */
const SOLVED_CHOICE = 'solved';
