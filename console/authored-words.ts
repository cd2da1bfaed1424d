import type { DraftedReply } from '../lib/domain/contract/drafts.ts';
import { fill, words } from './words/words.ts';

const MOST_CLAIMS = 2;

/** Why the authored text stands; of a dropped draft, what it claimed. */
export function authoredWords({ reason, claims = [] }: DraftedReply): string {
  const { ui, authored, claim } = words.value;
  const said = claims.slice(0, MOST_CLAIMS).map(({ kind, text }) => fill(claim[kind], { text }));
  const why = [authored[reason ?? 'failed'], ...said].join(ui.because);
  return fill(ui.authoredStands, { why });
}
