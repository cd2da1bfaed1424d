import { useSignal } from '@preact/signals';
import type { Release } from '../../../lib/domain/release.ts';
import { hashOf } from '../../route.ts';
import { fill } from '../../words/words.ts';
import { Dialog } from '../shell/dialog.tsx';
import { Field } from '../shell/field.tsx';
import { frozenNow } from '../shell/freeze.ts';
import { useResource } from '../shell/resource.tsx';
import { moment } from '../shell/say.ts';
import { readSettings } from '../shell/setting.ts';
import type { Shell } from '../shell/shell.ts';
import { w as shellWords } from '../shell/words.ts';
import { w } from './words.ts';

type GoLiveProps = { shell: Shell; release: Release; onDone: () => Promise<void> };

/** Publishing a release that is ready, letting through one that is blocked, or going back to one that was live. */
export function GoLive({ shell, release, onDone }: GoLiveProps) {
  const say = w.value;
  const asked = useSignal(false);
  const { status, id, snapshotKey } = release;
  const isBack = status === 'superseded';
  const label = { ready: say.publish, blocked: say.publishAnyway, superseded: say.rollBack }[status as 'ready'];
  if (label === undefined) return null;
  return (
    <>
      {snapshotKey === undefined && status === 'blocked' ? null : (
        <a class="button" href={hashOf('draft', undefined, { from: 'live', to: id })}>
          {isBack ? say.whatBack : say.whatChanges}
        </a>
      )}
      <button
        type="button"
        class={isBack ? '' : 'primary'}
        data-testid="go-live"
        onClick={() => {
          asked.value = true;
        }}
      >
        {label}
      </button>
      {asked.value ? (
        <Confirm
          shell={shell}
          release={release}
          onDone={onDone}
          onClose={() => {
            asked.value = false;
          }}
        />
      ) : null}
    </>
  );
}

function Confirm({ shell, release, onDone, onClose }: GoLiveProps & { onClose: () => void }) {
  const say = w.value;
  const settings = useResource(() => readSettings(shell), 'settings');
  const { status, id, activatedAt, createdAt } = release;
  const frozen = frozenNow(settings.value.value?.freezes, shell.now());
  const needsReason = status === 'blocked' || frozen !== undefined;
  const reason = useSignal('');
  const tried = useSignal(false);
  const lacks = needsReason && reason.value.trim() === '';
  const titles = {
    ready: fill(say.publishTitle, { id }),
    blocked: say.overrideTitle,
    superseded: fill(say.rollBackTitle, { id }),
  };
  const when = moment(activatedAt ?? createdAt);
  const go = async () => {
    tried.value = true;
    if (lacks) return;
    const body = needsReason ? { override: { reason: reason.value.trim() } } : {};
    const done = await shell.attempt(() =>
      shell.call('POST', `/v1/knowledge/releases/${encodeURIComponent(id)}/activate`, body),
    );
    onClose();
    if (done !== undefined) shell.say('good', say.nowLive);
    await onDone();
  };
  return (
    <Dialog title={titles[status as 'ready']} onClose={onClose}>
      <p>{status === 'superseded' ? fill(say.rollBackText, { when }) : say.publishText}</p>
      {frozen === undefined ? null : (
        <p class="callout warm">
          {fill(say.freeze, { from: moment(frozen.from), until: moment(frozen.until), reason: frozen.reason })}
        </p>
      )}
      {needsReason ? (
        <Field label={say.reason} hint={say.reasonHint} wrong={tried.value && lacks ? say.reasonNeeded : undefined}>
          {(ids) => (
            <input
              {...ids}
              maxLength={1_000}
              data-testid="reason"
              value={reason.value}
              onInput={(event) => {
                reason.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
      ) : null}
      <div class="dialog-actions">
        <button type="button" onClick={onClose}>
          {shellWords.value.cancel}
        </button>
        <button type="button" class="primary" data-testid="go-live-now" onClick={() => void go()}>
          {say.publish}
        </button>
      </div>
    </Dialog>
  );
}
