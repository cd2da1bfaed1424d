/** What a picture or a voice message that nobody has looked at is probably about: what was asked beside it, or before it. */
import type { Procedure } from '../domain/assist.ts';
import type { Entry } from '../domain/entry.ts';
import { fillSlots } from '../domain/slots.ts';
import type { AnswerContext } from './answer-options.ts';
import type { Turn } from './decide-turn.ts';
import { missingFact } from './missing-fact.ts';
import { procedureOf } from './procedure.ts';
import { entriesOf, turnsBefore } from './what-for.ts';

/** `ask`: what its entry still needs from the customer; the picture itself is never asked for again. */
export type Behind = { entry: Entry; ask: string | undefined };

/** Undefined where everything was looked at, or nothing said what it is about. */
export function behindPicture(turn: Turn, context: AnswerContext): Behind | undefined {
  if (!turn.reading.media.unreadMedia) return undefined;
  const entry = entryBehind(turn);
  return entry === undefined ? undefined : { entry, ask: missingFact(entry, context) };
}

function entryBehind({ situation, reading, retrieved, thresholds }: Turn): Entry | undefined {
  const [beside] = retrieved.ranked;
  if (beside !== undefined && beside.confidence >= thresholds.suggest) return beside.entry;
  const { knowledge, history } = situation;
  if (knowledge === undefined || reading.words !== '') return undefined;
  const { language } = reading.understanding;
  for (const said of turnsBefore(history)) {
    const [best] = entriesOf(knowledge, said, language, thresholds.suggest)?.ranked ?? [];
    if (best !== undefined) return best.entry;
  }
  return undefined;
}

/** How the request behind it is met, by the answer that needs no condition. */
export function procedureBehind(
  { entry }: Behind,
  { slots, told, language = 'zh' }: AnswerContext,
): Procedure | undefined {
  const plain = entry.answers.find(({ when }) => when === undefined);
  const filled = plain === undefined ? undefined : fillSlots(plain.text, slots);
  return procedureOf(filled?.ok === true ? filled.text : undefined, entry, told?.() ?? new Set(), language);
}
