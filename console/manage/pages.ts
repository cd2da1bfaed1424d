import type { FunctionComponent } from 'preact';
import type { Route } from '../route.ts';
import { ConnectPage } from './connect/connect-page.tsx';
import { DraftPage } from './draft/draft-page.tsx';
import { EntriesPage } from './entries/entries-page.tsx';
import { EvaluationsPage } from './evaluations/evaluations-page.tsx';
import { FactsPage } from './facts/facts-page.tsx';
import { GapsPage } from './gaps/gaps-page.tsx';
import { GoldenPage } from './golden/golden-page.tsx';
import { HitTestPage } from './hit-test/hit-test-page.tsx';
import { ImportPage } from './import/import-page.tsx';
import { LogPage } from './log/log-page.tsx';
import { PacksPage } from './packs/packs-page.tsx';
import { PeoplePage } from './people/people-page.tsx';
import type { Group } from './places.ts';
import { PrivacyPage } from './privacy/privacy-page.tsx';
import { ReleasesPage } from './releases/releases-page.tsx';
import { RoutingPage } from './routing/routing-page.tsx';
import { SettingsPage } from './settings/settings-page.tsx';
import type { Shell } from './shell/shell.ts';
import { TeamPage } from './team/team-page.tsx';
import { TranscriptsPage } from './transcripts/transcripts-page.tsx';

export type PageProps = { shell: Shell; at: Route };
export type PageSpec = {
  /** As in `#/entries`. */
  id: string;
  /** Pressed after `g`. */
  key: string;
  /** Also says which place of the page it is in, and so to whom it is open: see `PLACE_OF`. */
  group: Group;
  /** Where it stands for those to whom its own place is closed. */
  otherwise?: Group;
  title: { en: string; zh: string };
  Page: FunctionComponent<PageProps>;
};

/** Every page of the knowledge manager, in the order of the list. A page is a folder and a line here. */
export const PAGES: readonly PageSpec[] = [
  { id: 'entries', key: 'e', group: 'know', title: { en: 'Entries', zh: '知识条目' }, Page: EntriesPage },
  { id: 'import', key: 'i', group: 'know', title: { en: 'Import', zh: '导入' }, Page: ImportPage },
  { id: 'draft', key: 'c', group: 'know', title: { en: 'Draft', zh: '草稿变更' }, Page: DraftPage },
  { id: 'releases', key: 'r', group: 'know', title: { en: 'Releases', zh: '发布' }, Page: ReleasesPage },
  { id: 'hit-test', key: 't', group: 'check', title: { en: 'Hit test', zh: '命中测试' }, Page: HitTestPage },
  { id: 'evaluations', key: 'b', group: 'check', title: { en: 'Batch test', zh: '批量测试' }, Page: EvaluationsPage },
  { id: 'golden', key: 'q', group: 'check', title: { en: 'Golden questions', zh: '黄金问题' }, Page: GoldenPage },
  { id: 'gaps', key: 'n', group: 'learn', title: { en: 'Gaps', zh: '知识缺口' }, Page: GapsPage },
  { id: 'transcripts', key: 'h', group: 'learn', title: { en: 'Transcripts', zh: '聊天记录' }, Page: TranscriptsPage },
  { id: 'facts', key: 'f', group: 'setUp', title: { en: 'Shop facts', zh: '店铺信息' }, Page: FactsPage },
  { id: 'packs', key: 'p', group: 'setUp', title: { en: 'Packs', zh: '知识包' }, Page: PacksPage },
  { id: 'team', key: 'l', group: 'team', title: { en: 'Team', zh: '团队' }, Page: TeamPage },
  {
    id: 'settings',
    key: 's',
    group: 'admin',
    title: { en: 'Settings', zh: '设置' },
    Page: SettingsPage,
  },
  { id: 'routing', key: 'o', group: 'admin', title: { en: 'Routing', zh: '分配' }, Page: RoutingPage },
  { id: 'connect', key: 'w', group: 'admin', title: { en: 'Chatwoot', zh: 'Chatwoot' }, Page: ConnectPage },
  { id: 'people', key: 'u', group: 'admin', title: { en: 'People', zh: '人员' }, Page: PeoplePage },
  { id: 'privacy', key: 'v', group: 'admin', title: { en: 'Privacy', zh: '隐私' }, Page: PrivacyPage },
  { id: 'log', key: 'a', group: 'admin', otherwise: 'know', title: { en: 'Log', zh: '日志' }, Page: LogPage },
];
