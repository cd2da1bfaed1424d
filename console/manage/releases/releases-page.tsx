import type { PageProps } from '../pages.ts';
import { ReleaseList } from './release-list.tsx';
import { ReleaseView } from './release-view.tsx';

export function ReleasesPage({ shell, at }: PageProps) {
  return at.id === undefined ? <ReleaseList shell={shell} /> : <ReleaseView key={at.id} shell={shell} id={at.id} />;
}
