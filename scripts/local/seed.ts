import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { type Client, client, poll } from './client.ts';
import { writeOwnJson } from './data-directory.ts';
import type { Stack } from './stack.ts';

/** Where the stack is reached, and where it keeps what it made. */
type Place = Pick<Stack, 'baseUrl' | 'wsUrl' | 'dataDirectory' | 'operatorToken'>;

export const DEMO_TENANT = 'demo';
/** A limit, not a target: a machine that does much else compiles slowly. */
const RELEASE_MS = 300_000;

/** What a newcomer, a script or a check needs to call the running stack. */
export const Demo = z.object({
  baseUrl: z.string(),
  wsUrl: z.string(),
  consoleUrl: z.string(),
  tenant: z.string(),
  webhookSecret: z.string(),
  callbackSecret: z.string(),
  agentToken: z.string(),
  managerToken: z.string(),
  adminToken: z.string(),
  operatorToken: z.string(),
  agents: z.array(z.object({ agentId: z.string(), name: z.string(), token: z.string() })),
  seeded: z.boolean(),
});
export type Demo = z.infer<typeof Demo>;

const knowledge = (path: string): Promise<string> =>
  readFile(new URL(`../../knowledge/${path}`, import.meta.url), 'utf8');

const Facts = z.object({ facts: z.array(z.object({ name: z.string(), example: z.unknown() })) });

/** The pack's own examples answer the set-up questions of the demo shop. */
async function shopFacts(): Promise<Record<string, unknown>> {
  const { facts } = Facts.parse(parse(await knowledge('ecommerce/pack.yaml')));
  return Object.fromEntries(facts.map(({ name, example }) => [name, example]));
}

const WORDING = {
  address: { zh: '亲', en: '' },
  botDisclosure: {
    zh: '您好，我是智能助手，随时可以回复“人工”转接客服。',
    en: 'Hi, I am the shop’s virtual assistant; type “agent” at any time to reach a person.',
  },
  handoffNotice: {
    zh: '正在为您转接人工客服，请稍候～',
    en: 'I am passing you on to a colleague, who will read this conversation first.',
  },
  clarify: { zh: '请问您想咨询的是：', en: 'Which of these do you mean?' },
};

const GREETING = {
  zh: '您好，欢迎光临！请问有什么可以帮您？',
  en: 'Hello and welcome! How can I help you today?',
};

const AGENTS = [
  { agentId: 'xiaolin', name: '小林' },
  { agentId: 'alex', name: 'Alex' },
];

const consoleUrl = (baseUrl: string, agentToken: string, webhookSecret: string): string => {
  const fragment = new URLSearchParams({ token: agentToken, tenant: DEMO_TENANT, secret: webhookSecret });
  return `${baseUrl}/console#${fragment.toString()}`;
};

/** The knowledge pages, signed in as the shop's manager. */
export const managerUrl = ({ baseUrl, managerToken, tenant }: Demo): string =>
  `${baseUrl}/console#${new URLSearchParams({ token: managerToken, tenant })}`;

const Created = z.object({
  webhookSecret: z.string(),
  callbackSecret: z.string(),
  agentToken: z.string(),
  managerToken: z.string(),
  adminToken: z.string(),
});

/** Makes the demo tenant. Its secrets are shown only once, so they are written down before anything else is done. */
async function createDemo(api: Client, stack: Place): Promise<Omit<Demo, 'seeded'>> {
  const created = Created.parse(
    await api.call('POST', '/v1/tenants', stack.operatorToken, {
      id: DEMO_TENANT,
      name: 'Demo shop 示例店铺',
      languages: ['zh', 'en'],
      mode: 'hybrid',
      packs: ['ecommerce'],
      timeZone: 'Asia/Shanghai',
      shopFacts: await shopFacts(),
      wording: WORDING,
      phrases: { greet: GREETING },
    }),
  );
  const agents = [];
  for (const agent of AGENTS) {
    const { token } = z
      .object({ token: z.string() })
      .parse(await api.call('POST', '/v1/tokens', created.adminToken, { role: 'agent', ...agent }));
    agents.push({ ...agent, token });
  }
  return {
    ...where(stack),
    ...created,
    consoleUrl: consoleUrl(stack.baseUrl, created.agentToken, created.webhookSecret),
    tenant: DEMO_TENANT,
    operatorToken: stack.operatorToken,
    agents,
  };
}

const where = ({ baseUrl, wsUrl }: Place) => ({ baseUrl, wsUrl });

const Report = z.object({ status: z.string(), error: z.string().optional() });

async function importCatalog(api: Client, token: string): Promise<void> {
  const csv = new TextEncoder().encode(await knowledge('sample-catalog.csv'));
  const { id } = z.object({ id: z.string() }).parse(await api.call('POST', '/v1/catalog/imports', token, csv));
  const report = await poll(
    async () => {
      const found = Report.parse(await api.call('GET', `/v1/catalog/imports/${id}`, token));
      return found.status === 'done' || found.status === 'failed' ? found : undefined;
    },
    RELEASE_MS,
    'The sample catalogue',
  );
  if (report.status === 'failed') throw new Error(`The sample catalogue: ${report.error}`);
}

async function waitForRelease(api: Client, token: string): Promise<void> {
  const Releases = z.object({ items: z.array(Report) });
  await poll(
    async () => {
      const { items } = Releases.parse(await api.call('GET', '/v1/knowledge/releases', token));
      const broken = items.find(({ status }) => status === 'failed' || status === 'blocked');
      if (broken !== undefined) throw new Error(`The pack's release ${broken.status}: ${broken.error}`);
      return items.some(({ status }) => status === 'live') ? true : undefined;
    },
    RELEASE_MS,
    "The pack's release",
  );
}

/** Seeds the demo tenant once and keeps `demo.json` true: the addresses in it follow the ports of this start. */
export async function seed(stack: Place): Promise<Demo> {
  const file = join(stack.dataDirectory, 'demo.json');
  const api = client(stack.baseUrl);
  const known = existsSync(file) ? Demo.parse(JSON.parse(await readFile(file, 'utf8'))) : undefined;
  const demo =
    known === undefined
      ? await createDemo(api, stack)
      : { ...known, ...where(stack), consoleUrl: consoleUrl(stack.baseUrl, known.agentToken, known.webhookSecret) };
  await writeOwnJson(file, { ...demo, seeded: known?.seeded ?? false });
  if (known?.seeded !== true) {
    await importCatalog(api, demo.managerToken);
    await waitForRelease(api, demo.managerToken);
  }
  const done = { ...demo, seeded: true };
  await writeOwnJson(file, done);
  return done;
}
