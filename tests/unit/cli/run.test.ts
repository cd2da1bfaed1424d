import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Io } from '../../../cli/command.ts';
import { run } from '../../../cli/run.ts';
import { table, widthOf } from '../../../cli/table.ts';

type Seen = { method: string; path: string; token: string | undefined; body: string };
type Answer = { status?: number; body?: unknown };
type Answers = (seen: Seen) => Answer;

const open: { close(): void }[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString();
};

/** A server that answers as it is told and remembers what it was asked. */
async function serve(answers: Answers): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const asked = {
      method: request.method ?? '',
      path: request.url ?? '',
      token: request.headers.authorization,
      body: await textOf(request),
    };
    seen.push(asked);
    const { status = 200, body = {} } = answers(asked);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  open.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

type World = { files?: Record<string, string>; env?: Record<string, string>; piped?: string };

function world({ files = {}, env = {}, piped = '' }: World = {}) {
  const said = { out: '', err: '' };
  const written = new Map<string, string>();
  const io: Io = {
    env,
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    isTerminal: false,
    fetch,
    sleep: async () => undefined,
    read: async (path) => {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
      return new TextEncoder().encode(text);
    },
    write: async (path, bytes) => {
      written.set(path, new TextDecoder().decode(bytes));
    },
    stdin: async () => new TextEncoder().encode(piped),
  };
  return { io, said, written };
}

const TOKEN = { CUECARD_TOKEN: 'cc_t_1_x' };
const DEMO = (baseUrl: string) => JSON.stringify({ baseUrl, managerToken: 'cc_demo_1_y' });

const report = (changes: object = {}) => ({
  id: 'imp_1',
  kind: 'entries',
  mode: 'merge',
  dryRun: false,
  status: 'done',
  createdAt: '2026-11-22T00:00:00Z',
  rows: 2,
  added: 1,
  changed: 0,
  unchanged: 0,
  removed: 0,
  rejected: [],
  rejectedTotal: 0,
  ignoredColumns: [],
  ...changes,
});

describe('where to, and as whom', () => {
  test('the demo shop’s token goes to the demo shop alone', async () => {
    const { url, seen } = await serve(() => ({ body: { items: [] } }));
    const files = { '.cuecard/demo.json': DEMO(url) };
    const at = world({ files });
    expect(await run(['releases'], at.io)).toBe(0);
    expect(seen[0]?.token).toBe('Bearer cc_demo_1_y');

    const elsewhere = world({ files: { '.cuecard/demo.json': DEMO('http://127.0.0.1:1') } });
    expect(await run(['releases', '--url', url], elsewhere.io)).toBe(2);
    expect(elsewhere.said.err).toContain('CUECARD_TOKEN');
    expect(seen).toHaveLength(1);
  });

  test('a place that is not there, and a token that may not, exit with 4', async () => {
    const nowhere = world({ env: { ...TOKEN, CUECARD_URL: 'http://127.0.0.1:1' } });
    expect(await run(['diff'], nowhere.io)).toBe(4);
    expect(nowhere.said.err).toContain('was not reached');

    const { url } = await serve(() => ({ status: 403, body: { title: 'Forbidden', detail: 'an agent may not' } }));
    const refused = world({ env: { ...TOKEN, CUECARD_URL: url } });
    expect(await run(['--url', url, 'diff'], refused.io)).toBe(4);
    expect(refused.said.err).toBe('an agent may not\n');
  });
});

describe('wrong usage exits with 2 and says what is right', () => {
  test.each([
    [['frob'], 'no command "frob"'],
    [['diff', '--colour'], '--colour'],
    [['import'], 'one file'],
    [['import', 'a.csv', '--map', 'Frage'], 'header=column'],
    [['import', 'gone.csv'], 'no such file'],
    [['test', 'q.csv', '--min', 'most'], 'from 0 to 1'],
    [['packs', 'install'], 'name of a pack'],
    [['packs', 'update', 'ecommerce', '--choose', 'a=his'], 'entry=mine'],
    [['export', '--format', 'pdf'], 'csv, xlsx, json'],
    [['diff', '--url', 'localhost:3000'], 'https://'],
  ])('%j', async (args, words) => {
    const at = world({ env: { ...TOKEN, CUECARD_URL: 'http://127.0.0.1:1' } });
    expect(await run(args, at.io)).toBe(2);
    expect(at.said.err).toContain(words);
    expect(at.said.out).toBe('');
  });
});

describe('import', () => {
  test('sends the file with its mapping, names every bad row and exits with 3', async () => {
    const rejected = [{ row: 3, column: '答案', value: '', reason: 'the answer is missing', fix: 'write one' }];
    const { url, seen } = await serve(({ method, path }) => {
      if (path.endsWith('/rejected?format=csv')) return { body: 'row,column' };
      return method === 'POST'
        ? { status: 202, body: { id: 'imp_1', status: 'queued' } }
        : { body: report({ rejected, rejectedTotal: 1, ignoredColumns: ['intern'] }) };
    });
    const at = world({ env: { ...TOKEN, CUECARD_URL: url }, files: { 'faq.csv': 'Frage,Antwort\n' } });
    expect(
      await run(['import', 'faq.csv', '--map', 'Frage=question', '--map', 'x=', '--errors', 'bad.csv'], at.io),
    ).toBe(3);
    const sent = new URL(seen[0]?.path ?? '', url).searchParams;
    expect(Object.fromEntries(sent)).toEqual({
      mode: 'merge',
      dryRun: 'false',
      format: 'auto',
      mapping: '{"Frage":"question","x":null}',
    });
    expect(seen[0]?.body).toBe('Frage,Antwort\n');
    expect(at.said.out).toMatch(/1 added.*1 rejected/);
    expect(at.said.out).toContain('row 3  答案');
    expect(at.said.out).toContain('the answer is missing; write one');
    expect(at.said.out).toContain('intern');
    expect(at.written.get('bad.csv')).toBe('"row,column"');
  });

  test('a file above 4 MB goes by form to where the API says, without the token, and is started', async () => {
    let url = '';
    const served = await serve(({ method, path }) => {
      if (path === '/store') return {};
      if (path.includes('upload=true')) {
        const upload = { url: `${url}/store`, fields: { key: 'k1', policy: 'p' }, maxBytes: 1, expiresAt: '' };
        return { status: 202, body: { id: 'imp_1', status: 'waiting', upload } };
      }
      return method === 'GET' ? { body: report() } : { status: 202, body: { id: 'imp_1', status: 'queued' } };
    });
    ({ url } = served);
    const at = world({ env: { ...TOKEN, CUECARD_URL: url }, piped: `q,a\n${'x'.repeat(4 * 1024 * 1024)}` });
    expect(await run(['import', '-', '--json'], at.io)).toBe(0);
    const [asked, stored, started] = served.seen;
    expect(asked?.path).toContain(`bytes=${4 * 1024 * 1024 + 4}`);
    expect(stored).toMatchObject({ path: '/store', token: undefined });
    expect(stored?.body).toContain('name="key"\r\n\r\nk1');
    expect(stored?.body.indexOf('name="key"')).toBeLessThan(stored?.body.indexOf('name="file"') ?? 0);
    expect(started?.path).toBe('/v1/knowledge/imports/imp_1/start');
    expect(JSON.parse(at.said.out)).toEqual(report());
  });

  test('a file that failed exits with 1 and its reason', async () => {
    const { url } = await serve(({ method }) =>
      method === 'POST' ? { body: { id: 'imp_1' } } : { body: report({ status: 'failed', error: 'this is a PDF' }) },
    );
    const at = world({ env: { ...TOKEN, CUECARD_URL: url }, files: { 'faq.csv': '%PDF' } });
    expect(await run(['import', 'faq.csv'], at.io)).toBe(1);
    expect(at.said.err).toContain('this is a PDF');
  });
});

describe('release and rollback', () => {
  const release = (changes: object) => ({
    id: 'rel_2',
    status: 'live',
    createdAt: '2026-11-22T08:00:00.000Z',
    by: 'manager',
    publish: true,
    entries: 3,
    questions: 9,
    ...changes,
  });

  test('draws each stage once, then says what became of it', async () => {
    const states = [
      { status: 'compiling', progress: { stage: 'train', done: 1, total: 4 } },
      { status: 'compiling', progress: { stage: 'train', done: 2, total: 4 } },
      { status: 'gating', progress: { stage: 'gate', done: 0, total: 1 } },
      { status: 'live' },
    ];
    const { url, seen } = await serve(({ method }) => ({
      body: release(method === 'POST' ? { status: 'compiling' } : (states.shift() ?? {})),
    }));
    const at = world({ env: { ...TOKEN, CUECARD_URL: url } });
    expect(await run(['release', '--note', 'sizes', '--urgent', 'closed'], at.io)).toBe(0);
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ publish: true, note: 'sizes', urgent: { entryId: 'closed' } });
    expect(at.said.err).toBe('train\ngate\n');
    expect(at.said.out).toBe('rel_2 is live\n');
  });

  test('a blocked one exits with 1 and says by what', async () => {
    const blockers = [{ kind: 'golden_lost', detail: '2 golden questions are lost' }];
    const compile = { classes: 3, questions: 9, bytes: 1, curve: [] };
    const { url } = await serve(() => ({ body: release({ status: 'blocked', report: { compile, blockers } }) }));
    const at = world({ env: { ...TOKEN, CUECARD_URL: url } });
    expect(await run(['release'], at.io)).toBe(1);
    expect(at.said.out).toContain('blocked by golden_lost: 2 golden questions are lost');
    expect(at.said.out).toContain('--override');
  });

  test('rolling back takes the release that was live last before this one', async () => {
    const items = [
      release({ id: 'rel_5', status: 'live', activatedAt: '2026-11-22T05:00:00.000Z' }),
      release({ id: 'rel_4', status: 'blocked' }),
      release({ id: 'rel_3', status: 'superseded', activatedAt: '2026-11-22T03:00:00.000Z' }),
      release({ id: 'rel_1', status: 'superseded', activatedAt: '2026-11-22T04:00:00.000Z' }),
    ];
    const { url, seen } = await serve(({ method }) => ({
      body: method === 'GET' ? { items } : release({ id: 'rel_1' }),
    }));
    const at = world({ env: { ...TOKEN, CUECARD_URL: url } });
    expect(await run(['rollback'], at.io)).toBe(0);
    expect(seen[1]).toMatchObject({ method: 'POST', path: '/v1/knowledge/releases/rel_1/activate', body: '{}' });
  });
});

describe('packs', () => {
  const plan = (conflicts: object[]) => ({
    pack: 'ecommerce',
    from: '1.0.0',
    to: '1.1.0',
    dryRun: true,
    added: [],
    updated: [],
    merged: [],
    kept: [],
    removed: [],
    conflicts,
    unchanged: 9,
  });

  test('an update with something to choose writes nothing and exits with 3', async () => {
    const fields = [{ path: 'answers.0.text', old: 'a', theirs: 'b', mine: 'c' }];
    const { url, seen } = await serve(() => ({ body: plan([{ entryId: 'refund', question: 'Refund?', fields }]) }));
    const at = world({ env: { ...TOKEN, CUECARD_URL: url } });
    expect(await run(['packs', 'update', 'ecommerce'], at.io)).toBe(3);
    expect(seen.map(({ path }) => path)).toEqual(['/v1/packs/ecommerce/update?dryRun=true']);
    expect(at.said.out).toContain('! refund  Refund?');
  });

  test('with every choice made it is written', async () => {
    const { url, seen } = await serve(({ method, path }) => {
      if (method === 'GET') return { body: report() };
      return path.includes('dryRun=true')
        ? { body: plan([{ entryId: 'refund', question: '?', fields: [] }]) }
        : { body: { id: 'imp_1' } };
    });
    const at = world({ env: { ...TOKEN, CUECARD_URL: url } });
    expect(await run(['packs', 'update', 'ecommerce', '--choose', 'refund=mine'], at.io)).toBe(0);
    expect(JSON.parse(seen[1]?.body ?? '')).toEqual({ choices: { refund: 'mine' } });
  });
});

describe('test', () => {
  test('a share below --min exits with 3, and misses go to a file', async () => {
    const figures = { rows: 4, recall1: 0.5, recall3: 1, mrr: 0.75, macroF1: 0.5, ece: 0.1 };
    const { url, seen } = await serve(({ path }) => {
      if (path.endsWith('/misses')) return { body: 'misses' };
      return { body: { id: 'eva_1', status: 'done', figures, misses: [], missesTotal: 2, rejected: [] } };
    });
    const at = world({ env: { ...TOKEN, CUECARD_URL: url }, files: { 'q.csv': 'question,expected\n' } });
    expect(await run(['test', 'q.csv', '--min', '0.9', '--misses', 'm.csv'], at.io)).toBe(3);
    expect(seen[0]?.path).toBe('/v1/knowledge/evaluations?name=q.csv');
    expect(at.said.out).toContain('first right 50.0 %');
    expect(at.written.get('m.csv')).toBe('"misses"');
    expect(await run(['test', 'q.csv', '--min', '0.5'], at.io)).toBe(0);
  });
});

test('help needs no server, and teaches each command', async () => {
  const at = world();
  expect(await run(['--help'], at.io)).toBe(0);
  expect(at.said.out).toContain('Exit codes');
  for (const name of ['import', 'diff', 'release', 'releases', 'rollback', 'test', 'export', 'packs']) {
    const about = world();
    expect(await run([name, '--help'], about.io)).toBe(0);
    expect(about.said.out).toContain(`cuecard ${name}`);
    expect(await run(['help', name], about.io)).toBe(0);
  }
  expect(await run([], world().io)).toBe(2);
});

test('columns line up whatever the script, and nothing moves the cursor', () => {
  expect(
    table([
      ['好', 'a'],
      ['abc', 'b'],
    ]),
  ).toBe('  好   a\n  abc  b\n');
  expect(table([['x\u001b[2Jy\u202e', '']])).toBe('  x [2Jy\n');
  expect(widthOf(table([['很'.repeat(40)]], 20).trim())).toBeLessThanOrEqual(20);
});
