import { type Quantity, quantitiesOf } from '../../domain/quantities.ts';

const MEASURED: ReadonlySet<string> = new Set(
  'cny usd eur gbp percent discount workday day hour minute week month year times'.split(' '),
);

const measured = (text: string): Quantity[] =>
  quantitiesOf(text.normalize('NFKC').toLowerCase()).filter(({ unit }) => MEASURED.has(unit));

/**
 * What two texts say differently of one measure: both speak of days, and none of the one's numbers is the other's. In
 * words for the person who wrote them; undefined where nothing speaks against their being one reply.
 */
export function contradiction(a: string, b: string): string | undefined {
  const [ofA, ofB] = [Map.groupBy(measured(a), ({ unit }) => unit), Map.groupBy(measured(b), ({ unit }) => unit)];
  for (const [unit, said] of ofA) {
    const other = ofB.get(unit);
    const differs = other !== undefined && said.every(({ value }) => other.every((one) => one.value !== value));
    if (differs) return `${said[0]?.text} and ${other[0]?.text}, ${unit}`;
  }
  return undefined;
}
