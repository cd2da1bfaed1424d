import { SECTIONS as ROUTING, type Spec } from '../routing/sections.ts';
import { textOf } from '../routing/values.ts';
import { w as places } from '../routing/words.ts';
import { SECTIONS as SETTINGS } from '../settings/sections.ts';
import { w } from './words.ts';

const SPECS: readonly Spec[] = [...Object.values(ROUTING).flat(), ...Object.values(SETTINGS).flat()];
const CHANGE = /^(?<place>[a-z]\w*(?:\.\w+)*): (?<before>[^;]*) -> (?<now>[^;]*)$/i;
const AS_IT_IS = { show: (text: string) => text, read: (text: string) => text };

/** A value of the settings as its page shows it: a share in percent, a way by its name. */
function shown(place: string, value: string): string {
  if (value === 'unset') return w.value.unset;
  const [name] = places.value.choice[place]?.[value]?.split(/[:：]/) ?? [];
  if (name !== undefined) return name;
  const spec = SPECS.find(({ key }) => key === place);
  const isNumber = spec?.sort === 'field' && spec.kind === 'number' && value !== '' && !Number.isNaN(Number(value));
  return isNumber ? textOf(Number(value), spec, AS_IT_IS) : value;
}

/** What the log says of a change of the settings, in the words of the page on which they are set. */
export function settingWords(part: string): string | undefined {
  const { label } = places.value;
  const { place, before, now } = CHANGE.exec(part)?.groups ?? {};
  if (place === undefined) return label[part] ?? w.value.settingGroup[part];
  return `${label[place] ?? place}: ${shown(place, before ?? '')} → ${shown(place, now ?? '')}`;
}
