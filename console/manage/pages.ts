import type { FunctionComponent } from 'preact';
import type { Route } from '../route.ts';
import { DraftPage } from './draft/draft-page.tsx';
import { EntriesPage } from './entries/entries-page.tsx';
import { ImportPage } from './import/import-page.tsx';
import { ReleasesPage } from './releases/releases-page.tsx';
import type { Shell } from './shell/shell.ts';

export type PageProps = { shell: Shell; at: Route };
export type PageSpec = {
  /** As in `#/entries`. */
  id: string;
  /** Pressed after `g`. */
  key: string;
  group: 'know' | 'check' | 'learn' | 'setUp';
  title: { en: string; zh: string };
  Page: FunctionComponent<PageProps>;
};

/** Every page of the knowledge manager, in the order of the list. A page is a folder and a line here. */
export const PAGES: readonly PageSpec[] = [
  { id: 'entries', key: 'e', group: 'know', title: { en: 'Entries', zh: '知识条目' }, Page: EntriesPage },
  { id: 'import', key: 'i', group: 'know', title: { en: 'Import', zh: '导入' }, Page: ImportPage },
  { id: 'draft', key: 'c', group: 'know', title: { en: 'Draft', zh: '草稿变更' }, Page: DraftPage },
  { id: 'releases', key: 'r', group: 'know', title: { en: 'Releases', zh: '发布' }, Page: ReleasesPage },
];
