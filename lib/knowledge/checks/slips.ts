import { Answer, Entry } from '../../domain/entry.ts';
import { CuecardError } from '../../domain/error.ts';
import { didYouMean } from './did-you-mean.ts';

/** What a reader adds to an entry, and may send back. */
const READ_ONLY = ['revision', 'updatedAt', 'updatedBy'];
const ENTRY_FIELDS = [...Object.keys(Entry.shape), ...READ_ONLY];
const ANSWER_FIELDS = Object.keys(Answer.shape);

type Problem = { path: string; message: string };

function slipsIn(value: unknown, known: readonly string[], place: string): Problem[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((name) => {
    const hint = known.includes(name) ? undefined : didYouMean(name, known);
    return hint === undefined ? [] : [{ path: `${place}${name}`, message: `there is no such field: ${hint}` }];
  });
}

/**
 * Refuses a body whose unknown field reads like one of ours (`similar_questions`): what somebody meant to save would be
 * dropped. Other fields that we do not know are a client's own affair. Raises `invalid` with each path.
 */
export function refuseSlips(body: Readonly<Record<string, unknown>>): void {
  const answers: unknown[] = Array.isArray(body['answers']) ? body['answers'] : [];
  const errors = [
    ...slipsIn(body, ENTRY_FIELDS, ''),
    ...answers.flatMap((answer, at) => slipsIn(answer, ANSWER_FIELDS, `answers.${at}.`)),
  ];
  if (errors.length > 0) throw new CuecardError('invalid', 'the entry has fields that are not known', { errors });
}
