import { createHash } from 'node:crypto';
import type { KnowledgeDiff } from '../../lib/domain/diff.ts';
import { Entry } from '../../lib/domain/entry.ts';
import type { ImportReport } from '../../lib/domain/import-job.ts';
import type { Release } from '../../lib/domain/release.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../lib/domain/tenant.ts';
import { diff, importReport, release, releaseReport, someEntries } from './knowledge-fixtures.ts';

export type Answer = { status: number; body?: unknown; type?: string };
export type Asked = { method: string; url: URL; raw: string };

export const problem = (status: number, detail: string, more: object = {}): Answer => ({
  status,
  body: { type: 'about:blank', title: detail, status, detail, errors: [], requestId: 'req', ...more },
});

const ok = (body: unknown): Answer => ({ status: 200, body });
const revisionOf = (entry: Entry): string =>
  createHash('sha256').update(JSON.stringify(entry)).digest('hex').slice(0, 12);
const withRevision = (entry: Entry) => ({ ...entry, revision: revisionOf(entry) });

const FACTS = [
  { name: 'dispatch_time', category: 'delivery', value: { zh: '48小时内', en: 'within 48 hours' } },
  { name: 'invoice_types', category: 'invoice' },
  { name: 'invoice_days', category: 'invoice' },
].map((fact) => ({
  question: { zh: '？', en: `What is ${fact.name}?` },
  example: { zh: '例', en: 'an example' },
  entries: 3,
  unlocks: 1,
  waiting: [],
  ...fact,
}));

type Route = [string, RegExp, (asked: Asked, ...parts: string[]) => Answer];

/** The knowledge half of the contract over what a test puts there; other pages' tests may add routes of their own. */
export function createFakeKnowledge() {
  const entries = new Map<string, Entry>();
  const imports = new Map<string, ImportReport[]>();
  const state = {
    releases: [] as Release[],
    diff: diff() as KnowledgeDiff,
    settings: DEFAULT_SETTINGS as Settings,
    /** What the next imports turn out to be, each as the reports that polling sees one after another. */
    reports: [] as ImportReport[][],
    uploads: [] as string[],
    /** Routes that a test adds, or answers otherwise. */
    extra: [] as Route[],
  };
  const seed = () => {
    entries.clear();
    imports.clear();
    for (const one of someEntries()) entries.set(one.id, one);
    Object.assign(state, {
      diff: diff(),
      settings: DEFAULT_SETTINGS,
      reports: [],
      uploads: [],
      extra: [],
      releases: [
        release('rel_9d2', 'blocked', { note: 'Gift wrap; clearer cancelling', report: releaseReport() }),
        release('rel_8c1', 'live', {
          note: 'November answers',
          activatedAt: '2026-11-18T02:00:00.000Z',
          activatedBy: 'lin',
          report: releaseReport({ blockers: [], conflicts: [], lost: [], lostTotal: 0 }),
        }),
        release('rel_7b0', 'superseded', { by: 'mei', activatedAt: '2026-11-10T02:00:00.000Z', activatedBy: 'mei' }),
      ],
    });
  };
  seed();

  const listEntries = ({ url }: Asked): Answer => {
    const wanted = (name: string) => url.searchParams.get(name) ?? '';
    const q = wanted('q').toLowerCase();
    const fits = (one: Entry) =>
      (q === '' || `${one.question} ${one.similarQuestions.join(' ')} ${one.id}`.toLowerCase().includes(q)) &&
      (['category', 'language', 'pack', 'policy'] as const).every(
        (name) => wanted(name) === '' || one[name] === wanted(name),
      ) &&
      (wanted('state') !== 'off' || one.off === true);
    const found = [...entries.values()].filter(fits);
    const limit = Number(url.searchParams.get('limit') ?? 100);
    const from = Number(url.searchParams.get('cursor') ?? 0);
    const items = found.slice(from, from + limit).map(withRevision);
    return ok({ items, ...(from + limit < found.length ? { cursor: String(from + limit) } : {}) });
  };
  const readEntry = (_: Asked, id = ''): Answer => {
    const found = entries.get(id);
    return found === undefined ? problem(404, `there is no entry ${id}`) : ok(withRevision(found));
  };
  const writeEntry = ({ raw }: Asked, id = ''): Answer => {
    const { revision, ...body } = JSON.parse(raw);
    const stored = entries.get(id);
    const parsed = Entry.safeParse({ ...body, id });
    if (!parsed.success) {
      const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
      return problem(400, 'the entry does not have the right shape', { errors });
    }
    if (revision !== undefined && stored !== undefined && revision !== revisionOf(stored)) {
      return problem(409, 'somebody else changed this entry', { current: withRevision(stored), yours: parsed.data });
    }
    entries.set(id, parsed.data);
    return ok(withRevision(parsed.data));
  };
  const switched = (id: string, off: boolean): Answer => {
    const found = entries.get(id);
    if (found === undefined) return problem(404, `there is no entry ${id}`);
    entries.set(id, { ...found, off });
    return ok(withRevision({ ...found, off }));
  };

  const startImport = ({ url }: Asked): Answer => {
    const id = `imp_${imports.size + 1}`;
    const dryRun = url.searchParams.get('dryRun') === 'true';
    imports.set(id, state.reports.shift()?.map((one) => ({ ...one, id, dryRun })) ?? [importReport(id, { dryRun })]);
    const upload = {
      url: `${url.origin}/upload`,
      fields: { key: id },
      maxBytes: 20_971_520,
      expiresAt: '2026-11-22T09:00:00Z',
    };
    if (url.searchParams.get('upload') === 'true') return { status: 202, body: { id, status: 'waiting', upload } };
    return { status: 202, body: { id, status: 'queued' } };
  };
  const readImport = (_: Asked, id = ''): Answer => {
    const reports = imports.get(id) ?? [];
    const next = reports.length > 1 ? reports.shift() : reports[0];
    return next === undefined ? problem(404, 'no such import') : ok(next);
  };
  const listImports = () => ok({ items: [...imports.values()].map((reports) => reports.at(-1)).toReversed() });

  const makeRelease = ({ raw }: Asked): Answer => {
    const asked = JSON.parse(raw);
    const made = release(`rel_n${state.releases.length}`, 'compiling', {
      ...asked,
      progress: { stage: 'trained', done: 3, total: 10 },
    });
    state.releases.unshift(made);
    return { status: 202, body: made };
  };
  const readRelease = (_: Asked, id = ''): Answer => {
    const found = state.releases.find((one) => one.id === id);
    return found === undefined ? problem(404, 'no such release') : ok(found);
  };
  const activate = (_: Asked, id = ''): Answer => {
    state.releases = state.releases.map((one) => {
      if (one.id === id)
        return { ...one, status: 'live' as const, activatedBy: 'lin', activatedAt: '2026-11-22T01:00:00.000Z' };
      return one.status === 'live' ? { ...one, status: 'superseded' as const } : one;
    });
    return readRelease(_, id);
  };

  const routes: Route[] = [
    ['GET', /^\/v1\/knowledge\/entries$/, listEntries],
    ['GET', /^\/v1\/knowledge\/entries\/([^/]+)$/, readEntry],
    ['PUT', /^\/v1\/knowledge\/entries\/([^/]+)$/, writeEntry],
    ['DELETE', /^\/v1\/knowledge\/entries\/([^/]+)$/, (_, id = '') => ({ status: entries.delete(id) ? 204 : 404 })],
    ['POST', /^\/v1\/knowledge\/entries\/([^/]+)\/off$/, (_, id = '') => switched(id, true)],
    ['POST', /^\/v1\/knowledge\/entries\/([^/]+)\/on$/, (_, id = '') => switched(id, false)],
    ['POST', /^\/v1\/knowledge\/entries\/([^/]+)\/reset$/, (_, id = '') => switched(id, false)],
    ['GET', /^\/v1\/knowledge\/facts$/, () => ok({ items: FACTS })],
    ['GET', /^\/v1\/tenants\/demo$/, () => ok({ tenant: { id: 'demo', name: 'Demo', settings: state.settings } })],
    ['GET', /^\/v1\/catalog\/products$/, () => ok({ items: [{ id: 'p-17', title: 'Trail running shoes' }] })],
    ['POST', /^\/v1\/knowledge\/imports$/, startImport],
    ['GET', /^\/v1\/knowledge\/imports$/, listImports],
    ['GET', /^\/v1\/knowledge\/imports\/([^/]+)$/, readImport],
    [
      'POST',
      /^\/v1\/knowledge\/imports\/([^/]+)\/start$/,
      (_, id = '') => ({ status: 202, body: { id, status: 'queued' } }),
    ],
    [
      'GET',
      /^\/v1\/knowledge\/imports\/([^/]+)\/rejected$/,
      () => ({ status: 200, body: 'row,column\r\n14,答案\r\n', type: 'text/csv' }),
    ],
    ['GET', /^\/v1\/knowledge\/diff$/, () => ok(state.diff)],
    ['GET', /^\/v1\/knowledge\/releases$/, () => ok({ items: state.releases })],
    ['POST', /^\/v1\/knowledge\/releases$/, makeRelease],
    ['GET', /^\/v1\/knowledge\/releases\/([^/]+)$/, readRelease],
    ['POST', /^\/v1\/knowledge\/releases\/([^/]+)\/activate$/, activate],
  ];

  return {
    entries,
    state,
    reset: seed,
    /** A file that comes by an address of its own, as a presigned upload does. */
    upload(raw: string): Answer {
      state.uploads.push(raw);
      return { status: 204 };
    },
    /** Answers a call of the knowledge pages, or undefined where it is none. */
    answer(asked: Asked): Answer | undefined {
      for (const [method, pattern, handle] of [...state.extra, ...routes]) {
        const found = method === asked.method ? pattern.exec(asked.url.pathname) : null;
        if (found !== null) return handle(asked, ...found.slice(1).map(decodeURIComponent));
      }
      return undefined;
    },
  };
}
