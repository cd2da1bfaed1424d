/**
 * What an agent should look at before a reply goes. Rules over words and numbers, no model: the same reply gets the same
 * warnings within a millisecond, and each says what is known instead. A warning that is wrong costs trust in all others,
 * so that whatever may be meant otherwise (time that has passed, other goods, a discount, an authored reply) is let pass.
 */
import type { ReplyWarning } from '../../domain/contract/desk-tools.ts';
import { checkAttributes } from './attributes.ts';
import { checkLanguage, checkManners, checkPersonalData } from './manners.ts';
import { checkProducts } from './products.ts';
import { checkPromises } from './promises.ts';
import { checkRepeated } from './repeated.ts';
import { checkShopFacts } from './shop-facts.ts';
import type { Check, GuardContext } from './types.ts';

const CHECKS: readonly Check[] = [
  checkRepeated,
  checkProducts,
  checkAttributes,
  checkShopFacts,
  checkPromises,
  checkPersonalData,
  checkManners,
  checkLanguage,
];
/** Said of a reply as a whole, these neither hide nor are hidden by what is said of its words. */
const WHOLE: ReadonlySet<ReplyWarning['kind']> = new Set<ReplyWarning['kind']>(['language', 'repeated']);
/** Longer replies are read so far. */
const READ = 5_000;

/** In the order in which they stand; of two on the same words the first kind is kept. */
export function checkOutgoing(text: string, context: GuardContext): ReplyWarning[] {
  const found = CHECKS.flatMap((check) => check(text.slice(0, READ), context));
  const kept = found.filter(
    (one, at) =>
      one.kind === 'repeated' ||
      !found.slice(0, at).some(({ start, end, kind }) => !WHOLE.has(kind) && start <= one.start && one.end <= end),
  );
  return kept.toSorted((a, b) => a.start - b.start || a.end - b.end);
}
