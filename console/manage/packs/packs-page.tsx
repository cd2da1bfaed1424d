import { useSignal } from '@preact/signals';
import type { ImportReport } from '../../../lib/domain/import-job.ts';
import type { PackChoices, PackUpdate } from '../../../lib/domain/pack-update.ts';
import { fill } from '../../words/words.ts';
import type { PageProps } from '../pages.ts';
import { PageHead } from '../shell/page-head.tsx';
import { Loaded, useResource } from '../shell/resource.tsx';
import { counted } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { PackPlan } from './pack-plan.tsx';
import { w } from './words.ts';

type Pack = {
  name: string;
  version: string;
  languages: string[];
  entries: number;
  installed?: { version: string; at: string };
  update?: string;
};
type Packs = { items: Pack[] };
type Queued = { id: string };

const POLL_MS = 500;
const pathOf = (name: string, verb: string) => `/v1/packs/${encodeURIComponent(name)}/${verb}`;

/** Waits for the import that writes a pack into the draft. */
async function finished({ call, wait }: Shell, { id }: Queued): Promise<ImportReport> {
  for (;;) {
    const report = (await call('GET', `/v1/knowledge/imports/${id}`)) as ImportReport;
    if (report.status === 'done' || report.status === 'failed') return report;
    await wait(POLL_MS);
  }
}

export function PacksPage({ shell }: PageProps) {
  const say = w.value;
  const packs = useResource(() => shell.call('GET', '/v1/packs') as Promise<Packs>, 'packs');
  const plan = useSignal<PackUpdate | undefined>(undefined);
  const busy = useSignal<string | undefined>(undefined);

  const during = async <T,>(text: string, work: () => Promise<T>): Promise<T | undefined> => {
    busy.value = text;
    const done = await shell.attempt(work);
    busy.value = undefined;
    return done;
  };
  const write = async (name: string, begin: () => Promise<unknown>) => {
    const report = await during(say.writing, async () => finished(shell, (await begin()) as Queued));
    if (report === undefined) return;
    if (report.status === 'failed') shell.say('bad', fill(say.failed, { reason: report.error ?? '' }));
    else {
      const { added, changed, removed } = report;
      shell.say('good', fill(say.written, { pack: name, added, changed, removed }));
      plan.value = undefined;
    }
    await packs.reload();
  };
  const install = (name: string) => write(name, () => shell.call('POST', pathOf(name, 'install'), {}));
  const look = async (name: string) => {
    const dry = () => shell.call('POST', `${pathOf(name, 'update')}?dryRun=true`, {}) as Promise<PackUpdate>;
    plan.value = await during(say.reading, dry);
  };
  const apply = ({ pack }: PackUpdate, choices: PackChoices) =>
    write(pack, () => shell.call('POST', `${pathOf(pack, 'update')}?dryRun=false`, { choices }));

  return (
    <>
      <PageHead title={say.title} lead={say.lead} />
      <div class="page-body">
        <Loaded of={packs}>
          {({ items }) => (
            <ul class="pack-list">
              {items.map((pack) => (
                <PackLine
                  key={pack.name}
                  pack={pack}
                  busy={busy.value !== undefined}
                  onInstall={install}
                  onUpdate={look}
                />
              ))}
            </ul>
          )}
        </Loaded>
        <p class="muted" role="status">
          {busy.value ?? ''}
        </p>
        {plan.value === undefined ? null : (
          <PackPlan
            key={`${plan.value.pack} ${plan.value.to}`}
            plan={plan.value}
            busy={busy.value !== undefined}
            onApply={apply}
            onCancel={() => {
              plan.value = undefined;
            }}
          />
        )}
      </div>
    </>
  );
}

type LineProps = {
  pack: Pack;
  busy: boolean;
  onInstall: (name: string) => Promise<void>;
  onUpdate: (name: string) => Promise<void>;
};

function PackLine({
  pack: { name, version, languages, entries, installed, update },
  busy,
  onInstall,
  onUpdate,
}: LineProps) {
  const say = w.value;
  return (
    <li class="panel pack" data-testid={`pack-${name}`}>
      <div class="panel-head">
        <h3>
          {name} <span class="muted">{version}</span>
        </h3>
        <span class="muted">
          {counted(say.entries, entries)} · {languages.join(', ')}
        </span>
      </div>
      <div class="row-of">
        <span class={`chip ${installed === undefined ? '' : 'good'}`}>
          {installed === undefined ? say.notInstalled : fill(say.installed, { version: installed.version })}
        </span>
        <span class="grow" />
        {installed === undefined ? (
          <button type="button" class="primary" disabled={busy} onClick={() => void onInstall(name)}>
            {say.install}
          </button>
        ) : update === undefined ? (
          <span class="muted">{say.upToDate}</span>
        ) : (
          <button type="button" class="primary" disabled={busy} onClick={() => void onUpdate(name)}>
            {fill(say.updateTo, { version: update })}
          </button>
        )}
      </div>
    </li>
  );
}
