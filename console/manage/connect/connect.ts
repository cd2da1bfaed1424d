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
  people: Person[];
  skills: SkillRow[];
};
/** Who somebody in Chatwoot is here. */
export type Person = { email: string; agent: string };
/** Where in Chatwoot a hand-off for a skill goes. */
export type SkillRow = { skill: string; labels: string; team: string };
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
  people: Object.entries(view?.settings.agents ?? {}).map(([email, agent]) => ({ email, agent })),
  skills: Object.entries(view?.settings.skills ?? {}).map(([skill, { labels = [], teamId }]) => ({
    skill,
    labels: labels.join(', '),
    team: teamId === undefined ? '' : String(teamId),
  })),
});

const isBlank = (row: Person | SkillRow): boolean => Object.values(row).every((value) => value.trim() === '');
const NUMBER = /^[1-9]\d{0,8}$/;
/** As agents are called here (`AgentId`). */
const AGENT = /^[^\s\p{C}]{1,200}$/u;

/** Which of a row's fields cannot be saved as they are. A row left blank is none. */
export const wrongIn = (row: Person, among: readonly Person[]): { email: boolean; agent: boolean } => ({
  email: !isBlank(row) && (!/^\S+@\S+$/.test(row.email.trim()) || isTwice(row.email, among)),
  agent: !isBlank(row) && !AGENT.test(row.agent.trim()),
});

const isTwice = (email: string, among: readonly Person[]): boolean =>
  among.filter((one) => one.email.trim().toLowerCase() === email.trim().toLowerCase()).length > 1;

export const wrongInSkill = (row: SkillRow, among: readonly SkillRow[]): { skill: boolean; team: boolean } => ({
  skill:
    !isBlank(row) &&
    (row.skill.trim() === '' || among.filter(({ skill }) => skill.trim() === row.skill.trim()).length > 1),
  team: row.team.trim() !== '' && !NUMBER.test(row.team.trim()),
});

const isRight = (wrong: Record<string, boolean>): boolean => !Object.values(wrong).includes(true);
const areRight = ({ people, skills }: Typed): boolean =>
  people.every((row) => isRight(wrongIn(row, people))) && skills.every((row) => isRight(wrongInSkill(row, skills)));

const peopleOf = ({ people }: Typed): Record<string, string> =>
  Object.fromEntries(people.filter((row) => !isBlank(row)).map(({ email, agent }) => [email.trim(), agent.trim()]));

const labelsOf = (text: string): string[] =>
  text
    .split(/[,，]/)
    .map((label) => label.trim())
    .filter((label) => label !== '');

const skillsOf = ({ skills }: Typed): ChatwootSettings['skills'] =>
  Object.fromEntries(
    skills
      .filter((row) => !isBlank(row))
      .map(({ skill, labels, team }) => [
        skill.trim(),
        { labels: labelsOf(labels), ...(team.trim() === '' ? {} : { teamId: Number(team) }) },
      ]),
  );

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
  (view?.has.accessToken === true || typed.accessToken.trim() !== '') &&
  areRight(typed);

export function bodyOf(typed: Typed): PutChatwoot {
  const secrets = SECRETS.filter((name) => typed[name].trim() !== '').map((name) => [name, typed[name].trim()]);
  return {
    baseUrl: typed.baseUrl.trim(),
    accountId: Number(typed.accountId),
    verify: typed.verify,
    botAnswers: typed.botAnswers,
    inboxes: numbers(typed.inboxes),
    notes: typed.notes,
    agents: peopleOf(typed) as PutChatwoot['agents'],
    skills: skillsOf(typed),
    ...Object.fromEntries(secrets),
  };
}
