import type { HandoffPackage } from '../domain/contract/desk.ts';
import type { Head } from '../domain/conversation.ts';
import { ProductId, type TenantId } from '../domain/ids.ts';
import { handoffPackage, type PackageInput, packageProducts } from '../handoff/package.ts';
import type { FlowDeps } from './flow.ts';

export type PackageDeps = Pick<FlowDeps, 'readProducts' | 'now'>;

/** The package with the customer's cart and views as cards; without them where the catalogue cannot be read. */
export async function packageOf(
  deps: PackageDeps,
  tenant: TenantId,
  head: Head,
  input: Pick<PackageInput, 'messages' | 'assists' | 'customer'>,
): Promise<HandoffPackage | undefined> {
  if (head.handoff === undefined) return undefined;
  const ids = packageProducts(input.customer).flatMap((id) => ProductId.safeParse(id).data ?? []);
  const products =
    ids.length === 0
      ? []
      : await deps
          .readProducts(tenant)(ids)
          .catch(() => []);
  return handoffPackage(head, { ...input, products, at: deps.now() });
}
