import type { PageProps } from '../pages.ts';
import { PageHead } from '../shell/page-head.tsx';

export function EntriesPage(_: PageProps) {
  return <PageHead title="Entries" />;
}
