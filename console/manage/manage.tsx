import type { JSX } from 'preact';
import { route } from '../route.ts';
import { PAGES } from './pages.ts';
import { Empty } from './shell/empty.tsx';
import { LeaveQuestion } from './shell/guard.tsx';
import { ManageHelp } from './shell/help.tsx';
import { listenGo, manageHelp } from './shell/keys.ts';
import { Nav } from './shell/nav.tsx';
import { Notices } from './shell/notices.tsx';
import { createShell, type Shell, type ShellOptions } from './shell/shell.ts';
import { w } from './shell/words.ts';

export type Manage = { Pages: () => JSX.Element; openHelp: () => void; stop: () => void };
type Options = Omit<ShellOptions, 'place'> & { page: Document; place: { hash: string }; hasDesk: boolean };

/** The knowledge manager's side of the page. */
export function createManage({ page, hasDesk, ...options }: Options): Manage {
  const shell = createShell(options);
  const onDesk = () => hasDesk && route.value.page === 'desk';
  return {
    Pages: () => <Pages shell={shell} />,
    openHelp() {
      manageHelp.value = true;
    },
    stop: listenGo(page, options.place, options.now, onDesk),
  };
}

/** Somebody without a desk starts at the first page. */
function Pages({ shell }: { shell: Shell }) {
  const at = route.value;
  const found = at.page === 'desk' ? PAGES[0] : PAGES.find(({ id }) => id === at.page);
  return (
    <div class="manage">
      <Nav page={found?.id ?? ''} />
      <main class="manage-page" data-page={found?.id}>
        {found === undefined ? <NoPage /> : <found.Page key={found.id} shell={shell} at={at} />}
      </main>
      <Notices dismiss={shell.dismiss} />
      <ManageHelp />
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
