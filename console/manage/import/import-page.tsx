import type { PageProps } from '../pages.ts';
import { PageHead } from '../shell/page-head.tsx';

export function ImportPage(_: PageProps) {
  return <PageHead title="Import" />;
}
