import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Release } from '../../../lib/domain/release.ts';
import { fill } from '../../words/words.ts';
import type { PageProps } from '../pages.ts';
import { Empty } from '../shell/empty.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { useResource } from '../shell/resource.tsx';
import type { Shell } from '../shell/shell.ts';
import { ask, askable, type Explained, prepare, replay, sameOutcome } from './ask.ts';
import { Outcome } from './outcome.tsx';
import { EMPTY, requestOf, type Typed } from './request.ts';
import { Situation } from './situation.tsx';
import { w } from './words.ts';

type Results = { live: Explained; other?: Explained };

/** `#/hit-test/<replay id>` reopens a live message; `?text=` begins with a question, `?release=` beside a release. */
export function HitTestPage({ shell, at }: PageProps) {
  const say = w.value;
  const typed = useSignal<Typed>({ ...EMPTY, text: at.query.get('text') ?? '' });
  const beside = useSignal(at.query.get('release') ?? '');
  const results = useSignal<Results | undefined>(undefined);
  const busy = useSignal(false);
  const releases = useResource(() => askable(shell), 'releases');

  const during = async (work: () => Promise<Results>) => {
    if (busy.value) return;
    busy.value = true;
    results.value = (await shell.attempt(work)) ?? results.value;
    busy.value = false;
  };
  const run = () =>
    during(async () => {
      const request = requestOf(typed.value);
      const other = beside.value === '' ? undefined : ask(shell, request, beside.value);
      const live = await ask(shell, request);
      return { live, ...(other === undefined ? {} : { other: await other }) };
    });
  useEffect(() => {
    const { id } = at;
    if (id !== undefined) void during(async () => ({ live: await replay(shell, id) }));
    else if (typed.value.text !== '') void run();
  }, [at.id]);

  return (
    <>
      <PageHead title={say.title} lead={say.lead}>
        <ReplayField onOpen={(id) => shell.go('hit-test', id)} />
      </PageHead>
      <div class="page-body hit-test">
        {at.id === undefined ? (
          <Form typed={typed} busy={busy.value} onAsk={() => void run()}>
            <Beside shell={shell} beside={beside} releases={releases.value.value ?? []} onPrepared={releases.reload} />
          </Form>
        ) : (
          <div class="panel">
            <h3>{say.replayed}</h3>
            <p class="muted">{say.replayHint}</p>
            <code>{at.id}</code>
            <button type="button" onClick={() => shell.go('hit-test')}>
              {say.newTest}
            </button>
          </div>
        )}
        <Answers results={results.value} />
      </div>
    </>
  );
}

function Answers({ results }: { results: Results | undefined }) {
  const say = w.value;
  if (results === undefined) {
    return (
      <Empty title={say.firstAsk}>
        <p>{say.firstAskHint}</p>
      </Empty>
    );
  }
  const { live, other } = results;
  if (other === undefined) return <Outcome title={say.live} assist={live} />;
  const same = sameOutcome(live, other);
  return (
    <div class="beside" data-testid="beside">
      <Outcome title={say.live} assist={live} />
      <Outcome
        title={other.release}
        assist={other}
        mark={<span class={`chip ${same ? 'good' : 'warm'}`}>{same ? say.same : say.differs}</span>}
      />
    </div>
  );
}

type FormProps = {
  typed: Signal<Typed>;
  busy: boolean;
  onAsk: () => void;
  children: preact.ComponentChildren;
};

function Form({ typed, busy, onAsk, children }: FormProps) {
  const say = w.value;
  return (
    <form
      class="panel"
      onSubmit={(event) => {
        event.preventDefault();
        onAsk();
      }}
    >
      <div class="field">
        <label for="hit-test-text">{say.question}</label>
        <textarea
          id="hit-test-text"
          data-testid="hit-test-text"
          data-search
          rows={3}
          maxLength={20_000}
          value={typed.value.text}
          onInput={(event) => {
            typed.value = { ...typed.value, text: event.currentTarget.value };
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onAsk();
          }}
        />
      </div>
      <div class="row-of">
        <button
          type="submit"
          class="primary"
          data-testid="hit-test-ask"
          disabled={busy || typed.value.text.trim() === ''}
        >
          {busy ? say.asking : say.ask}
        </button>
        <span class="small muted">{say.askHint}</span>
      </div>
      <Situation typed={typed} />
      {children}
    </form>
  );
}

type BesideProps = {
  shell: Shell;
  beside: Signal<string>;
  releases: readonly Release[];
  onPrepared: () => Promise<void>;
};

/** Which release stands beside the live one; the draft becomes one by being compiled. */
function Beside({ shell, beside, releases, onPrepared }: BesideProps) {
  const say = w.value;
  const preparing = useSignal(false);
  const compile = async () => {
    preparing.value = true;
    const release = await shell.attempt(() => prepare(shell));
    preparing.value = false;
    if (release === undefined) return;
    await onPrepared();
    if (release.snapshotKey === undefined) {
      shell.say('bad', fill(say.notPrepared, { reason: release.error ?? release.status }));
    } else {
      beside.value = release.id;
      shell.say('good', fill(say.prepared, { id: release.id }));
    }
  };
  const others = releases.filter(({ status }) => status !== 'live');
  return (
    <div class="field">
      <label for="hit-test-beside">{say.compare}</label>
      <div class="row-of">
        <select
          id="hit-test-beside"
          data-testid="hit-test-beside"
          value={beside.value}
          onChange={(event) => {
            beside.value = event.currentTarget.value;
          }}
        >
          <option value="">{say.compareNone}</option>
          {others.map(({ id, note, createdAt }) => (
            <option key={id} value={id}>
              {note ?? createdAt.slice(0, 16).replace('T', ' ')} · {id}
            </option>
          ))}
        </select>
        <button type="button" disabled={preparing.value} onClick={() => void compile()}>
          {say.prepare}
        </button>
      </div>
      <p class="small muted" role="status">
        {preparing.value ? say.preparing : ''}
      </p>
    </div>
  );
}

function ReplayField({ onOpen }: { onOpen: (id: string) => void }) {
  const say = w.value;
  const id = useSignal('');
  return (
    <form
      class="row-of replay"
      onSubmit={(event) => {
        event.preventDefault();
        if (id.value.trim() !== '') onOpen(id.value.trim());
      }}
    >
      <input
        aria-label={say.replay}
        placeholder={say.replay}
        value={id.value}
        onInput={(event) => {
          id.value = event.currentTarget.value;
        }}
      />
      <button type="submit">{say.open}</button>
    </form>
  );
}
