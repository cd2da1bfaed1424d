/** What has happened to a product since it was seen, in the agent's words. */
import type { Seen } from '../../domain/customer.ts';
import type { Language } from '../../domain/language.ts';
import { localTime } from '../../domain/local-time.ts';
import { priceLabel } from '../slot-values.ts';
import type { Back, Changes, Moment, PriceFall } from './since-seen.ts';

type Words = Readonly<Record<Language, string>>;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dayOf(on: number, timeZone: string): Words {
  const { month, day } = localTime(on, timeZone);
  return { zh: `${month}月${day}日`, en: `${day} ${MONTHS[month - 1]}` };
}

const SINCE: Readonly<Record<Seen['where'], Words>> = {
  view: { zh: '看过后', en: 'since viewed' },
  cart: { zh: '加购后', en: 'since put in the cart' },
};

function fallWords(fall: PriceFall, { timeZone }: Moment): Words {
  const day = 'on' in fall ? dayOf(fall.on, timeZone) : undefined;
  const prices = (language: Language) => `${priceLabel(fall.was, language)} → ${priceLabel(fall.now, language)}`;
  const since = 'since' in fall ? SINCE[fall.since] : { zh: day?.zh, en: `on ${day?.en}` };
  return { zh: `${since.zh}降价 ${prices('zh')}`, en: `price down ${since.en}: ${prices('en')}` };
}

function backWords(back: Back, { timeZone }: Moment): Words {
  const day = 'on' in back ? dayOf(back.on, timeZone) : undefined;
  const { variants } = back;
  const zh = `${variants.length === 0 ? '' : `${variants.join('、')} `}${day === undefined ? '已到货' : `${day.zh}到货`}`;
  const kinds = variants.length === 0 ? '' : ` in ${variants.join(', ')}`;
  return { zh, en: `back in stock${kinds}${day === undefined ? '' : ` (${day.en})`}` };
}

/** "price down since viewed: ¥99 → ¥79", "back in stock in M": in the order of their weight for who is there to buy. */
export function changeWords({ fall, back }: Changes, moment: Moment): Words[] {
  return [
    ...(back === undefined ? [] : [backWords(back, moment)]),
    ...(fall === undefined ? [] : [fallWords(fall, moment)]),
  ];
}
