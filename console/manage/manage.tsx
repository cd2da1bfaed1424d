import type { JSX } from 'preact';
import type { KeyRow } from '../help-dialog.tsx';
import { route } from '../route.ts';
import { PAGES, type PageSpec } from './pages.ts';
import { PLACE_OF, type PlaceName, pagesFor } from './places.ts';
import { Empty } from './shell/empty.tsx';
import { LeaveQuestion } from './shell/guard.tsx';
import { goRows, ManageHelp } from './shell/help.tsx';
import { listenGo, manageHelp } from './shell/keys.ts';
import { Nav } from './shell/nav.tsx';
import { Notices } from './shell/notices.tsx';
import { createShell, type Shell, type ShellOptions } from './shell/shell.ts';
import { w } from './shell/words.ts';

export type Manage = {
  Pages: () => JSX.Element;
  openHelp: () => void;
  stop: () => void;
  /** The first page of each place that has one. */
  firstOf: Partial<Record<PlaceName, string>>;
  /** The place that a page is in. */
  placeOf(page: string): PlaceName | undefined;
  /** The keys that lead to its pages. */
  goRows(): KeyRow[];
};
type Options = ShellOptions & { page: Document; hasDesk: boolean };

/** Everything beside the desk: the knowledge, the team, the administration, as far as they are open. */
export function createManage({ page, hasDesk, ...options }: Options): Manage {
  const pages = pagesFor(PAGES, options.opens);
  const first = (place: PlaceName) => pages.find(({ group }) => PLACE_OF[group] === place)?.id;
  const places = (['team', 'knowledge', 'admin'] as const).map((place) => [place, first(place)] as const);
  const shell = createShell(options);
  const onDesk = () => hasDesk && route.value.page === 'desk';
  return {
    Pages: () => <Pages shell={shell} pages={pages} />,
    firstOf: Object.fromEntries(places.filter(([, id]) => id !== undefined)),
    placeOf(id) {
      const found = pages.find((one) => one.id === id);
      return found === undefined ? undefined : PLACE_OF[found.group];
    },
    goRows: () => goRows(pages),
    openHelp() {
      manageHelp.value = true;
    },
    stop: listenGo(page, options.place, options.now, onDesk, pages),
  };
}

/** Somebody without a desk starts at the first page. */
function Pages({ shell, pages }: { shell: Shell; pages: readonly PageSpec[] }) {
  const at = route.value;
  const found = at.page === 'desk' ? pages[0] : pages.find(({ id }) => id === at.page);
  return (
    <div class="manage">
      <Nav page={found?.id ?? ''} pages={pages} />
      <main class="manage-page" data-page={found?.id}>
        {found === undefined ? <NoPage /> : <found.Page key={found.id} shell={shell} at={at} />}
      </main>
      <Notices dismiss={shell.dismiss} />
      <ManageHelp pages={pages} />
      <LeaveQuestion />
    </div>
  );
}

function NoPage() {
  return (
    <Empty title={w.value.noPage}>
      <p>{w.value.noPageHint}</p>
    </Empty>
  );
}
