/** Units after a number, each in one form: `4-foot`, `4 ft.` and `4'` are the same length. */
const FORMS: Readonly<Record<string, readonly string[]>> = {
  in: ['inch', 'inches', 'in', '"', '英寸', '寸'],
  ft: ['foot', 'feet', 'ft', "'", '英尺'],
  yd: ['yard', 'yards', 'yd'],
  mm: ['mm', 'millimeter', 'millimeters', '毫米'],
  cm: ['cm', 'centimeter', 'centimeters', '厘米', '公分'],
  m: ['meter', 'meters', 'metre', 'metres', '米'],
  lb: ['pound', 'pounds', 'lb', 'lbs', '磅'],
  oz: ['ounce', 'ounces', 'oz', '盎司'],
  g: ['g', 'gram', 'grams', '克'],
  kg: ['kg', 'kgs', 'kilo', 'kilos', '千克', '公斤'],
  gal: ['gallon', 'gallons', 'gal', 'gals', '加仑'],
  qt: ['quart', 'quarts', 'qt'],
  pt: ['pint', 'pints', 'pt'],
  l: ['l', 'liter', 'liters', 'litre', 'litres', '升'],
  ml: ['ml', 'milliliter', 'milliliters', '毫升'],
  watt: ['watt', 'watts', 'w', '瓦'],
  volt: ['volt', 'volts', 'v', '伏'],
  amp: ['amp', 'amps', 'ampere', 'amperes'],
  mah: ['mah', '毫安'],
  gpm: ['gpm'],
  btu: ['btu', 'btus'],
  gauge: ['gauge', 'ga'],
  sq: ['sq', 'square'],
  cu: ['cu', 'cubic'],
};

const UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries(FORMS).flatMap(([unit, forms]) => forms.map((form) => [form, unit] as const)),
);
const HAN_UNITS: readonly string[] = [...UNITS.keys()]
  .filter((form) => /\p{Script=Han}/u.test(form))
  .sort((a, b) => b.length - a.length);

/** The one form of a unit, if the word is one. */
export const unitOf = (word: string): string | undefined => UNITS.get(word);

/** The unit a Chinese run begins with, and how long it is: `毫升装` begins with `毫升`. */
export function leadingUnit(run: string): { unit: string; length: number } | undefined {
  const form = HAN_UNITS.find((known) => run.startsWith(known));
  const unit = form === undefined ? undefined : UNITS.get(form);
  return form === undefined || unit === undefined ? undefined : { unit, length: form.length };
}

/** `sq` and `cu` are followed by the unit they belong to. */
export const isPower = (unit: string): boolean => unit === 'sq' || unit === 'cu';
