import type { Assist } from '../../../lib/domain/assist.ts';
import type { Message, Part } from '../../../lib/domain/message.ts';
import type { Act } from '../../../lib/domain/understanding.ts';

/** What a card is about, by what the customer did. `replies`: something was asked, and the replies lead. */
export type CardKind =
  | 'closing'
  | 'thanks'
  | 'mistaken'
  | 'greeting'
  | 'look'
  | 'chase'
  | 'order'
  | 'procedure'
  | 'replies';

const MEDIA: ReadonlySet<Part['kind']> = new Set(['image', 'voice', 'video', 'file']);

/** What nobody and nothing has read yet, of the turn's messages. */
export function unreadMedia({ messageIds }: Pick<Assist, 'messageIds'>, messages: readonly Message[]): Part[] {
  const turn = new Set<string>(messageIds);
  return messages
    .filter(({ id, author, recalled }) => turn.has(id) && author.type === 'customer' && recalled !== true)
    .flatMap(({ parts }) => parts.filter(({ kind, transcript }) => MEDIA.has(kind) && transcript === undefined));
}

type Rule = (assist: Assist) => CardKind;
const aboutOrder: Rule = ({ order }) => (order === undefined ? 'replies' : 'order');
/** Thanks while something is owed are no goodbye. Where nothing is to be said, they only took back what they sent. */
const end: Rule = ({ next }) => {
  if (next === undefined) return 'mistaken';
  return next.phase === 'close' ? 'closing' : 'thanks';
};

/** What each act calls for; acts that ask lead to the procedure, where there is one, or to the replies. */
const BY_ACT: Partial<Record<Act, Rule>> = {
  chase: () => 'chase',
  greet: () => 'greeting',
  acknowledge: end,
  close: end,
  confirm: end,
  reference: aboutOrder,
  inform: aboutOrder,
};
const asking: Rule = ({ procedure }) => (procedure === undefined ? 'replies' : 'procedure');

/** The right card for each act. A picture comes first: whatever else was said, it has to be looked at. */
export function cardKind(assist: Assist, messages: readonly Message[]): CardKind {
  const { act, questions } = assist.understanding;
  if (unreadMedia(assist, messages).length > 0) return 'look';
  return questions.length > 1 ? 'replies' : (BY_ACT[act] ?? asking)(assist);
}

/** Cards on which the phrase of the moment stands first: nothing was asked that a reply would answer. */
const PHRASE_FIRST: ReadonlySet<CardKind> = new Set(['closing', 'thanks', 'greeting', 'chase', 'look']);
export const leadsWithPhrase = (kind: CardKind): boolean => PHRASE_FIRST.has(kind);

/** Cards that replies do not belong on: those there are lie folded away. */
const NO_REPLIES: ReadonlySet<CardKind> = new Set(['closing', 'thanks', 'mistaken', 'greeting']);
export const foldsReplies = (kind: CardKind): boolean => NO_REPLIES.has(kind);

/** Whether it is worth saying that there is no reply. */
export const wantsReplies = (kind: CardKind): boolean => kind === 'replies' || kind === 'procedure';
