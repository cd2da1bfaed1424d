import { Field } from '../shell/field.tsx';
import type { Shell } from '../shell/shell.ts';
import { pasted, type SECRETS, type Typed, type View } from './connect.ts';
import { w } from './words.ts';

export type FormProps = { typed: Typed; view: View | undefined; onType: (typed: Typed) => void };

/** The installation, the account, and whose tokens we use. */
export function Account({ typed, view, onType }: FormProps) {
  const say = w.value;
  return (
    <section class="panel" aria-label={say.stepOne}>
      <h3>{say.stepOne}</h3>
      <div class="fields">
        <Field label={say.address} hint={say.addressHint}>
          {(ids) => (
            <input
              {...ids}
              type="url"
              data-testid="address"
              placeholder="https://app.chatwoot.com"
              value={typed.baseUrl}
              onInput={(event) => onType(pasted(typed, event.currentTarget.value))}
            />
          )}
        </Field>
        <Field label={say.account}>
          {(ids) => (
            <input
              {...ids}
              inputMode="numeric"
              data-testid="account-number"
              value={typed.accountId}
              onInput={(event) => onType({ ...typed, accountId: event.currentTarget.value })}
            />
          )}
        </Field>
        <Secret name="accessToken" label={say.token} hint={say.tokenHint} typed={typed} view={view} onType={onType} />
        <Secret name="botToken" label={say.bot} hint={say.botHint} typed={typed} view={view} onType={onType} />
      </div>
    </section>
  );
}

type SecretProps = FormProps & { name: (typeof SECRETS)[number]; label: string; hint: string };

/** What is set is never shown again. */
function Secret({ name, label, hint, typed, view, onType }: SecretProps) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          type="password"
          autocomplete="off"
          spellcheck={false}
          data-testid={name}
          placeholder={view?.has[name] === true ? w.value.kept : ''}
          value={typed[name]}
          onInput={(event) => onType({ ...typed, [name]: event.currentTarget.value })}
        />
      )}
    </Field>
  );
}

/** The address to paste into Chatwoot, and the secrets that Chatwoot then shows. */
export function Webhook({ typed, view, onType, shell }: FormProps & { shell: Shell }) {
  const say = w.value;
  const url = view === undefined ? '' : `${globalThis.location.origin}${view.webhookPath}`;
  const copy = () => navigator.clipboard.writeText(url).then(() => shell.say('good', say.copied));
  return (
    <section class="panel" aria-label={say.stepTwo}>
      <h3>{say.stepTwo}</h3>
      {view === undefined ? (
        <p class="muted">{say.saveFirst}</p>
      ) : (
        <>
          <p>{say.webhook}</p>
          <div class="row-of">
            <code class="grow" data-testid="webhook-url">
              {url}
            </code>
            <button type="button" onClick={() => void shell.attempt(copy)}>
              {say.copy}
            </button>
          </div>
          <p class="small muted">{say.events}</p>
        </>
      )}
      <div class="fields">
        <Secret
          name="webhookSecret"
          label={say.secret}
          hint={say.secretHint}
          typed={typed}
          view={view}
          onType={onType}
        />
        <Secret
          name="botSecret"
          label={say.botSecret}
          hint={say.botSecretHint}
          typed={typed}
          view={view}
          onType={onType}
        />
        <Field label={say.verify}>
          {(ids) => (
            <select
              {...ids}
              value={typed.verify}
              onChange={(event) => onType({ ...typed, verify: event.currentTarget.value as Typed['verify'] })}
            >
              <option value="required">{say.required}</option>
              <option value="when_signed">{say.whenSigned}</option>
              <option value="off">{say.off}</option>
            </select>
          )}
        </Field>
      </div>
    </section>
  );
}

/** What the bot may answer, and what is written beside the conversation. */
export function Behaviour({ typed, onType }: FormProps) {
  const say = w.value;
  const notes = [
    ['handoff', say.noteHandoff],
    ['wrapUp', say.noteWrapUp],
    ['suggestions', say.noteSuggestions],
  ] as const;
  return (
    <section class="panel" aria-label={say.stepThree}>
      <h3>{say.stepThree}</h3>
      <div class="fields">
        <Field label={say.answers}>
          {(ids) => (
            <select
              {...ids}
              value={typed.botAnswers}
              onChange={(event) => onType({ ...typed, botAnswers: event.currentTarget.value as Typed['botAnswers'] })}
            >
              <option value="pending">{say.pending}</option>
              <option value="unassigned">{say.unassigned}</option>
            </select>
          )}
        </Field>
        <Field label={say.inboxes} hint={say.inboxesHint}>
          {(ids) => (
            <input
              {...ids}
              value={typed.inboxes}
              onInput={(event) => onType({ ...typed, inboxes: event.currentTarget.value })}
            />
          )}
        </Field>
      </div>
      <fieldset class="plain">
        <legend class="small">{say.notes}</legend>
        {notes.map(([name, label]) => (
          <label key={name} class="row-of">
            <input
              type="checkbox"
              checked={typed.notes[name]}
              onChange={(event) => onType({ ...typed, notes: { ...typed.notes, [name]: event.currentTarget.checked } })}
            />
            {label}
          </label>
        ))}
      </fieldset>
    </section>
  );
}
