/** What is warned of before a reply goes, and what is not: a false alarm costs more than a miss. */
import { describe, expect, test } from 'vitest';
import { checkOutgoing } from '../../../../lib/assist/guard/check-outgoing.ts';
import type { GuardContext } from '../../../../lib/assist/guard/types.ts';
import { ProductId } from '../../../../lib/domain/ids.ts';
import type { Product } from '../../../../lib/domain/product.ts';
import { fillSlots, slotsIn } from '../../../../lib/domain/slots.ts';
import type { Localized } from '../../../../lib/domain/tenant.ts';
import { loadPack } from '../../../../lib/knowledge/packs/pack.ts';
import { customerWith } from '../fixture.ts';

const pack = await loadPack('knowledge', 'ecommerce');
const shopFacts: Record<string, Localized> = Object.fromEntries(pack.facts.map(({ name, example }) => [name, example]));

const product = (id: string, title: string, amount: string, stock: number): Product => ({
  id: ProductId.parse(id),
  title,
  aliases: [],
  attributes: {},
  price: { amount, currency: 'CNY' },
  stock,
  updatedAt: '2026-11-01T00:00:00Z',
});
const SHOE = product('shoe', '逐风跑步鞋', '299.00', 0);
const KETTLE = product('kettle', 'Pourwell Kettle', '199', 12);

const context = (text: string, more: Partial<GuardContext> = {}): GuardContext => ({
  language: undefined,
  shopFacts,
  named: [SHOE, KETTLE].flatMap((one) => {
    const start = text.indexOf(one.title);
    return start === -1 ? [] : [{ product: one, start, end: start + one.title.length }];
  }),
  spokenOf: [],
  customer: undefined,
  said: [],
  authored: [],
  ...more,
});
/** `kind:words` of every warning. */
const warned = (text: string, more: Partial<GuardContext> = {}): string[] =>
  checkOutgoing(text, context(text, more)).map(({ kind, text: words }) => `${kind}:${words}`);

describe('a shop fact', () => {
  test.each([
    ['亲，我们72小时内发货哦', 'fact:72小时'],
    ['付款后24小时发出', 'fact:24小时'],
    ['一般5-7天送到', 'fact:5-7天'],
    ['支持15天无理由退换', 'policy:15天'],
    ['您可以在三十天内退货', 'policy:三十天'],
    ['签收后7天内可以退换，质保3年', 'policy:3年'],
    ['退款一般10个工作日到账', 'promise:10个工作日'],
    ['退款1天内到账', 'promise:1天'],
    ['单笔满59元包邮', 'policy:满59元|policy:59元'],
    ['满59包邮的', 'policy:59'],
    ['运费是15元', 'policy:15元'],
    ['价保期是30天', 'policy:30天'],
    ['发货后15天自动确认收货', 'policy:15天'],
    ['We dispatch within 24 hours.', 'fact:24 hours'],
    ['Your order ships in five days.', 'fact:five days'],
    ['Delivery takes 7 to 10 days.', 'fact:7 to 10 days'],
    ['You can return it within 30 days.', 'policy:30 days'],
    ['The refund arrives within 2 hours.', 'promise:2 hours'],
    ['The warranty is two years.', 'policy:two years'],
    ['Free shipping on orders over ¥50.', 'policy:¥50'],
    ['Price protection lasts 14 days.', 'policy:14 days'],
    ['The invoice is issued within 10 days.', 'fact:10 days'],
  ])('that is another: %s', (text, expected) => {
    expect(expected.split('|')).toContain(warned(text).join('|'));
  });

  test.each([
    '亲，48小时内发货哦',
    '两天内给您发货',
    '发货后2-4天送到',
    '一般3天左右能到',
    '签收后一周内可以无理由退换',
    '质保12个月',
    '退款1-3个工作日原路到账',
    '3个工作日内退款到账',
    '单笔满99元包邮，不满的运费10元',
    '您的包裹已经发出3天了',
    '您5天前申请的退货还在处理',
    '还剩2天可以退货',
    '预售款15天内发货',
    '偏远地区7天左右送到',
    '我帮您延长3天收货',
    '11月15日发货',
    '分12期付款',
    '质量问题90天内可以退换',
    'We dispatch within 48 hours.',
    'We ship within 2 days.',
    'Delivery usually takes 2 to 4 days after dispatch.',
    'You can return it within a week of delivery.',
    'Returns are open for 7 days.',
    'Refunds take 1 to 3 working days.',
    'Your parcel was shipped 3 days ago.',
    'You have 2 days left to return it.',
    'Pre-orders ship within 20 days.',
    'Free shipping from ¥99.',
    'The warranty is one year.',
  ])('that is the same, or none: %s', (text) => {
    expect(warned(text)).toEqual([]);
  });

  test('that the shop has not set contradicts nothing', () => {
    expect(warned('支持15天无理由退换', { shopFacts: {} })).toEqual([]);
  });

  test.each([
    ['不支持七天无理由退货', '不支持七天无理由退货'],
    ['亲，不支持7天无理由退换哦', '不支持7天无理由退换'],
    ['本店不支持退换', '不支持退换'],
    ['抱歉，我们不接受退货', '不接受退货'],
    ['我们店不能退货的', '不能退货'],
    ['一经售出概不退换', '一经售出概不退换'],
    ['非常抱歉，退换货我们不支持，感谢您的理解', '退换货我们不支持'],
    ['不支持七天无理由退货，有质量问题可以退', '不支持七天无理由退货'],
    ['We do not accept returns', 'We do not accept returns'],
    ["Sorry, we don't take returns.", "we don't take returns"],
    ['Returns are not accepted.', 'Returns are not accepted'],
    ['All sales are final.', 'All sales are final'],
  ])('that grants returns is denied: %s', (text, words) => {
    expect(checkOutgoing(text, context(text))).toMatchObject([
      { kind: 'policy', text: words, expected: '签收后7天内 / within 7 days of delivery' },
    ]);
    expect(warned(text, { shopFacts: {} })).toEqual([]);
    expect(warned(text, { shopFacts: { return_window: '不支持退换 / no returns' } })).toEqual([]);
  });

  test.each([
    '定制商品不支持七天无理由退货',
    '定制的，不支持七天无理由退货',
    '拆封后不支持退换',
    '超过7天就不支持无理由退货了',
    '这款不支持七天无理由退货',
    '您的订单已经签收两个月，不支持退货',
    '内衣不支持退换',
    '不是不支持退货，是要先申请',
    '不支持退货吗？我帮您问一下',
    '不支持退货到付',
    '支不支持退货要看商品',
    '系统里没有退货申请',
    '您确定不退货',
    '您没有退货',
    '包裹在途，暂时不能退货',
    '有质量问题的不支持换货，直接退款',
    '能不能退货以页面为准',
    '本店支持七天无理由退货',
    '不影响您退货',
    'Used goods cannot be returned',
    'We do not accept returns of used goods.',
    'We do not accept returns after 7 days.',
    'If it was worn, we do not accept returns.',
    "We don't accept returns without the receipt",
    'We do accept returns.',
  ])('that grants returns is limited, or kept: %s', (text) => {
    expect(warned(text)).toEqual([]);
  });

  test('is said with what it is instead, where it stands', () => {
    const text = '亲，支持15天无理由退换';
    expect(checkOutgoing(text, context(text))).toMatchObject([
      { start: 4, end: 7, text: '15天', expected: '签收后7天内 / within 7 days of delivery' },
    ]);
  });

  test('of an authored reply is the shop’s own word', () => {
    const authored = ['本款支持15天无理由退换，放心拍'];
    expect(warned('亲，本款支持15天无理由退换，放心拍', { authored })).toEqual([]);
  });
});

describe('a product', () => {
  test.each([
    ['逐风跑步鞋现在只要259元', 'price:259元'],
    ['逐风跑步鞋有现货的，今天拍', 'stock:现货'],
    ['Pourwell Kettle is ¥149', 'price:¥149'],
    ['Pourwell Kettle costs $199', 'price:$199'],
    ['Pourwell Kettle is sold out, sorry', 'stock:sold out'],
  ])('whose facts are others: %s', (text, expected) => {
    expect(warned(text)).toEqual([expected]);
  });

  test.each([
    '逐风跑步鞋是299元',
    '逐风跑步鞋 ¥299.00',
    '逐风跑步鞋两双598元',
    '逐风跑步鞋满300减40元',
    '逐风跑步鞋用券立减20元',
    '逐风跑步鞋暂时没有现货，预计下周补货',
    '逐风跑步鞋目前缺货',
    'Pourwell Kettle is in stock',
    'Pourwell Kettle in red is sold out',
    'Pourwell Kettle: shipping fee ¥10',
    'Use the ¥20 voucher for Pourwell Kettle',
  ])('whose facts are these: %s', (text) => {
    expect(warned(text)).toEqual([]);
  });

  test('that was spoken of is what "it" means', () => {
    expect(warned('这款卖259元', { spokenOf: [SHOE] })).toEqual(['price:259元']);
    expect(warned('It is in stock', { spokenOf: [SHOE] })).toEqual(['stock:in stock']);
    expect(warned('我帮您申请了259元', { spokenOf: [SHOE] })).toEqual([]);
    expect(warned('这款卖259元', { spokenOf: [SHOE, KETTLE] })).toEqual([]);
  });
});

describe('a product that is not named in full', () => {
  const of = (id: string, title: string, amount: string, stock: number, more: Partial<Product> = {}): Product => ({
    ...product(id, title, amount, stock),
    ...more,
  });
  const RUNNER = of('runner', '逐风跑步鞋', '369.00', 0);
  const TRAIL = of('trail', 'Ridgeline Trail Running Shoes', '369', 0);
  const TEE = of('tee', '纯棉圆领T恤', '79', 5);
  const FRYER = of('fryer', '空气炸锅', '459', 4, { attributes: { 容量: '5L', capacity: '5 L' } });
  const yuan = (amount: string) => ({ price: { amount, currency: 'CNY' } });
  const COAT = of('coat', '云朵羽绒服', '599', 10, {
    variants: [
      { name: 'M', stock: 0 },
      { name: 'L', stock: 10, ...yuan('629') },
      { name: '红色', stock: 3 },
    ],
  });
  const about = (text: string, spokenOf: Product[], around: Product[] = []) => warned(text, { spokenOf, around });

  test.each([
    ['这双跑鞋299', RUNNER, 'price:299'],
    ['亲，这双鞋299哦', RUNNER, 'price:299'],
    ['跑鞋现在只要299', RUNNER, 'price:299'],
    ['现在卖299', RUNNER, 'price:299'],
    ['您看的这款299块', RUNNER, 'price:299块'],
    ['现价二百九十九元', RUNNER, 'price:二百九十九元'],
    ['这双鞋有现货哦，可以直接拍', RUNNER, 'stock:现货'],
    ['有货的亲', RUNNER, 'stock:有货'],
    ['The trail shoe is 299', TRAIL, 'price:299'],
    ["It's 299.", TRAIL, 'price:299'],
    ['That trail shoe is only 299', TRAIL, 'price:299'],
    ['These running shoes cost ¥299 right now', TRAIL, 'price:¥299'],
    ['Yes, these are in stock', TRAIL, 'stock:in stock'],
    ['L码是599元', COAT, 'price:599元'],
    ['M码有货的', COAT, 'stock:有货'],
    ['容量是6L的', FRYER, 'fact:6l'],
    ['The capacity is 6 L', FRYER, 'fact:6 L'],
  ])('is the one in play: %s', (text, spoken, expected) => {
    expect(about(text, [spoken]).map((one) => one.toLowerCase())).toEqual([expected.toLowerCase()]);
  });

  test.each([
    '这双跑鞋369',
    '两双738元',
    '这双跑鞋满300减30',
    '用券后299',
    '到手299',
    '退款金额是299元',
    '这单退您299',
    '这个订单一共299元',
    '您实付299元',
    '定金100，尾款269',
    '亲，价保差价70元已退',
    '分3期每期123',
    '这款重量300',
    '这款月销300了',
    '您的快递单号是299',
    '11月29日发货',
    '昨天是299',
    '鞋垫29元一双',
    '帽子只要39元',
    '帽子有现货',
    '另外有一款299的',
    '同类款有现货',
    '现货商品48小时内发',
    '如果有货我告诉您',
    '好的299元',
  ])('is not what this amount or stock is of: %s', (text) => {
    expect(about(text, [RUNNER])).toEqual([]);
  });

  test.each([
    'Your refund of $299 is on its way',
    'The refund amount for this order is 299',
    'The total is 299',
    'Spend 300, save 30',
    'The deposit is 200',
    'The insoles are 299',
    'There are 300 left',
    'It weighs 300 g',
    'It was 299 yesterday',
    'You paid 299.',
    'The matching hat is $19',
    'The socks are in stock',
    'Anything you can add to the cart is in stock',
    'Use code SAVE300.',
  ])('is not what this amount or stock is of: %s', (text) => {
    expect(about(text, [TRAIL])).toEqual([]);
  });

  test('is called by a word of its own where several are beside the conversation', () => {
    expect(about('T恤现在只要59元', [], [TEE, FRYER])).toEqual(['price:59元']);
    expect(about('T恤79元', [], [TEE, FRYER])).toEqual([]);
    expect(about('裤子59元', [], [TEE, FRYER])).toEqual([]);
    expect(about('这款59元', [TEE, FRYER])).toEqual([]);
  });

  test('goes on being meant in the next sentence', () => {
    expect(warned('逐风跑步鞋有两种颜色。现在卖259元')).toEqual(['price:259元']);
    expect(warned('逐风跑步鞋有两种颜色。帽子卖39元')).toEqual([]);
  });

  test('costs what its variant costs', () => {
    expect(about('L码629元', [COAT])).toEqual([]);
    expect(about('红色有货', [COAT])).toEqual([]);
  });
});

describe('a promise', () => {
  test.each([
    ['明天一定送到', 'promise'],
    ['保证给您退款', 'promise'],
    ['放心，肯定能修好', 'promise'],
    ['退款马上到账', 'promise'],
    ['我给您补偿20元', 'promise'],
    ['这边赔您一个新的', 'promise'],
    ['加我微信给您便宜', 'policy'],
    ['好评返现5元哦', 'policy'],
    ['I guarantee it arrives tomorrow', 'promise'],
    ['It will definitely arrive on Friday', 'promise'],
    ["We'll compensate you with ¥50", 'promise'],
    ['You will be refunded immediately', 'promise'],
    ['Just add me on WhatsApp', 'policy'],
    ['A five-star review gets you a gift', 'policy'],
  ])('that is not the agent’s to give: %s', (text, kind) => {
    expect(warned(text).map((one) => one.split(':')[0])).toContain(kind);
  });

  test.each([
    '不一定能到哦，以物流为准',
    '我不能保证明天送到',
    '请一定核对好地址',
    '我一定帮您跟进',
    '面料是100%棉',
    '正品保证，支持验货',
    '运费险由保险公司理赔',
    '核实后给您申请补偿',
    '请不要加陌生人微信，谨防诈骗',
    "I can't guarantee the date",
    "I'll definitely look into it",
    'It is 100% cotton',
    "I'll ask a colleague whether compensation is possible",
    'Never pay outside the platform',
  ])('that is none: %s', (text) => {
    expect(warned(text)).toEqual([]);
  });
});

describe('personal data', () => {
  const customer = customerWith({
    attributes: { phone: '13800138000' },
    orders: [{ number: '313021098954', status: 'shipped' }],
  });
  test.each([
    ['您的电话是13912345678吗', 'personal_data:13912345678'],
    ['发到 li.lei@example.com 可以吗', 'personal_data:li.lei@example.com'],
    ['The other customer is at ann.smith@mail.example', 'personal_data:ann.smith@mail.example'],
  ])('of somebody else: %s', (text, expected) => {
    expect(warned(text, { customer })).toEqual([expected]);
  });

  test.each([
    '您预留的电话是138 0013 8000 对吗',
    '订单313021098954已发货',
    '您刚才说的13912345678我记下了',
    '客服电话是400-000-0000',
    '我是客服小李，很高兴为您服务',
    "I'm Ann from customer service",
  ])('of this customer, the shop or nobody: %s', (text) => {
    expect(warned(text, { customer, said: ['我的新手机号13912345678'] })).toEqual([]);
  });
});

describe('manners', () => {
  test.each([
    '你是不是傻',
    '爱买不买',
    '关我什么事',
    '随便你投诉去吧',
    '自己不会看吗',
    'Are you blind?',
    'That is not my problem.',
    'Stop wasting my time',
    'what a stupid question',
    '滚',
    '滚！',
    '烦死了，滚',
    '你给我滚。',
    '滚开',
    '滚蛋吧你',
  ])('rude: %s', (text) => {
    expect(warned(text).map((one) => one.split(':')[0])).toContain('abusive');
  });

  test.each([
    '滚筒洗衣机安装免费吗我帮您问',
    '轻轻滚动即可',
    '鼠标的滚轮可以按下',
    '孩子在上面打滚吧，很软',
    '水翻滚开来就下面条',
    '水滚开后放进去',
    '这首是摇滚。',
    '在地上打个滚',
    '垃圾袋在赠品里',
    '这款哑铃 dumbbell 很结实',
    'The scrap paper is recycled',
  ])('not rude: %s', (text) => {
    expect(warned(text)).toEqual([]);
  });
});

describe('the language', () => {
  test.each([
    ['Hello, your parcel is on its way.', 'zh', ['language']],
    ['您好，您的包裹已经在路上了。', 'en', ['language']],
    ['您好，我们支持Apple Pay付款', 'zh', []],
    ['好的 OK', 'zh', []],
    ['Thanks', 'zh', []],
    ['Your parcel is on its way.', 'en', []],
    ['https://shop.example/a/long/link', 'zh', []],
  ] as const)('of the customer: %s to %s', (text, language, kinds) => {
    expect(warned(text, { language }).map((one) => one.split(':')[0])).toEqual([...kinds]);
  });
});

test('a few digits that the customer said do not make a number theirs', () => {
  expect(warned('您打13987654321', { said: ['1398'] })).toEqual(['personal_data:13987654321']);
});

test('a promise that an authored answer makes is the shop’s own', () => {
  const promise = '我们保证明天送到';
  expect(warned(promise)).toEqual(['promise:保证明天送']);
  expect(warned(`亲，${promise}`, { authored: [`下单后${promise}，请放心`] })).toEqual([]);
});

test.each([
  ['a product that is out of stock', [SHOE]],
  ['a product that is in stock', [KETTLE]],
])('no answer of the pack, filled with the facts of a shop, is warned of beside %s', (_, spokenOf) => {
  const alarms = pack.entries.flatMap((entry) => {
    const language = entry.language ?? 'zh';
    const facts = Object.fromEntries(
      pack.facts.map(({ name, example }) => [`shop.${name}`, example?.[language] ?? '']),
    );
    const texts = [...entry.answers.map(({ text }) => text), ...(entry.ask === undefined ? [] : [entry.ask])];
    return texts.flatMap((text) => {
      const open = Object.fromEntries(slotsIn(text).map((slot) => [slot, language === 'zh' ? '明天' : 'tomorrow']));
      const filled = fillSlots(text, { ...open, ...facts, 'order.number': '313021098954', 'product.title': 'X' });
      return filled.ok
        ? warned(filled.text, { language, spokenOf }).map((one) => `${entry.id}: ${one}`)
        : [`${entry.id}: unfilled`];
    });
  });
  expect(pack.entries.length).toBeGreaterThan(200);
  expect(alarms).toEqual([]);
});
