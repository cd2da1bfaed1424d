/** What customers of a Chinese home shop may ask, in our own words, and which products would do. */
import type { Product } from '../../lib/domain/product.ts';

type Expected = { query: string; does: (product: Product) => boolean };

const price = ({ price: own }: Product): number => Number(own?.amount ?? Number.NaN);
const text = ({ title, category, description, attributes }: Product): string =>
  [title, category, description, ...Object.values(attributes)].join(' ');
const has = (...words: readonly string[]) => {
  return (product: Product) => words.every((word) => text(product).includes(word));
};
const titled = (word: string) => (product: Product) => product.title.includes(word);
const below = (most: number, also: (product: Product) => boolean) => (product: Product) =>
  price(product) <= most && also(product);

export const CHINESE_NEEDS: readonly Expected[] = [
  { query: '有没有记忆枕', does: titled('记忆枕') },
  { query: '想买个护颈的枕头', does: has('护颈', '枕') },
  { query: '猫抓板有吗', does: titled('猫抓板') },
  { query: '遛狗用的牵引绳推荐一下', does: titled('牵引') },
  { query: '一百以内的抱枕', does: below(100, titled('抱枕')) },
  { query: '300元以内的四件套', does: below(300, titled('四件套')) },
  { query: '夏天盖的凉被', does: has('夏凉', '被') },
  { query: '冬天用的厚被子 羊毛的', does: has('羊毛', '被') },
  { query: '蚕丝被多少钱', does: has('蚕丝', '被') },
  { query: '20寸登机箱', does: (product) => /登机/.test(text(product)) && /20寸/.test(text(product)) },
  { query: '大容量的拉杆箱', does: titled('拉杆箱') },
  { query: '不粘锅', does: has('锅') },
  { query: '平底煎锅', does: titled('煎锅') },
  { query: '送人的礼盒', does: has('礼盒') },
  { query: '端午节送长辈的粽子', does: has('粽') },
  { query: '50元以内的糕点', does: below(50, ({ category }) => category === '糕点') },
  { query: '宝宝穿的裙子', does: has('婴童', '裙') },
  { query: '吸水的浴巾', does: titled('浴巾') },
  { query: '书桌上的台灯', does: titled('台灯') },
  { query: '实木的餐桌', does: titled('餐桌') },
  { query: '防滑的浴室地垫', does: (product) => /(?:浴室地垫|浴垫)/.test(product.title) },
  { query: '遮光窗廉', does: titled('窗帘') },
  { query: '静音的小风扇', does: titled('风扇') },
  { query: '两百以内的毛毯', does: below(200, (product) => /毯/.test(product.title)) },
  { query: '写字顺滑的钢笔', does: titled('钢笔') },
  { query: '狗狗喝水的碗', does: (product) => product.category === '宠物' && /[碗饮食水]/.test(product.title) },
  { query: '乳胶床墊', does: has('床垫') },
  { query: '女生的真丝内裤', does: has('女', '真丝', '内裤') },
];
