import { useSignal } from '@preact/signals';
import type { OneTimeLink, PersonView, TenantRole } from '../../../lib/domain/access.ts';
import { Field } from '../shell/field.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';
import type { Shell } from '../shell/shell.ts';
import { ROLES } from './roles.ts';
import { w } from './words.ts';

type Made = { person: PersonView; link: OneTimeLink };
type AddPersonProps = { shell: Shell; onClose: () => void; onMade: (made: Made) => void };

export function AddPerson({ shell, onClose, onMade }: AddPersonProps) {
  const say = w.value;
  const role = useSignal<TenantRole>('agent');
  const submit = async (values: FormData) => {
    const read = (name: string) => String(values.get(name) ?? '').trim();
    const agentId = read('agentId');
    const wish = { login: read('login'), name: read('name'), role: role.value, ...(agentId === '' ? {} : { agentId }) };
    const made = (await shell.attempt(() => shell.call('POST', '/v1/people', wish))) as Made | undefined;
    if (made !== undefined) onMade(made);
  };
  return (
    <FormDialog title={say.add} save={say.save} cancel={say.cancel} onSubmit={submit} onClose={onClose}>
      <Field label={say.name}>{(ids) => <input {...ids} name="name" required maxLength={200} />}</Field>
      <Field label={say.login}>
        {(ids) => (
          <input {...ids} name="login" required minLength={2} maxLength={100} autocapitalize="off" spellcheck={false} />
        )}
      </Field>
      <Field label={say.role}>
        {(ids) => (
          <select
            {...ids}
            value={role.value}
            onChange={(event) => {
              role.value = event.currentTarget.value as TenantRole;
            }}
          >
            {ROLES.map((one) => (
              <option key={one} value={one}>
                {say[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={say.agentId} hint={say.agentIdHint}>
        {(ids) => <input {...ids} name="agentId" maxLength={200} autocapitalize="off" spellcheck={false} />}
      </Field>
    </FormDialog>
  );
}
