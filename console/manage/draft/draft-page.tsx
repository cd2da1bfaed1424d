import type { PageProps } from '../pages.ts';
import { PageHead } from '../shell/page-head.tsx';

export function DraftPage(_: PageProps) {
  return <PageHead title="Draft" />;
}
