import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textOfHtml } from '../../../lib/knowledge/files/html-text.ts';
import { readProducts } from '../../../lib/knowledge/read-products.ts';

const AT = '2026-11-01T00:00:00.000Z';
const read = (text: string) => readProducts(Buffer.from(text), AT);
const HEADER =
  'Handle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Image Src,Status';

describe("Shopify's product export", () => {
  test('variants and pictures of a handle are one product', () => {
    const { products, rejected, rows } = read(
      `${HEADER}
rain-hat,Rain Hat,"<p>Keeps <b>rain</b> off.</p><ul><li>Packs flat</li></ul>",Dapple,Hats,"rain, outdoors",Size,S,RH-S,shopify,3,24.00,https://img.example/1.jpg,active
rain-hat,,,,,,,M,RH-M,shopify,0,22.50,,
rain-hat,,,,,,,,,,,,https://img.example/2.jpg,
mug,Plain Mug,,Dapple,Kitchen,,Title,Default Title,MG-1,,0,9.00,,active
`,
    );
    expect(rejected).toEqual([]);
    expect(rows).toBe(4);
    expect(products).toEqual([
      {
        id: 'rain-hat',
        sku: 'RH-S',
        title: 'Rain Hat',
        aliases: ['RH-M'],
        category: 'Hats',
        description: 'Keeps rain off.\n- Packs flat',
        price: { amount: '22.50', currency: 'USD' },
        stock: 3,
        imageUrl: 'https://img.example/1.jpg',
        attributes: { Size: 'S,M', vendor: 'Dapple', tags: 'rain, outdoors' },
        variants: [
          { name: 'S', stock: 3, price: { amount: '24.00', currency: 'USD' } },
          { name: 'M', stock: 0 },
        ],
        updatedAt: AT,
      },
      {
        id: 'mug',
        sku: 'MG-1',
        title: 'Plain Mug',
        aliases: [],
        category: 'Kitchen',
        price: { amount: '9.00', currency: 'USD' },
        attributes: { vendor: 'Dapple' },
        updatedAt: AT,
      },
    ]);
  });

  test('the newer column names', () => {
    const { products } = read(
      'Title,URL handle,Description,Option1 name,Option1 value,SKU,Price,Inventory quantity,Product image URL,Status,Currency\n' +
        'Scarf,scarf,Soft,Color,Blue,SC-1,18,5,https://img.example/s.png,Active,eur\n',
    );
    expect(products).toMatchObject([
      { id: 'scarf', price: { amount: '18', currency: 'EUR' }, stock: 5, attributes: { Color: 'Blue' } },
    ]);
  });

  test('every problem names its row and column, and a product with one is left out whole', () => {
    const { products, rejected } = read(
      `${HEADER}
a,Apple,,,,,,,,,two,1,,active
b,Bean,,,,,,,,,1,about ten,,active
c,,,,,,,,,,1,1,,active
,Date,,,,,,,,,1,1,,active
e,Elder,,,,,,,,,1,1,javascript:alert(1),active
f,Fig,,,,,,,,,1,1,,draft
g,Grape,,,,,,,,,1,1,,active
g,,,,,,,,,,x,1,,
h,Hazel,,,,,,,,,1,1,,active
`,
    );
    expect(rejected.map(({ row, column, value }) => [row, column, value])).toEqual([
      [2, 'Variant Inventory Qty', 'two'],
      [3, 'Variant Price', 'about ten'],
      [4, 'Title', ''],
      [5, 'Handle', ''],
      [6, 'Image Src', 'javascript:alert(1)'],
      [7, 'Status', 'draft'],
      [9, 'Variant Inventory Qty', 'x'],
    ]);
    expect(products.map(({ id }) => id)).toEqual(['h']);
  });

  test('sold more than there was, and shops that go on selling', () => {
    const header =
      'Handle,Title,Option1 Name,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy\n';
    const { products } = read(`${header}a,A,,shopify,-2,deny\nb,B,,shopify,0,continue\nc,C,,shopify,0,deny\n`);
    expect(products.map(({ stock }) => stock)).toEqual([0, undefined, 0]);
  });

  test('a formula stays text', () => {
    const { products } = read(`${HEADER}\nx,'=1+1,=cmd|' /c calc'!A1,,,,,,,,,,,active\n`);
    expect(products).toMatchObject([{ title: '=1+1', description: "=cmd|' /c calc'!A1" }]);
  });

  test('our own columns are still read as ours', () => {
    expect(read('id,title,category\nx,Hat,Hats\n').products).toMatchObject([{ id: 'x', category: 'Hats' }]);
  });
});

describe('text of HTML', () => {
  test.each<[string, string]>([
    ['<p>One</p><p>Two<br>Three</p>', 'One\nTwo\nThree'],
    ['a<b>b</b>c', 'abc'],
    ['<script>alert("<p>")</script>after', 'after'],
    ['<style>p{}</style><!-- <p>no</p> -->yes', 'yes'],
    ['5 < 6 &amp; 7 &gt; 6&nbsp;&#33;', '5 < 6 & 7 > 6 !'],
    ['<img src=x onerror=alert(1)>ok', 'ok'],
    ['<script>never closed', ''],
    ['text <a href="', 'text'],
    ['&lt;b&gt;', '<b>'],
    ['&#x110000;&#0;', ''],
  ])('%s', (html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });

  // Pieces stand apart: what a tag stood between may read like one afterwards, as it does on a page.
  test('no tag survives, whatever is written', () => {
    const part = fc.constantFrom('<', '>', '/', 'p', 'script', '!--', '-->', ' ', 'a', '"', '</script>', '<p>');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        expect(textOfHtml(parts.join(' '))).not.toMatch(/<\/?[a-z][^<]*>/i);
      }),
    );
  });
});
