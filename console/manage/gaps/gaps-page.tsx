import { useSignal } from '@preact/signals';
import type { Gap, GapKind } from '../../../lib/domain/gap.ts';
import { hashOf } from '../../route.ts';
import { fill } from '../../words/words.ts';
import type { PageProps } from '../pages.ts';
import { Empty } from '../shell/empty.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { Loaded, useResource } from '../shell/resource.tsx';
import { ago } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { w as shellWords } from '../shell/words.ts';
import { GapView } from './gap-view.tsx';
import { Proposals } from './proposals.tsx';
import { w } from './words.ts';

const KINDS: readonly GapKind[] = ['nothing_fits', 'handoff', 'search', 'own_reply'];

type Gaps = { items: Gap[]; computedAt?: string; cursor?: string };
const STATES = ['open', 'drafted', 'dismissed'] as const;
const PATH = '/v1/knowledge/gaps';

/** Gaps, and behind `#/gaps/proposals` the changes that agents' edits suggest. */
export function GapsPage({ shell, at }: PageProps) {
  const say = w.value;
  const proposals = at.id === 'proposals';
  return (
    <>
      <PageHead title={say.title} lead={say.lead}>
        <nav class="segments" aria-label={say.title}>
          <a href={hashOf('gaps')} {...(proposals ? {} : { 'aria-current': 'page' as const })}>
            {say.tabGaps}
          </a>
          <a href={hashOf('gaps', 'proposals')} {...(proposals ? { 'aria-current': 'page' as const } : {})}>
            {say.tabProposals}
          </a>
        </nav>
      </PageHead>
      <div class="page-body">{proposals ? <Proposals shell={shell} /> : <Gaps shell={shell} />}</div>
    </>
  );
}

function Gaps({ shell }: { shell: Shell }) {
  const say = w.value;
  const status = useSignal<(typeof STATES)[number]>('open');
  const kind = useSignal('');
  const query = new URLSearchParams({ status: status.value, ...(kind.value === '' ? {} : { kind: kind.value }) });
  const path = `${PATH}?${query}`;
  const gaps = useResource(() => shell.call('GET', path) as Promise<Gaps>, path);
  const next = async (cursor: string) => {
    const page = await shell.attempt(
      () => shell.call('GET', `${path}&cursor=${encodeURIComponent(cursor)}`) as Promise<Gaps>,
    );
    if (page === undefined || gaps.value.value === undefined) return;
    gaps.value.value = { ...page, items: [...gaps.value.value.items, ...page.items] };
  };
  return (
    <>
      <div class="row-of">
        <fieldset class="segments">
          {STATES.map((state) => (
            <button
              key={state}
              type="button"
              aria-pressed={status.value === state}
              onClick={() => {
                status.value = state;
              }}
            >
              {say[state]}
            </button>
          ))}
        </fieldset>
        <select
          aria-label={say.kind}
          value={kind.value}
          onChange={(event) => {
            kind.value = event.currentTarget.value;
          }}
        >
          <option value="">{say.anyKind}</option>
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {say[one]}
            </option>
          ))}
        </select>
      </div>
      <Loaded of={gaps}>
        {({ items, computedAt, cursor }) =>
          items.length === 0 ? (
            <Empty title={say.noneOpen}>
              <p>{say.noneHint}</p>
            </Empty>
          ) : (
            <>
              {computedAt === undefined ? null : (
                <p class="small muted">{fill(say.computed, { time: ago(computedAt, shell.now()) })}</p>
              )}
              <ul class="gaps">
                {items.map((gap) => (
                  <GapView key={gap.id} shell={shell} gap={gap} onChanged={gaps.reload} />
                ))}
              </ul>
              {cursor === undefined ? null : (
                <button type="button" onClick={() => void next(cursor)}>
                  {shellWords.value.more}
                </button>
              )}
            </>
          )
        }
      </Loaded>
    </>
  );
}
