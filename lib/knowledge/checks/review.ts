import { parseCondition } from '../../domain/condition.ts';
import { kindOf } from '../../domain/condition-facts.ts';
import type { Answer } from '../../domain/entry.ts';
import { ORDER_STATUSES, orderStatus } from '../../domain/order-status.ts';
import type { PersonalData, PersonalDataType } from '../../domain/personal-data/types.ts';
import { shopFactsIn } from '../check-text.ts';
import { didYouMean } from './did-you-mean.ts';
import type { Finding } from './finding.ts';
import { brokenLink, markupFlaw } from './markup.ts';
import { promisesIn } from './promises.ts';

/** What of the shop the checks know; left out, nothing is said about it. */
export type KnownShop = {
  /** Names of the shop facts that are set, or that the packs ask for. */
  facts?: ReadonlySet<string>;
  /** Further slots that the message way can fill. */
  slots?: ReadonlySet<string>;
  productIds?: ReadonlySet<string>;
};

/** Longer answers are not read on a phone; longer questions are pasted paragraphs. */
const LONG_ANSWER = 1_000;
const LONG_QUESTION = 200;

/** Numbers of people and their money: no answer may carry them. */
const SECRET: ReadonlySet<PersonalDataType> = new Set(['id_card', 'bank_card']);
const WORDS: Readonly<Record<PersonalDataType, string>> = {
  email: 'an e-mail address',
  id_card: 'an identity card number',
  bank_card: 'a bank card number',
  phone: 'a phone number',
  account: 'an account name',
  address: 'a postal address',
  name: "a person's name",
};

/** A name alone is an agent's or a brand's; beside an address or a number it is somebody. */
const telling = (found: readonly PersonalData[]): readonly PersonalData[] =>
  found.every(({ type }) => type === 'name') ? [] : found;

/** What an answer gives away that no answer may: using it would be wrong. */
export function secretIn(found: readonly PersonalData[]): Finding | undefined {
  const secret = found.find(({ type }) => SECRET.has(type));
  if (secret === undefined) return undefined;
  const reason = `the answer holds ${WORDS[secret.type]}`;
  return {
    column: 'answer',
    value: `${secret.text.slice(0, 4)}…`,
    reason,
    fix: 'take it out: answers go to customers',
  };
}

function personal(all: readonly PersonalData[]): Finding[] {
  const found = telling(all.filter(({ type }) => !SECRET.has(type)));
  const [first] = found;
  if (first === undefined) return [];
  const kinds = [...new Set(found.map(({ type }) => WORDS[type]))].join(', ');
  const fix = "keep it if it is the shop's own, best as a shop fact such as {{shop.customer_phone}}; else take it out";
  return [{ column: 'answer', value: first.text, reason: `the answer holds ${kinds}`, fix }];
}

function promises({ text }: Answer): Finding[] {
  const found = promisesIn(text);
  if (found.length === 0) return [];
  const reason = `promises ${found.map((one) => `"${one}"`).join(', ')} outside a shop fact`;
  const fix = 'write a shop fact such as {{shop.return_window}} instead: one change then serves every answer';
  return [{ column: 'answer', value: found[0] ?? '', reason, fix }];
}

function facts({ text }: Answer, { facts: known }: KnownShop): Finding[] {
  if (known === undefined) return [];
  return shopFactsIn(text)
    .filter((fact) => !known.has(fact))
    .map((fact) => ({
      column: 'answer',
      value: `{{shop.${fact}}}`,
      reason: `the shop fact ${fact} is not known: the answer is not used until it is set`,
      fix: didYouMean(fact, known) ?? `set ${fact} among the shop facts`,
    }));
}

function products({ cards }: Answer, { productIds }: KnownShop): Finding[] {
  if (productIds === undefined) return [];
  return (cards ?? [])
    .filter((id) => !productIds.has(id))
    .map((id) => ({
      column: 'products',
      value: id,
      reason: `no product ${id} in the catalogue: its card is not shown`,
      fix: didYouMean(id, productIds) ?? 'import the product, or take it out',
    }));
}

/** A status nobody has is a condition that never holds. */
function statuses({ when }: Answer): Finding[] {
  const parsed = when === undefined ? undefined : parseCondition(when);
  if (parsed?.ok !== true) return [];
  const written = parsed.condition.comparisons.flatMap((one) =>
    one.kind === 'in' && kindOf(one.fact) === 'status' ? one.values.map(String) : [],
  );
  return written
    .filter((status) => !ORDER_STATUSES.includes(orderStatus(status)))
    .map((status) => ({
      column: 'when',
      value: status,
      reason: `no order is ever "${status}" in our words: the condition holds only if the platform says exactly that`,
      fix: didYouMean(status, ORDER_STATUSES) ?? `use one of ${ORDER_STATUSES.join(', ')}`,
    }));
}

function form(column: 'question' | 'answer', text: string, most: number): Finding[] {
  const flaw = markupFlaw(text);
  const link = brokenLink(text);
  const badLink = {
    value: link ?? '',
    reason: 'not a link that can be opened',
    fix: 'write it whole: https://shop.example/page',
  };
  const long = {
    value: text,
    reason: `${text.length} characters are long`,
    fix: `say it in ${most}, or in several entries`,
  };
  return [
    ...(flaw === undefined ? [] : [{ column, ...flaw }]),
    ...(link === undefined ? [] : [{ column, ...badLink }]),
    ...(text.length > most ? [{ column, ...long }] : []),
  ];
}

/** What should be looked at in an answer that is taken in; `found` is the personal data of its text. */
export function reviewAnswer(answer: Answer, found: readonly PersonalData[], known: KnownShop): Finding[] {
  return [
    ...form('answer', answer.text, LONG_ANSWER),
    ...promises(answer),
    ...personal(found),
    ...facts(answer, known),
    ...products(answer, known),
    ...statuses(answer),
  ];
}

export const reviewQuestion = (question: string): Finding[] => form('question', question, LONG_QUESTION);
