import type { Blocker } from '../../domain/comparison.ts';
import { CuecardError } from '../../domain/error.ts';
import type { TenantId } from '../../domain/ids.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../domain/tenant.ts';
import type { KnowledgeDeps } from '../deps.ts';

type Freeze = NonNullable<Settings['freezes']>[number];

/** The window that this moment (epoch ms) lies in; of several, the one that ends last. */
export function freezeAt({ freezes = [] }: Pick<Settings, 'freezes'>, at: number): Freeze | undefined {
  return freezes
    .filter(({ from, until }) => Date.parse(from) <= at && at < Date.parse(until))
    .sort((a, b) => Date.parse(b.until) - Date.parse(a.until))[0];
}

const inWords = ({ from, until, reason }: Freeze): string =>
  `nothing goes live from ${from} until ${until}${reason === '' ? '' : ` (${reason})`}`;

/** For the report of a release that would go live inside a window. */
export function freezeBlockers(settings: Pick<Settings, 'freezes'>, at: number): Blocker[] {
  const freeze = freezeAt(settings, at);
  return freeze === undefined ? [] : [{ kind: 'freeze', detail: inWords(freeze) }];
}

/** Raises `conflict`, naming the window, unless somebody gives a reason to override it. */
export async function refuseFrozen(
  deps: Pick<KnowledgeDeps, 'tenant' | 'now'>,
  tenant: TenantId,
  override: { reason: string } | undefined,
): Promise<void> {
  if (override !== undefined) return;
  const freeze = freezeAt((await deps.tenant(tenant))?.settings ?? DEFAULT_SETTINGS, deps.now());
  if (freeze === undefined) return;
  throw new CuecardError('conflict', `${inWords(freeze)}: wait, or override it with a reason`, {
    members: { freeze },
  });
}
