import type { TenantId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Unavailable } from '../../ports/models.ts';
import type { UsageStore } from '../../ports/usage.ts';
import { type Given, nameOf, type Report, unavailable } from './call.ts';

/** What a tenant may use of models: its own setting, else the deployment's. */
export type Allowance = { enabled: boolean; tokensPerDay: number };
export type ReadAllowance = (tenant: TenantId) => Promise<Allowance>;

/** Counts a call before it is made, and by what it used afterwards. */
export type Budget = {
  /** `used` of the result: tokens as the provider counted them; undefined when it did not say. */
  spending<T>(
    tenant: TenantId,
    estimate: number,
    call: () => Promise<Given<T>>,
    used: (value: T) => number | undefined,
  ): Promise<Given<T>>;
};

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/**
 * The estimate is reserved first, so that concurrent calls cannot pass the limit together; the provider's own count then
 * corrects it. A call that timed out stays counted, since the provider may have done the work; one that was refused does not.
 */
export function budget(store: UsageStore, allowance: ReadAllowance, now: Clock, report: Report): Budget {
  /** An answer that is here is not lost for the count's sake: the estimate stands. */
  const settle = (...spent: Parameters<UsageStore['settle']>): Promise<void> =>
    store.settle(...spent).catch((error: unknown) => {
      report({ event: 'provider_store', provider: 'usage', reason: nameOf(error) });
    });
  return {
    async spending(tenant, estimate, call, used) {
      const { enabled, tokensPerDay } = await allowance(tenant);
      if (!enabled) return unavailable('not_configured');
      const today = day(now());
      if ((await store.reserve(tenant, today, estimate, tokensPerDay)) === 'over_budget') {
        return unavailable('over_budget');
      }
      const given = await call();
      const difference = given.kind === 'ok' ? (used(given.value) ?? estimate) - estimate : refund(given, estimate);
      if (difference !== 0) await settle(tenant, today, difference);
      return given;
    },
  };
}

const refund = ({ reason }: Unavailable, estimate: number): number => (reason === 'failed' ? -estimate : 0);

/** Tokens a text may take, a little above the truth: about four letters or one Chinese character each. */
export const estimateTokens = (text: string): number => Math.ceil(Buffer.byteLength(text) / 3) + 1;
