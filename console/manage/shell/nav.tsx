import { useEffect, useRef } from 'preact/hooks';
import { hashOf } from '../../route.ts';
import { language, words } from '../../words/words.ts';
import type { PageSpec } from '../pages.ts';
import { type Group, PLACE_OF } from '../places.ts';
import { GO } from './key-list.ts';
import { w } from './words.ts';

const GROUPS: readonly Group[] = ['know', 'check', 'learn', 'setUp', 'team', 'admin'];

/** The pages of the place that one is in: from one place to another leads the bar above. */
export function Nav({ page, pages }: { page: string; pages: readonly PageSpec[] }) {
  const say = w.value;
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a narrow screen the list is a strip that may hide where one is.
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [page]);
  const { placeTeam, placeAdmin } = words.value.desk;
  const titles = {
    ...{ know: say.groupKnow, check: say.groupCheck, learn: say.groupLearn, setUp: say.groupSetUp },
    ...{ team: placeTeam, admin: placeAdmin },
  };
  const here = PLACE_OF[pages.find(({ id }) => id === page)?.group ?? pages[0]?.group ?? 'know'];
  return (
    <nav ref={nav} class="manage-nav" aria-label={say.nav}>
      {GROUPS.map((group) => {
        const mine = pages.filter((one) => one.group === group && PLACE_OF[group] === here);
        return mine.length === 0 ? null : (
          <section key={group}>
            <h2 class="small">{titles[group]}</h2>
            {mine.map((one) => (
              <a
                key={one.id}
                href={hashOf(one.id)}
                data-testid={`nav-${one.id}`}
                {...(one.id === page ? { 'aria-current': 'page' as const } : {})}
              >
                {one.title[language.value]}
                <span class="go-key">
                  {GO} {one.key}
                </span>
              </a>
            ))}
          </section>
        );
      })}
    </nav>
  );
}
