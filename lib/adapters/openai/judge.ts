import * as z from 'zod';
import { nameOf, type Verdict } from '../provider/call.ts';
import { isPassing, retryAfterMs } from '../provider/retry-after.ts';

/** An account without money answers 429 too, and waiting does not help it. */
const LASTING = new Set(['insufficient_quota', 'billing_hard_limit_reached']);

/** The client's errors by what they hold, so that the client need not be loaded to judge them. */
const Refusal = z.object({
  status: z.number(),
  code: z.string().nullish().catch(undefined),
  headers: z.instanceof(Headers).nullish().catch(undefined),
});

/** Whether another try may help. Messages of providers quote what was sent: only status and kind are kept. */
export function judgeOpenAI(error: unknown, now: number): Verdict {
  // The client trips over what is no JSON object; a connection that breaks has a cause.
  const tripped = error instanceof SyntaxError || (error instanceof TypeError && error.cause === undefined);
  if (tripped) return { again: false, why: 'malformed answer' };
  const refusal = Refusal.safeParse(error);
  if (!refusal.success) return { again: true, why: nameOf(error) };
  const { status, code, headers } = refusal.data;
  const again = isPassing(status) && !LASTING.has(code ?? '');
  return { again, waitMs: retryAfterMs((name) => headers?.get(name), now), why: `status ${status}` };
}
