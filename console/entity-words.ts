import { money } from './format.ts';
import { fill, words } from './words/words.ts';

const RANGE = /^(\d+(?:\.\d+)?)?\.\.(\d+(?:\.\d+)?)?(?: ([A-Z]{3}))?$/;
const ABOUT = /^~(\d+(?:\.\d+)?)(?: ([A-Z]{3}))?$/;

function sum(amount: string, currency: string | undefined): string {
  return currency === undefined ? amount : money({ amount, currency });
}

/** What was found in a message as an agent reads it: a price range in words, the rest as it is. */
export function entityWords(type: string, value: string): string {
  if (type !== 'price_range') return value;
  const { upTo, from, fromTo, about } = words.value.ui;
  const [, middle, its] = ABOUT.exec(value) ?? [];
  if (middle !== undefined) return fill(about, { n: sum(middle, its) });
  const [, least, most, currency] = RANGE.exec(value) ?? [];
  if (least !== undefined && most !== undefined) {
    return fill(fromTo, { least: sum(least, currency), most: sum(most, currency) });
  }
  if (most !== undefined) return fill(upTo, { n: sum(most, currency) });
  return least === undefined ? value : fill(from, { n: sum(least, currency) });
}
