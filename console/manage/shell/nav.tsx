import { useEffect, useRef } from 'preact/hooks';
import { hashOf } from '../../route.ts';
import { language } from '../../words/words.ts';
import { PAGES, type PageSpec } from '../pages.ts';
import { w } from './words.ts';

const GROUPS: readonly PageSpec['group'][] = ['know', 'check', 'learn', 'setUp'];

export function Nav({ page }: { page: string }) {
  const say = w.value;
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a narrow screen the list is a strip that may hide where one is.
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [page]);
  const titles = { know: say.groupKnow, check: say.groupCheck, learn: say.groupLearn, setUp: say.groupSetUp };
  return (
    <nav ref={nav} class="manage-nav" aria-label={say.nav}>
      {GROUPS.map((group) => {
        const pages = PAGES.filter((one) => one.group === group);
        return pages.length === 0 ? null : (
          <section key={group}>
            <h2 class="small">{titles[group]}</h2>
            {pages.map((one) => (
              <a
                key={one.id}
                href={hashOf(one.id)}
                data-testid={`nav-${one.id}`}
                {...(one.id === page ? { 'aria-current': 'page' as const } : {})}
              >
                {one.title[language.value]}
                <span class="go-key">g {one.key}</span>
              </a>
            ))}
          </section>
        );
      })}
    </nav>
  );
}
