import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { formatLocal, instantOf } from '../../../lib/domain/local-time.ts';
import type { Tenant } from '../../../lib/domain/tenant.ts';
import { ApiError } from '../../api.ts';
import { useUnsaved } from '../shell/guard.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { Loaded, useResource } from '../shell/resource.tsx';
import { counted } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { Control } from './control.tsx';
import { DEFAULT_ROUTING, DEFAULTS } from './defaults.ts';
import { type Draft, draftOf, patchOf, type Wrong } from './form.ts';
import { Rows } from './rows.tsx';
import type { Spec } from './sections.ts';
import type { Clock } from './values.ts';
import { w } from './words.ts';

const clockOf = (timeZone: string): Clock => ({
  show: (iso) => formatLocal(Date.parse(iso), timeZone),
  read: (text) => {
    const at = instantOf(text, timeZone);
    return at === undefined ? text : new Date(at).toISOString();
  },
});

/** The tenant's settings beside its name and languages, as they are changed together. */
export type Kept = Tenant['settings'] & Pick<Tenant, 'name' | 'languages'>;
const pathOf = ({ tenant }: Shell): string => `/v1/tenants/${encodeURIComponent(tenant)}`;

const read = async (shell: Shell): Promise<Kept> => {
  const { tenant } = (await shell.call('GET', pathOf(shell))) as {
    tenant: Pick<Tenant, 'name' | 'languages' | 'settings'>;
  };
  const { name, languages, settings } = tenant;
  const routing = { ...DEFAULT_ROUTING, ...settings.routing };
  return { ...DEFAULTS, ...settings, model: { ...DEFAULTS.model, ...settings.model }, routing, name, languages };
};

/** What the server finds wrong, place by place; nothing where it took the change. Any other refusal is raised. */
async function refused(change: Promise<unknown>): Promise<readonly Wrong[]> {
  try {
    await change;
    return [];
  } catch (error) {
    const found = error instanceof ApiError && error.status === 400 ? (error.problem.errors ?? []) : [];
    if (found.length === 0) throw error;
    return found;
  }
}

type Titled = { title: string; lead: string };
export type FormPage = Titled & {
  /** In `data-testid`: what is saved. */
  name: string;
  sections: Readonly<Record<string, readonly Spec[]>>;
  told: Readonly<Record<string, Titled>>;
  /** What must be asked before a change is saved; `save` goes on. */
  ask?: (change: { before: Draft; draft: Draft; save: () => void; stop: () => void }) => ComponentChildren;
  children?: ComponentChildren;
};

/** Settings of the tenant, place by place, to be set without reading JSON. */
export function SettingsForm({ shell, ...page }: FormPage & { shell: Shell }) {
  const settings = useResource(() => read(shell), 'settings');
  return (
    <Loaded of={settings}>
      {(kept) => <Form key={JSON.stringify(kept)} shell={shell} kept={kept} reload={settings.reload} page={page} />}
    </Loaded>
  );
}

type FormProps = { shell: Shell; kept: Kept; reload: () => Promise<void>; page: FormPage };

function Form({ shell, kept, reload, page }: FormProps) {
  const say = w.value;
  const clock = clockOf(kept.timeZone);
  const specs = Object.values(page.sections).flat();
  const before = draftOf(kept, specs, clock);
  const draft = useSignal<Draft>(before);
  const errors = useSignal<readonly Wrong[]>([]);
  const question = useSignal<ComponentChildren>(undefined);
  const unsaved = JSON.stringify(draft.value) !== JSON.stringify(before);
  useUnsaved(unsaved);
  const stop = () => {
    question.value = undefined;
  };
  const save = async () => {
    stop();
    errors.value = [];
    const patch = patchOf(draft.value, before, specs, clock);
    const found = await shell.attempt(() => refused(shell.call('PATCH', pathOf(shell), patch)));
    if (found === undefined) return;
    errors.value = found;
    if (found.length > 0) return shell.say('bad', counted(say.wrong, found.length));
    shell.say('good', say.saved);
    await reload();
  };
  const ask = () => {
    question.value = page.ask?.({ before, draft: draft.value, save: () => void save(), stop });
    if (question.value === undefined) void save();
  };
  return (
    <>
      <PageHead title={page.title} lead={page.lead}>
        <button type="button" class="primary" data-testid={`save-${page.name}`} disabled={!unsaved} onClick={ask}>
          {say.save}
        </button>
      </PageHead>
      <div class="page-body">
        {Object.entries(page.sections).map(([name, sectionSpecs]) => (
          <Section
            key={name}
            name={name}
            specs={sectionSpecs}
            told={page.told[name] ?? { title: name, lead: '' }}
            draft={draft.value}
            errors={errors.value}
            onChange={(next) => {
              draft.value = next;
            }}
          />
        ))}
        {page.children}
      </div>
      {question.value}
    </>
  );
}

type SectionProps = {
  name: string;
  specs: readonly Spec[];
  told: Titled;
  draft: Draft;
  errors: readonly Wrong[];
  onChange: (draft: Draft) => void;
};

function Section({ name, specs, told: { title, lead }, draft, errors, onChange }: SectionProps) {
  const fields = specs.filter((spec) => spec.sort === 'field');
  const tables = specs.filter((spec) => spec.sort === 'table');
  return (
    <section class="panel routing-section" data-testid={`section-${name}`} aria-label={title}>
      <div>
        <h3>{title}</h3>
        <p class="small muted">{lead}</p>
      </div>
      {tables.map((spec) => (
        <Rows
          key={spec.key}
          spec={spec}
          rows={draft.rows[spec.key] ?? []}
          errors={errors}
          onChange={(rows) => onChange({ ...draft, rows: { ...draft.rows, [spec.key]: rows } })}
        />
      ))}
      <div class="fields">
        {fields.map((spec) => (
          <Control
            key={spec.key}
            cell={spec}
            wordsAt={spec.key}
            place={spec.key}
            value={draft.fields[spec.key] ?? ''}
            errors={errors}
            onType={(value) => onChange({ ...draft, fields: { ...draft.fields, [spec.key]: value } })}
          />
        ))}
      </div>
    </section>
  );
}
