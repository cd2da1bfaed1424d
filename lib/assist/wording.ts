import type { Language } from '../domain/language.ts';
import { fillSlots } from '../domain/slots.ts';
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

/** The tenant's text in this language with its slots filled; ours when it has none or a slot is not known. */
function worded(tenant: Tenant, language: Language, own: Localized | undefined, ours: string): string {
  const text = localize(own, language);
  if (text === undefined || text === '') return text ?? ours;
  const filled = fillSlots(text, shopSlots(tenant, language));
  return filled.ok ? filled.text : ours;
}

/** Said once a conversation with the bot's first message. */
export const disclosureFor = (tenant: Tenant, language: Language): string =>
  worded(tenant, language, tenant.settings.wording.botDisclosure, DISCLOSURE[language]);

/** Told to the customer at a hand-off; empty when the tenant wants nothing told. */
export const handoffNoticeFor = (tenant: Tenant, language: Language): string =>
  worded(tenant, language, tenant.settings.wording.handoffNotice, NOTICE[language]);
