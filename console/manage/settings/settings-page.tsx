import type { PageProps } from '../pages.ts';
import { SettingsForm } from '../routing/settings-form.tsx';
import { modeQuestion } from './mode-question.tsx';
import { Secrets } from './secrets.tsx';
import { SECTIONS } from './sections.ts';
import { w } from './words.ts';

/** How the bot takes part and how the shop is connected: what is set of a tenant besides routing and its knowledge. */
export function SettingsPage({ shell }: PageProps) {
  const { title, lead, section, elsewhere } = w.value;
  return (
    <SettingsForm
      shell={shell}
      name="settings"
      title={title}
      lead={lead}
      sections={SECTIONS}
      told={section}
      ask={modeQuestion}
    >
      <Secrets shell={shell} />
      <p class="small muted">{elsewhere}</p>
    </SettingsForm>
  );
}
