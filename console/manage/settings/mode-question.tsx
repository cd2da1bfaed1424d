import { fill } from '../../words/words.ts';
import type { Draft } from '../routing/form.ts';
import { Confirm } from '../shell/confirm.tsx';
import { number, share } from '../shell/say.ts';
import { w } from './words.ts';

const ALONE: readonly (string | undefined)[] = ['auto', 'hybrid'];

type Change = { before: Draft; draft: Draft; save: () => void; stop: () => void };

/** What the bot will do from now on that it did not, before it does; nothing where nobody need be asked. */
export function modeQuestion({ before, draft, save, stop }: Change) {
  const say = w.value;
  const [was, now] = [before.fields['mode'], draft.fields['mode']];
  if (was === now) return undefined;
  const common = { no: say.cancel, onYes: save, onNo: stop };
  if (now === 'shadow') return <Confirm {...common} title={say.darkTitle} lead={say.darkLead} yes={say.darkYes} />;
  if (ALONE.includes(was) || !ALONE.includes(now)) return undefined;
  return <Confirm {...common} title={say.speakTitle} lead={speakLead(draft)} yes={say.speakYes} />;
}

/** What its sureness means, counted: of so many answers one may be wrong. */
function speakLead(draft: Draft): string {
  const say = w.value;
  const right = Number(draft.fields['targetPrecision.autoReply']) / 100;
  const wrong = 1 - right;
  if (!(wrong > 0)) return say.speakNone;
  return fill(say.speakLead, { share: share(right), n: number(Math.round(1 / wrong)) });
}
