import type { PageProps } from '../pages.ts';
import { PageHead } from '../shell/page-head.tsx';

export function ReleasesPage(_: PageProps) {
  return <PageHead title="Releases" />;
}
