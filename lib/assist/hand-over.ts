import type { Choice, DecisionReason } from '../domain/assist.ts';
import type { Customer } from '../domain/customer.ts';
import type { Language } from '../domain/language.ts';
import { fillSlots } from '../domain/slots.ts';
import { localize, type Tenant } from '../domain/tenant.ts';
import { PERSON_CHOICE } from './retrieve.ts';
import { shopSlots } from './slot-values.ts';

const DEFAULT_SKILL = 'general';

/** The queue that knows this intent: `refund` takes `refund.status`, unless `refund.status` has its own. */
export function skillFor(intent: string, skills: Readonly<Record<string, string>> = {}): string {
  const fitting = Object.keys(skills).filter((prefix) => intent === prefix || intent.startsWith(`${prefix}.`));
  const [longest] = fitting.sort((a, b) => b.length - a.length);
  return longest === undefined ? DEFAULT_SKILL : (skills[longest] ?? DEFAULT_SKILL);
}

const PRIORITY: Readonly<Partial<Record<DecisionReason, number>>> = { safety: 9, legal: 8, asked_for_person: 6 };
const USUAL = 5;
const ANGRY = 8;
const HIGHEST = 9;

/** How urgent a hand-off is, 0-9: danger first, then law and anger; a shop's best customers go one step ahead. */
export function priorityOf(reason: DecisionReason, angry: boolean, customer: Customer | undefined): number {
  const own = PRIORITY[reason] ?? USUAL;
  const vip = customer?.tags?.some((tag) => /vip/i.test(tag)) ? 1 : 0;
  return Math.min(HIGHEST, Math.max(own, angry ? ANGRY : 0) + vip);
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
