import { useSignal } from '@preact/signals';
import type { SecretName } from '../../../lib/domain/tenant.ts';
import { fill } from '../../words/words.ts';
import { Confirm } from '../shell/confirm.tsx';
import type { Shell } from '../shell/shell.ts';
import { ShowOnce } from '../shell/show-once.tsx';
import { w } from './words.ts';

const NAMES: readonly SecretName[] = ['webhookSecret', 'callbackSecret'];

/** What signs the calls between the platform and us: made anew here, and shown once. */
export function Secrets({ shell }: { shell: Shell }) {
  const say = w.value;
  const asking = useSignal<SecretName | undefined>(undefined);
  const made = useSignal<{ name: SecretName; secret: string } | undefined>(undefined);
  const rotate = async (name: SecretName) => {
    asking.value = undefined;
    const path = `/v1/tenants/${encodeURIComponent(shell.tenant)}`;
    const answer = await shell.attempt(() => shell.call('PATCH', path, { rotate: name }));
    const { secret } = (answer ?? {}) as { secret?: string };
    if (secret !== undefined) made.value = { name, secret };
  };
  return (
    <section class="panel routing-section" data-testid="section-secrets" aria-label={say.secrets}>
      <div>
        <h3>{say.secrets}</h3>
        <p class="small muted">{say.secretsLead}</p>
      </div>
      <p class="address">
        {say.webhookAddress} <code>{`${location.origin}/v1/webhooks/generic/${shell.tenant}`}</code>
      </p>
      {NAMES.map((name) => (
        <div key={name} class="panel-head">
          <p>{say[name]}</p>
          <button
            type="button"
            aria-label={`${say.rotate}: ${say.secretName[name]}`}
            data-testid={`rotate-${name}`}
            onClick={() => {
              asking.value = name;
            }}
          >
            {say.rotate}
          </button>
        </div>
      ))}
      {asking.value === undefined ? null : (
        <Confirm
          title={fill(say.rotateTitle, { name: say.secretName[asking.value] })}
          lead={asking.value === 'webhookSecret' ? say.rotateLead : say.rotateCallback}
          yes={say.rotate}
          no={say.cancel}
          onYes={() => void (asking.value === undefined ? undefined : rotate(asking.value))}
          onNo={() => {
            asking.value = undefined;
          }}
        />
      )}
      {made.value === undefined ? null : (
        <ShowOnce
          title={fill(say.newSecret, { name: say.secretName[made.value.name] })}
          lead={say.newSecretLead}
          label={say.secretName[made.value.name]}
          value={made.value.secret}
          testId="new-secret"
          onClose={() => {
            made.value = undefined;
          }}
        />
      )}
    </section>
  );
}
