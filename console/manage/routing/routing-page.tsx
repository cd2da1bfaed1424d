import type { PageProps } from '../pages.ts';
import { AgentList } from './agent-list.tsx';
import { SECTIONS } from './sections.ts';
import { SettingsForm } from './settings-form.tsx';
import { w } from './words.ts';

/** How conversations reach people. */
export function RoutingPage({ shell }: PageProps) {
  const { title, lead, section } = w.value;
  return (
    <SettingsForm shell={shell} name="routing" title={title} lead={lead} sections={SECTIONS} told={section}>
      <AgentList shell={shell} />
    </SettingsForm>
  );
}
