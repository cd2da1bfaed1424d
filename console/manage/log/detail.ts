import { fill } from '../../words/words.ts';
import { moment } from '../shell/say.ts';
import { settingWords } from './setting-words.ts';
import { type DetailName, w } from './words.ts';

/** The server's own phrases; what it quotes of people, a note or a reason, stays as they wrote it. */
const KNOWN: readonly (readonly [RegExp, DetailName])[] = [
  [/^to go live$/, 'toGoLive'],
  [/^to be looked at$/, 'toLookAt'],
  [/^urgent: (?<entry>.+)$/s, 'urgent'],
  [/^as of (?<at>.+)$/s, 'asOf'],
  [/^override: (?<reason>.+)$/s, 'override'],
  [/^after (?<release>\S+)$/, 'after'],
  [/^(?<start>\d{4}-\S+) to (?<end>\d{4}-\S+) \((?<reason>.*)\)$/s, 'stretchWhy'],
  [/^(?<start>\d{4}-\S+) to (?<end>\d{4}-\S+)$/, 'stretch'],
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

/** What was quoted, as this page writes it: a role by its name, an instant by this computer's clock. */
function shown(quoted: Record<string, string>): Record<string, string> {
  const write: Record<string, (text: string) => string> = {
    role: (role) => w.value.roles[role] ?? role,
    start: moment,
    end: moment,
    at: moment,
  };
  return Object.fromEntries(Object.entries(quoted).map(([name, text]) => [name, write[name]?.(text) ?? text]));
}

function worded(part: string): string {
  for (const [pattern, name] of KNOWN) {
    const found = pattern.exec(part);
    if (found !== null) return fill(w.value.detail[name], shown(found.groups ?? {}));
  }
  return settingWords(part) ?? part;
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
