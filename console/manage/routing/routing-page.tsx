import { useSignal } from '@preact/signals';
import { formatLocal, instantOf } from '../../../lib/domain/local-time.ts';
import type { Settings } from '../../../lib/domain/tenant.ts';
import { ApiError } from '../../api.ts';
import type { PageProps } from '../pages.ts';
import { useUnsaved } from '../shell/guard.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { Loaded, useResource } from '../shell/resource.tsx';
import { counted } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { AgentList } from './agent-list.tsx';
import { Control } from './control.tsx';
import { DEFAULT_ROUTING } from './defaults.ts';
import { type Draft, draftOf, patchOf, type Wrong } from './form.ts';
import { Rows } from './rows.tsx';
import { SECTION_NAMES, SECTIONS, type SectionName, type Spec } from './sections.ts';
import type { Clock } from './values.ts';
import { w } from './words.ts';

const clockOf = (timeZone: string): Clock => ({
  show: (iso) => formatLocal(Date.parse(iso), timeZone),
  read: (text) => {
    const at = instantOf(text, timeZone);
    return at === undefined ? text : new Date(at).toISOString();
  },
});

type Kept = Pick<Settings, 'routing' | 'wording' | 'opening' | 'timeZone' | 'visibility' | 'sessionHours' | 'embed'>;
/** What holds where nothing is set. */
const DEFAULTS = { visibility: 'all', sessionHours: 12 } as const;

const read = async (shell: Shell): Promise<Kept> => {
  const { tenant } = (await shell.call('GET', `/v1/tenants/${encodeURIComponent(shell.tenant)}`)) as {
    tenant: { settings: Kept };
  };
  return { ...DEFAULTS, ...tenant.settings, routing: { ...DEFAULT_ROUTING, ...tenant.settings.routing } };
};

/** How conversations reach people, to be set without reading JSON. */
export function RoutingPage({ shell }: PageProps) {
  const settings = useResource(() => read(shell), 'routing');
  return (
    <Loaded of={settings}>
      {(kept) => <Form key={JSON.stringify(kept)} shell={shell} kept={kept} reload={settings.reload} />}
    </Loaded>
  );
}

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

type FormProps = { shell: Shell; kept: Kept; reload: () => Promise<void> };

function Form({ shell, kept, reload }: FormProps) {
  const say = w.value;
  const clock = clockOf(kept.timeZone);
  const before = draftOf(kept, clock);
  const draft = useSignal<Draft>(before);
  const errors = useSignal<readonly Wrong[]>([]);
  const unsaved = JSON.stringify(draft.value) !== JSON.stringify(before);
  useUnsaved(unsaved);
  const save = async () => {
    errors.value = [];
    const path = `/v1/tenants/${encodeURIComponent(shell.tenant)}`;
    const found = await shell.attempt(() => refused(shell.call('PATCH', path, patchOf(draft.value, before, clock))));
    if (found === undefined) return;
    errors.value = found;
    if (found.length > 0) return shell.say('bad', counted(say.wrong, found.length));
    shell.say('good', say.saved);
    await reload();
  };
  return (
    <>
      <PageHead title={say.title} lead={say.lead}>
        <button
          type="button"
          class="primary"
          data-testid="save-routing"
          disabled={!unsaved}
          onClick={() => void save()}
        >
          {say.save}
        </button>
      </PageHead>
      <div class="page-body">
        {SECTION_NAMES.map((name) => (
          <Section
            key={name}
            name={name}
            draft={draft.value}
            errors={errors.value}
            onChange={(next) => {
              draft.value = next;
            }}
          />
        ))}
        <AgentList shell={shell} />
      </div>
    </>
  );
}

type SectionProps = { name: SectionName; draft: Draft; errors: readonly Wrong[]; onChange: (draft: Draft) => void };

function Section({ name, draft, errors, onChange }: SectionProps) {
  const { title, lead } = w.value.section[name];
  const specs: readonly Spec[] = SECTIONS[name];
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
