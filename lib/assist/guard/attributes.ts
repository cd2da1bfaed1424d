/** A measure that the catalogue states otherwise: "容量是6L" of what has "容量: 5L". Words are not compared, they have synonyms. */
import type { ReplyWarning } from '../../domain/contract/desk-tools.ts';
import type { Product } from '../../domain/product.ts';
import { meantBy } from './meant.ts';
import { type Check, CLAUSES, folded, type GuardContext, type Piece, piecesOf } from './types.ts';

const MEASURE = /(\d+(?:\.\d+)?)\s?([a-z]{1,6}|[\p{Script=Han}℃°%]{1,2})/gu;
/** Between an attribute's name and its number: "的容量大概是 6 L", "capacity of about 6 L". */
const BETWEEN = /^(?:的|大概|大约|约|是|为|有|达到?|在|[:：]|\s|\b(?:is|of|about|around|up to|at|are|was)\b){0,6}/u;

type Measure = { value: number; unit: string; start: number; end: number };

const measuresIn = (text: string): Measure[] =>
  [...text.matchAll(MEASURE)].map((match) => ({
    value: Number(match[1]),
    unit: match[2] ?? '',
    start: match.index,
    end: match.index + match[0].length,
  }));

/** The measure that is said of an attribute in a clause. */
function saidOf(name: string, clause: string): Measure | undefined {
  const at = clause.indexOf(name);
  if (at === -1) return undefined;
  const from = at + name.length;
  const gap = BETWEEN.exec(clause.slice(from))?.[0].length ?? 0;
  return measuresIn(clause).find(({ start }) => start === from + gap);
}

function wrongIn(product: Product, clause: Piece, text: string): ReplyWarning[] {
  return Object.entries(product.attributes).flatMap(([name, value]): ReplyWarning[] => {
    const [stated, ...more] = measuresIn(folded(value));
    const said = name.trim().length < 2 ? undefined : saidOf(folded(name.trim()), clause.text);
    if (stated === undefined || more.length > 0 || said === undefined) return [];
    if (said.unit !== stated.unit || said.value === stated.value) return [];
    const [start, end] = [clause.start + said.start, clause.start + said.end];
    return [
      {
        kind: 'fact',
        text: text.slice(start, end),
        start,
        end,
        message: { zh: `与商品库里的“${name}”不一致`, en: `The catalogue has another “${name}”` },
        expected: `${product.title}: ${name} ${value}`,
      },
    ];
  });
}

/** The product that a clause is about by what stands before the attribute's name. */
function meantIn(clause: Piece, context: GuardContext): readonly Product[] {
  const here = context.named.filter(({ start }) => start >= clause.start && start < clause.start + clause.text.length);
  if (here.length > 0) return here.map(({ product }) => product);
  const candidates = [...context.named.map(({ product }) => product), ...context.spokenOf, ...(context.around ?? [])];
  const names = candidates.flatMap(({ attributes }) => Object.keys(attributes).map((name) => folded(name.trim())));
  const at = names.map((name) => clause.text.indexOf(name)).filter((place) => place !== -1);
  return at.length === 0 ? [] : meantBy(clause.text.slice(0, Math.min(...at)), context, true).products;
}

export const checkAttributes: Check = (text, context) => {
  const reply = folded(text);
  return piecesOf(reply, CLAUSES).flatMap((clause) => {
    const [product, ...others] = new Set(meantIn(clause, { ...context, reply }));
    return product === undefined || others.length > 0 ? [] : wrongIn(product, clause, text);
  });
};
