import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Table } from '../../../lib/adapters/dynamodb/table.ts';
import { openCatalog } from '../../../lib/assist/catalog.ts';
import { CuecardError } from '../../../lib/domain/error.ts';
import { NO_RELEASE, ProductId, type TenantId } from '../../../lib/domain/ids.ts';
import type { ImportMode } from '../../../lib/domain/import-job.ts';
import { getProducts, importCatalog, searchProducts } from '../../../lib/knowledge/catalog.ts';
import { HOLD_MS, type KnowledgeDeps } from '../../../lib/knowledge/deps.ts';
import { getImport, runImport } from '../../../lib/knowledge/import.ts';
import { readProducts } from '../../../lib/knowledge/read-products.ts';
import { startTable, type TestTable } from '../../support/dynalite.ts';
import { killedAfter, knowledgeRig, newTenant } from '../../support/knowledge-rig.ts';

let server: TestTable;
let table: Table;
beforeAll(async () => {
  server = await startTable();
  table = server.table;
}, 30_000);
afterAll(() => server.stop());

const AT = '2026-11-01T00:00:00.000Z';
const read = (text: string) => readProducts(Buffer.from(text), AT);
const FILE = `id,sku,title,aliases,price,currency,stock
p1,AB-1,Red rain coat,mac|waterproof,499.00,CNY,3
p2,AB-2,Blue rain boots,wellies,89,USD,0
`;

describe('reading products', () => {
  test('Chinese headers, prices and attributes as people write them', () => {
    const { products, rejected } = read(
      '编号,货号,标题,别名,语言,分类,描述,价格,币种,库存,图片,链接,属性\n' +
        'p1,AB-1,红色雨衣,雨披|冲锋衣,中文,服饰,防水,"¥1,999.00",,12,https://a.example/1.png,https://a.example,材质=锦纶|颜色=红\n',
    );
    expect(rejected).toEqual([]);
    expect(products).toEqual([
      {
        id: 'p1',
        sku: 'AB-1',
        title: '红色雨衣',
        aliases: ['雨披', '冲锋衣'],
        language: 'zh',
        category: '服饰',
        description: '防水',
        price: { amount: '1999.00', currency: 'CNY' },
        stock: 12,
        imageUrl: 'https://a.example/1.png',
        url: 'https://a.example',
        attributes: { 材质: '锦纶', 颜色: '红' },
        updatedAt: AT,
      },
    ]);
  });

  test('every bad row is named and costs no good one', () => {
    const { products, rows, rejected } = read(
      'id,title,price,currency,stock,image,url,attributes,language\n' +
        'a,Good,1.5,usd,1,,,,\n' +
        'b,,1,,,,,,\n' +
        'c,C,about ten,,,,,,\n' +
        'd,D,1,,many,,,,\n' +
        'e,E,1,,,file:///etc/passwd,,,\n' +
        'f,F,1,,,,javascript:alert(1),,\n' +
        'g,G,1,,,,,colour,\n' +
        'a,Again,1,,,,,,\n' +
        'h,H,1,,,,,,tlh\n',
    );
    expect(products).toMatchObject([{ id: 'a', price: { amount: '1.5', currency: 'USD' } }]);
    expect(rows).toBe(9);
    expect(rejected.map(({ row, column }) => [row, column])).toEqual([
      [3, 'title'],
      [4, 'price'],
      [5, 'stock'],
      [6, 'image'],
      [7, 'url'],
      [8, 'attributes'],
      [9, 'id'],
      [10, 'language'],
    ]);
  });

  test('the sample catalogue has no bad row', async () => {
    const { products, rejected } = readProducts(await readFile('knowledge/sample-catalog.csv'), AT);
    expect(rejected).toEqual([]);
    expect(products.length).toBeGreaterThan(70);
  });
});

async function start(deps: KnowledgeDeps, tenant: TenantId, file: string, mode: ImportMode = 'merge') {
  return (await importCatalog(deps, tenant, { format: 'csv', mode, dryRun: false, by: 'm' }, Buffer.from(file))).id;
}

async function importFile(deps: KnowledgeDeps, tenant: TenantId, file: string, mode: ImportMode = 'merge') {
  const id = await start(deps, tenant, file, mode);
  await runImport(deps, tenant, id);
  return getImport(deps, tenant, id);
}

async function mentioned(deps: KnowledgeDeps, tenant: TenantId, text: string): Promise<string[]> {
  const key = (await deps.live.read(tenant))?.catalogKey ?? '';
  const bytes = await deps.objects.get(key);
  return bytes === undefined
    ? []
    : openCatalog(bytes)
        .mentions(text)
        .map(({ id }) => id);
}

describe('importing a catalogue', () => {
  test('products are kept, found, and named in messages; before any release too', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    expect(await importFile(deps, tenant, FILE)).toMatchObject({ kind: 'catalog', status: 'done', rows: 2, added: 2 });
    expect(await deps.live.read(tenant)).toMatchObject({ release: NO_RELEASE, version: 1 });
    expect(await mentioned(deps, tenant, 'do you have the wellies?')).toEqual(['p2']);
    expect((await searchProducts(deps.products, tenant, { q: 'RAIN coat' })).items.map(({ id }) => id)).toEqual(['p1']);
    const paged = await searchProducts(deps.products, tenant, { limit: 1 });
    const rest = await searchProducts(deps.products, tenant, { limit: 1, cursor: paged.cursor });
    expect([...paged.items, ...rest.items].map(({ id }) => id)).toEqual(['p1', 'p2']);
    const [boots] = await getProducts(deps.products, tenant, [ProductId.parse('p2')]);
    expect(boots).toMatchObject({ stock: 0, price: { amount: '89', currency: 'USD' } });
  });

  test('merge keeps, replace removes; an unchanged product keeps its date', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    await importFile(deps, tenant, FILE);
    const before = await deps.products.all(tenant);
    expect(await importFile(deps, tenant, FILE)).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
    expect(await deps.products.all(tenant)).toEqual(before);
    expect(await importFile(deps, tenant, 'id,title\np3,Hat\n')).toMatchObject({ added: 1, removed: 0 });
    expect(await importFile(deps, tenant, 'id,title\np3,Cap\n', 'replace')).toMatchObject({ changed: 1, removed: 2 });
    expect((await deps.products.all(tenant)).map(({ title }) => title)).toEqual(['Cap']);
    expect(await mentioned(deps, tenant, 'a red rain coat')).toEqual([]);
    expect(await importFile(deps, tenant, 'id,title\np3,\n', 'replace')).toMatchObject({ status: 'failed' });
    expect(await deps.products.all(tenant)).toHaveLength(1);
  });

  test('killed after any call, the retry ends where an uncut run ends', async () => {
    for (let calls = 0, cut = true; cut; calls++) {
      const { deps, turnClock } = knowledgeRig(table);
      const tenant = newTenant();
      await importFile(deps, tenant, FILE);
      const id = await start(deps, tenant, 'id,title\np2,Green boots\np3,Hat\n', 'replace');
      const dying = killedAfter(deps, calls);
      await runImport(dying.deps, tenant, id).catch(() => undefined);
      cut = dying.killed();
      turnClock(HOLD_MS);
      await runImport(deps, tenant, id);
      const report = await getImport(deps, tenant, id);
      expect(report, `cut after ${calls}`).toMatchObject({ status: 'done', added: 1, changed: 1, removed: 1 });
      expect((await deps.products.all(tenant)).map(({ title }) => title)).toEqual(['Green boots', 'Hat']);
      expect(await mentioned(deps, tenant, 'green boots')).toEqual(['p2']);
    }
  }, 60_000);

  test('a catalogue that cannot be compiled leaves the live one, and says why', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    await importFile(deps, tenant, FILE);
    const before = await deps.live.read(tenant);
    const broken = async () => {
      throw new CuecardError('invalid', 'the catalogue could not be compiled: no room');
    };
    const report = await importFile({ ...deps, buildCatalog: broken }, tenant, 'id,title\np9,Scarf\n');
    expect(report).toMatchObject({ status: 'failed', error: expect.stringContaining('no room') });
    expect(await deps.live.read(tenant)).toEqual(before);
    expect(await mentioned(deps, tenant, 'do you have the wellies?')).toEqual(['p2']);
  });

  test('imports side by side: the catalogue holds the products of all', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    const names = ['apple', 'banana', 'cherry', 'damson', 'elder'];
    await Promise.all(names.map((name) => importFile(deps, tenant, `id,title\n${name},${name} jam\n`)));
    for (const name of names) expect(await mentioned(deps, tenant, `some ${name} jam`)).toEqual([name]);
  });
});
