import type { PastConversation, Said } from './read-transcript.ts';

/** A customer's consecutive messages, what was said before them, and what the other side answered. */
export type Turn = {
  lines: string[];
  /** Oldest first. */
  history: { author: 'customer' | 'agent'; text: string }[];
  replies: string[];
  firstContact: boolean;
  at: number | undefined;
};

/** As much of what came before as an assist reads. */
const MAX_HISTORY = 20;
const MAX_LINE = 1_000;
/** A turn that grows beyond what one read loads is continued by another, as in production. */
const MAX_LINES = 32;

const lineOf = ({ side, text }: Said) => ({ author: side, text: text.slice(0, MAX_LINE) });

/** Cut as production cuts: a turn is the customer's messages since the last reply. */
export function turnsOf({ messages }: PastConversation): Turn[] {
  const turns: Turn[] = [];
  let open: Turn | undefined;
  messages.forEach((said, place) => {
    if (said.side === 'agent') {
      turns.at(-1)?.replies.push(said.text);
      open = undefined;
      return;
    }
    if (open === undefined || open.lines.length >= MAX_LINES) {
      const history = messages.slice(Math.max(0, place - MAX_HISTORY), place).map(lineOf);
      open = { lines: [], history, replies: [], firstContact: turns.length === 0, at: said.at };
      turns.push(open);
    }
    open.lines.push(said.text);
  });
  return turns;
}
