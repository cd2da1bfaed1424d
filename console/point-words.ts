import type { SummaryPoint } from '../lib/domain/contract/drafts.ts';
import { orderState } from './format.ts';
import { words } from './words/words.ts';

const FACT = /^(\w+): (.+?)(?: \(([\w ]+)\))?$/;

const NO_TITLES: ReadonlyMap<string, string> = new Map();

/**
 * A point in the page's language as far as it is made of known words; a customer's own and a model's stay. `titles`: of
 * products, by id.
 */
export function pointWords({ kind, text }: SummaryPoint, titles = NO_TITLES): string {
  const { entity, sentiment, ui } = words.value;
  if (kind === 'mood')
    return text === 'angry' ? ui.angry : (({ ...sentiment } as Record<string, string>)[text] ?? text);
  const [, name = '', value = '', state] = (kind === 'fact' ? FACT.exec(text) : null) ?? [];
  const label = ({ ...entity } as Record<string, string>)[name];
  if (label === undefined) return text;
  const title = name === 'product' ? titles.get(value) : undefined;
  if (title !== undefined) return `${label} ${title}`;
  return state === undefined ? `${label} ${value}` : `${label} ${value} · ${orderState(state)}`;
}
