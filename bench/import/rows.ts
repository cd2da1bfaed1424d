/** A spreadsheet as large shops have them: made of parts, so that no two rows ask the same. */
import { generator } from '../../lib/engine/hash.ts';

const THINGS = (
  'kettle,toaster,blender,lamp,desk,chair,carpet,curtain,pillow,blanket,mattress,wardrobe,mirror,shelf,stove,fridge,freezer,' +
  'oven,fan,heater,iron,vacuum cleaner,washing machine,dryer,dishwasher,camera,tripod,headset,keyboard,monitor,printer,router,' +
  'backpack,suitcase,umbrella,raincoat,jacket,shirt,trousers,scarf,gloves,boots,sandals,watch,ring,necklace'
).split(',');
const KINDS =
  'wooden,steel,folding,cordless,small,large,quiet,heavy,light,old,new,striped,plain,round,square,outdoor'.split(',');
const ASKS: readonly (readonly [question: string, similar: string, answer: string, category: string])[] = [
  [
    'How do I clean the {}?',
    'what may the {} be washed with|care of the {}',
    'Wipe the {} with a damp cloth; never put it under water.',
    'care',
  ],
  [
    'Which spare parts are there for the {}?',
    'can parts of the {} be ordered|{} spare part',
    'Parts of the {} are listed on its page, below the description.',
    'parts',
  ],
  ['怎么安装{}？', '{}安装步骤|{}要自己装吗', '{{address}}，{}的安装图在包装盒里，也可以在商品页下载～', '安装'],
  [
    '{}坏了怎么修？',
    '{}维修|{}不工作了',
    '{{address}}，{}的维修请在订单里申请售后，{{shop.repair_time}}内有人联系您～',
    '维修',
  ],
  [
    'Does the {} come assembled?',
    'is the {} put together|assemble {}',
    'The {} comes in parts; a plan and the screws are in the box.',
    'delivery',
  ],
  [
    '{}有什么颜色？',
    '{}颜色有哪些|{}能选色吗',
    '{{address}}，{}的颜色在商品页可以选，没有的颜色就是暂时缺货～',
    '选购',
  ],
];

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** A CSV of so many entries with a header, the same every time. */
export function fileOf(rows: number): string {
  const random = generator(7);
  const lines = Array.from({ length: rows }, (_, row) => {
    const ask = ASKS[row % ASKS.length] ?? ASKS[0];
    const [question = '', similar = '', answer = '', category = ''] = ask ?? [];
    const model = `${String.fromCharCode(65 + (row % 26))}${100 + Math.floor(row / 6)}`;
    const kind = KINDS[Math.floor(random() * KINDS.length)];
    const thing = THINGS[Math.floor(random() * THINGS.length)];
    const named = (text: string): string => text.replaceAll('{}', `${kind} ${thing} ${model}`);
    return [`faq.${row}`, named(question), named(similar), named(answer), category, 'auto'].map(quoted).join(',');
  });
  return `id,question,similar_questions,answer,category,policy\n${lines.join('\n')}\n`;
}
