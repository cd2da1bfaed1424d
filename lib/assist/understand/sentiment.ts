import type { Sentiment, Understanding } from '../../domain/understanding.ts';
import { anger } from './feeling/anger.ts';
import { isSarcastic } from './feeling/sarcasm.ts';
import { valence } from './feeling/valence.ts';

/** The first this many units carry the mood; more would only cost time. */
const READ = 1_000;
/** Valences of this size are two thirds of the way to the end of the scale. */
const SCALE = 4;
/** Anger of this size is right four times in five on posts of many moods (see `bench/understanding.ts`). */
const ANGRY = 4;
const INTENSE = /[!！]{2,}|[?？]{3,}|[!！?？]{4,}/;

/** Feelings, -1 to 1, and whether the customer is angry: what goes to a person first. */
export function readSentiment(text: string, flags: Understanding['flags']): Sentiment {
  const read = text.slice(0, READ);
  const hostile = flags.includes('abuse') || flags.includes('threat');
  const felt = feeling(read, hostile);
  const angry = hostile || anger(read, felt) >= ANGRY;
  const score = Math.round(Math.tanh(Math.min(felt, angry ? -2 : felt) / SCALE) * 100) / 100 + 0; // `+ 0` turns -0 into 0
  return { label: labelOf(score), score, angry };
}

function feeling(text: string, hostile: boolean): number {
  const plain = valence(text);
  const meant = isSarcastic(text) ? -Math.abs(plain) / 2 - 2 : plain;
  return meant - (hostile ? 2 : 0) - (meant < 0 && INTENSE.test(text) ? 0.5 : 0);
}

function labelOf(score: number): Sentiment['label'] {
  if (score <= -0.3) return 'negative';
  return score >= 0.3 ? 'positive' : 'neutral';
}
