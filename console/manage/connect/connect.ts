import type { ChatwootCheck, ChatwootSettings, ChatwootView, PutChatwoot } from '../../../lib/domain/chatwoot.ts';

export type Typed = {
  baseUrl: string;
  accountId: string;
  accessToken: string;
  botToken: string;
  webhookSecret: string;
  botSecret: string;
  verify: ChatwootSettings['verify'];
  botAnswers: ChatwootSettings['botAnswers'];
  inboxes: string;
  notes: ChatwootSettings['notes'];
};
export type View = ChatwootView;
export type Check = ChatwootCheck;

export const SECRETS = ['accessToken', 'botToken', 'webhookSecret', 'botSecret'] as const;

/** Secrets are never shown again: their fields begin empty, and stay what they are when left so. */
export const typedOf = (view: View | undefined): Typed => ({
  baseUrl: view?.settings.baseUrl ?? '',
  accountId: view === undefined ? '' : String(view.settings.accountId),
  accessToken: '',
  botToken: '',
  webhookSecret: '',
  botSecret: '',
  verify: view?.settings.verify ?? 'required',
  botAnswers: view?.settings.botAnswers ?? 'pending',
  inboxes: (view?.settings.inboxes ?? []).join(', '),
  notes: view?.settings.notes ?? { handoff: true, wrapUp: true, suggestions: false },
});

const numbers = (text: string): number[] =>
  text
    .split(/[\s,，]+/)
    .filter((one) => /^[1-9]\d{0,8}$/.test(one))
    .map(Number);

const ADDRESS = /^(https?:\/\/[^/\s]+(?:\/[^\s]*)??)\/app\/accounts\/(\d+)/;

/** The address of a page in Chatwoot names both the installation and the account. */
export function pasted(typed: Typed, text: string): Typed {
  const [, baseUrl, accountId] = ADDRESS.exec(text.trim()) ?? [];
  return baseUrl === undefined || accountId === undefined
    ? { ...typed, baseUrl: text }
    : { ...typed, baseUrl, accountId };
}

export const isComplete = (typed: Typed, view: View | undefined): boolean =>
  /^https?:\/\/\S+$/.test(typed.baseUrl.trim()) &&
  /^[1-9]\d{0,11}$/.test(typed.accountId.trim()) &&
  (view?.has.accessToken === true || typed.accessToken.trim() !== '');

export function bodyOf(typed: Typed): PutChatwoot {
  const secrets = SECRETS.filter((name) => typed[name].trim() !== '').map((name) => [name, typed[name].trim()]);
  return {
    baseUrl: typed.baseUrl.trim(),
    accountId: Number(typed.accountId),
    verify: typed.verify,
    botAnswers: typed.botAnswers,
    inboxes: numbers(typed.inboxes),
    notes: typed.notes,
    ...Object.fromEntries(secrets),
  };
}
