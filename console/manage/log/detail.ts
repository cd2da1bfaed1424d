import { fill } from '../../words/words.ts';
import { type DetailName, w } from './words.ts';

/** The server's own phrases; what it quotes of people, a note or a reason, stays as they wrote it. */
const KNOWN: readonly (readonly [RegExp, DetailName])[] = [
  [/^to go live$/, 'toGoLive'],
  [/^to be looked at$/, 'toLookAt'],
  [/^urgent: (?<entry>.+)$/s, 'urgent'],
  [/^as of (?<at>.+)$/s, 'asOf'],
  [/^override: (?<reason>.+)$/s, 'override'],
  [/^after (?<release>\S+)$/, 'after'],
  [/^none any more$/, 'noneAnyMore'],
  [/^(?<before>\d+) before, (?<now>\d+) now$/, 'beforeNow'],
  [/^from (?<from>\S+): (?<added>\d+) added, (?<changed>\d+) changed, (?<removed>\d+) removed$/, 'mergedFrom'],
  [/^(?<added>\d+) added, (?<changed>\d+) changed, (?<removed>\d+) removed$/, 'merged'],
  [/^(?<conversations>\d+) conversations, (?<items>\d+) items$/, 'erased'],
  [/^(?<conversations>\d+) conversations$/, 'conversations'],
  [/^password set$/, 'passwordSet'],
  [/^(?:role )?(?<role>agent|supervisor|manager|admin)$/, 'role'],
  [/^disabled$/, 'disabled'],
  [/^enabled$/, 'enabled'],
  [/^name$/, 'name'],
];

function worded(part: string): string {
  for (const [pattern, name] of KNOWN) {
    const found = pattern.exec(part);
    if (found === null) continue;
    const { role, ...rest } = found.groups ?? {};
    return fill(w.value.detail[name], {
      ...rest,
      ...(role === undefined ? {} : { role: w.value.roles[role] ?? role }),
    });
  }
  return part;
}

/** What the log adds to a sentence, in the page's language as far as the words are the server's. */
export function detailWords(detail: string): string {
  const whole = worded(detail);
  if (whole !== detail) return whole;
  const joined = detail.includes('; ') ? '; ' : ', ';
  const parts = detail.split(joined);
  const told = parts.map(worded);
  return told.every((one, at) => one === parts[at]) ? detail : told.join(w.value.between);
}
