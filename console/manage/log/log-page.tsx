import { hashOf } from '../../route.ts';
import type { PageProps } from '../pages.ts';
import { PageHead } from '../shell/page-head.tsx';
import { Access } from './access.tsx';
import { Changes } from './changes.tsx';
import { usePeople } from './names.tsx';
import { narrowedIn } from './narrowed.ts';
import { w } from './words.ts';

/** What was done: `#/log` about the knowledge, `#/log/access` by people in conversations, which is for admins. */
export function LogPage({ shell, at }: PageProps) {
  const say = w.value;
  const people = usePeople(shell);
  const isAccess = at.id === 'access' && shell.opens.admin;
  return (
    <>
      <PageHead title={say.title} lead={say.lead} />
      <div class="page-body">
        {shell.opens.admin ? <Tabs isAccess={isAccess} /> : null}
        {isAccess ? (
          <Access shell={shell} people={people} narrowed={narrowedIn(at.query)} />
        ) : (
          <Changes shell={shell} people={people} narrowed={narrowedIn(at.query)} />
        )}
      </div>
    </>
  );
}

function Tabs({ isAccess }: { isAccess: boolean }) {
  const say = w.value;
  const tabs = [
    { href: hashOf('log'), name: say.tabChanges, isHere: !isAccess },
    { href: hashOf('log', 'access'), name: say.tabAccess, isHere: isAccess },
  ];
  return (
    <nav class="segments log-tabs" aria-label={say.tabs}>
      {tabs.map(({ href, name, isHere }) => (
        <a key={href} href={href} {...(isHere ? { 'aria-current': 'page' as const } : {})}>
          {name}
        </a>
      ))}
    </nav>
  );
}
