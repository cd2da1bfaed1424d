import { type Find, find, L, R } from './find.ts';

/** By how the word ends; the first that fits is the hue, in English. */
const HUES: readonly (readonly [string, string])[] = Object.entries({
  藏青: 'navy',
  咖啡: 'brown',
  卡其: 'khaki',
  透明: 'transparent',
  香槟: 'champagne',
  红: 'red',
  黑: 'black',
  白: 'white',
  蓝: 'blue',
  绿: 'green',
  黄: 'yellow',
  紫: 'purple',
  灰: 'grey',
  粉: 'pink',
  橙: 'orange',
  橘: 'orange',
  棕: 'brown',
  褐: 'brown',
  咖: 'brown',
  驼: 'camel',
  银: 'silver',
  金: 'gold',
  米: 'beige',
  杏: 'apricot',
  青: 'cyan',
  彩: 'multicolor',
});

/** The basic hue, in English: "深蓝色" is `blue`; English stays as it is but for spelling. */
export function colourValue(text: string): string {
  const hue = HUES.find(([name]) => text.replace(/色$/, '').endsWith(name))?.[1];
  return hue ?? text.toLowerCase().replace('gray', 'grey').replace('multicolour', 'multicolor');
}

const SHADE = '(?:深|浅|亮|天|湖|酒|玫|粉|藏|墨|军|米|银|宝|奶|雾|烟|玫瑰|雅|哑光|荧光|莫兰迪)';
const HUE = '(?:红|黑|白|蓝|绿|黄|紫|灰|粉|橙|橘|棕|褐|银|金|米|咖啡|咖|杏|卡其|驼|青|香槟|彩)';
/** What goes before and after a lone 白 or 红 that is a colour and not part of a word. */
const ASKED = '(?<=^|[\\s,，、/色黑白]|要|换|换成|选|拍|买|话|那|来|有|是|和|或|成|配)';
const NAMED = '(?=的(?!确|话)|款(?!式|待)|$|[\\s,，、。?？/]|还是|和|换成|各|没|\\s?(?:X{0,3}[SML]|\\d))';

const HUE_EN =
  'red(?! (?:flag|wine|cross|tape|bull|carpet|alert|pocket|envelope))|black(?! (?:friday|list|market|pepper|magic|ops|box))|white(?! (?:noise|paper|wine|rice|label|glove))|blue(?! (?:tooth|ray|cheese|moon|chip))|green(?! (?:tea|card|light|bean|screen|house))|yellow(?! pages)|purple|gr[ae]y(?! area)|pink(?! (?:floyd|slip))|orange(?! (?:juice|peel|county))|brown(?! (?:rice|sugar))|beige|silver(?! (?:lining|member|tier|status|plan))|gold(?! (?:member|card|tier|status|standard|plan|medal))|khaki|navy(?! seal)|burgundy|maroon|teal|turquoise|ivory|charcoal|lavender|lilac|magenta|cyan|off-white|multicolou?r(?:ed)?';
/** Colours that are first of all foods and plants: only where a colour is due. */
const FOOD = 'cream|mint|olive|coral|peach|tan|mustard|rose|plum|sand';

export const COLOURS: readonly Find[] = [
  find('color', `${SHADE}?(?<!红)${HUE}色(?!素|情|狼|盲|通道|食品|出行|环保|星期)`, colourValue),
  find(
    'color',
    `(?:${SHADE}(?:红|蓝|绿|灰|白|黄|紫|青|粉)|玫瑰金|香槟金|卡其|(?:深空|太空|星空|曜石|珍珠|午夜|象牙|月光|樱花|薄荷|牛油果|雾霾|克莱因|孔雀|宝石|冰川|远峰|暗夜)(?:灰|黑|白|粉|绿|蓝|紫|银|金))(?!色|茶|酒|豆|薯|糖|菜|领|线|天|牙|条)(?<!粉白|米粉|天黄|天白)`,
    colourValue,
  ),
  find('color', `${ASKED}${HUE}${NAMED}(?<!米|彩|杏|金|银)`, colourValue),
  find('color', '透明(?=色|的|款|壳|$)色?', colourValue),
  find(
    'color',
    `${L}(?<!feel |feeling |ice )(?:(?:dark|light|bright|pale|deep|sky|royal|hot|matte|baby|forest|army|jet|emerald|olive|mint|lime|mustard|dusty|pastel|neon|charcoal|slate|steel|ice) |rose (?=gold)|navy (?=blue))?(?:${HUE_EN})${R}(?<!feeling blue|feel blue)`,
    colourValue,
  ),
  find(
    'color',
    `(?<=\\b(?:in|colou?r:?|and|or|the) )(?:${FOOD})(?=$|[,.?!]| (?:one|colou?r|please|instead)\\b| or | and )`,
    colourValue,
  ),
];
