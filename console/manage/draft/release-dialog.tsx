import { useSignal } from '@preact/signals';
import { instantOf } from '../../../lib/domain/local-time.ts';
import type { Release } from '../../../lib/domain/release.ts';
import { fill } from '../../words/words.ts';
import { Dialog } from '../shell/dialog.tsx';
import { Field } from '../shell/field.tsx';
import { frozenNow } from '../shell/freeze.ts';
import { moment } from '../shell/say.ts';
import type { ShopSettings } from '../shell/setting.ts';
import type { Shell } from '../shell/shell.ts';
import { w as shellWords } from '../shell/words.ts';
import { w } from './words.ts';

type DialogProps = {
  shell: Shell;
  settings: ShopSettings;
  /** Only this entry, by the fast way. */
  urgent?: { id: string; question: string } | undefined;
  onClose: () => void;
};

type Wish = { note: string; publish: boolean; at: string; override: boolean; reason: string };

function requestOf(wish: Wish, zone: string, urgent: DialogProps['urgent']): object {
  const at = wish.at === '' ? undefined : instantOf(wish.at, zone);
  const note = wish.note.trim();
  return {
    publish: urgent !== undefined || wish.publish,
    ...(note === '' ? {} : { note }),
    ...(at === undefined ? {} : { at: new Date(at).toISOString() }),
    ...(wish.override ? { override: { reason: wish.reason.trim() } } : {}),
    ...(urgent === undefined ? {} : { urgent: { entryId: urgent.id } }),
  };
}

export function ReleaseDialog({ shell, settings, urgent, onClose }: DialogProps) {
  const say = w.value;
  const frozen = frozenNow(settings.freezes, shell.now());
  const wish = useSignal<Wish>({ note: '', publish: true, at: '', override: frozen !== undefined, reason: '' });
  const tried = useSignal(false);
  const sending = useSignal(false);
  const change = (patch: Partial<Wish>) => {
    wish.value = { ...wish.value, ...patch };
  };
  const lacksReason = wish.value.override && wish.value.reason.trim() === '';
  const send = async () => {
    tried.value = true;
    if (lacksReason || sending.value) return;
    sending.value = true;
    const body = requestOf(wish.value, settings.timeZone, urgent);
    const made = await shell.attempt(async () => (await shell.call('POST', '/v1/knowledge/releases', body)) as Release);
    sending.value = false;
    if (made === undefined) return;
    onClose();
    shell.go('releases', made.id);
  };
  return (
    <Dialog title={urgent === undefined ? say.dialogTitle : say.dialogUrgent} onClose={onClose}>
      {urgent === undefined ? null : (
        <p>
          <strong>{urgent.question}</strong>
          <br />
          <span class="muted">{say.urgentHint}</span>
        </p>
      )}
      {frozen === undefined ? null : (
        <p class="callout warm">
          <strong>{fill(say.frozen, { until: moment(frozen.until), reason: frozen.reason })}</strong>
          <span>{say.frozenHint}</span>
        </p>
      )}
      <Field label={say.note} hint={say.noteHint}>
        {(ids) => (
          <textarea
            {...ids}
            rows={2}
            maxLength={1_000}
            data-testid="release-note"
            value={wish.value.note}
            onInput={(event) => change({ note: event.currentTarget.value })}
          />
        )}
      </Field>
      {urgent === undefined ? <Publishing wish={wish.value} zone={settings.timeZone} onChange={change} /> : null}
      <Override wish={wish.value} wrong={tried.value && lacksReason} onChange={change} />
      <div class="dialog-actions">
        <button type="button" onClick={onClose}>
          {shellWords.value.cancel}
        </button>
        <button
          type="button"
          class="primary"
          data-testid="release-go"
          disabled={sending.value}
          onClick={() => void send()}
        >
          {say.go}
        </button>
      </div>
    </Dialog>
  );
}

type PartProps = { wish: Wish; onChange: (patch: Partial<Wish>) => void };

function Publishing({ wish, zone, onChange }: PartProps & { zone: string }) {
  const say = w.value;
  const ways: [boolean, string, string][] = [
    [true, say.publishNow, 'publish-now'],
    [false, say.publishLater, 'publish-later'],
  ];
  return (
    <>
      <fieldset class="choices">
        <legend>{say.publish}</legend>
        {ways.map(([publish, label, testId]) => (
          <label key={testId} class="row-of">
            <input
              type="radio"
              name="publish"
              checked={wish.publish === publish}
              data-testid={testId}
              onChange={() => onChange({ publish })}
            />
            {label}
          </label>
        ))}
      </fieldset>
      <Field label={say.at} hint={fill(say.atHint, { zone })}>
        {(ids) => (
          <input
            {...ids}
            type="datetime-local"
            value={wish.at}
            onChange={(event) => onChange({ at: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
}

function Override({ wish, wrong, onChange }: PartProps & { wrong: boolean }) {
  const say = w.value;
  return (
    <>
      <label class="row-of">
        <input
          type="checkbox"
          checked={wish.override}
          data-testid="override"
          onChange={(event) => onChange({ override: event.currentTarget.checked })}
        />
        {say.override}
      </label>
      {wish.override ? (
        <Field label={say.overrideReason} hint={say.overrideHint} wrong={wrong ? say.overrideNeeded : undefined}>
          {(ids) => (
            <input
              {...ids}
              maxLength={1_000}
              data-testid="override-reason"
              value={wish.reason}
              onInput={(event) => onChange({ reason: event.currentTarget.value })}
            />
          )}
        </Field>
      ) : null}
    </>
  );
}
