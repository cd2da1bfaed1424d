import type { Entry } from '../../../lib/domain/entry.ts';
import type { Gap, GapKind } from '../../../lib/domain/gap.ts';
import { hashOf } from '../../route.ts';
import { fill } from '../../words/words.ts';
import { ago, counted, number, share } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { w } from './words.ts';

const EXAMPLES = 5;

type GapProps = { shell: Shell; gap: Gap; onChanged: () => Promise<void> };

/** Questions of one meaning, how often, what agents said, and the click that makes an entry of them. */
export function GapView({ shell, gap, onChanged }: GapProps) {
  const say = w.value;
  const { title, language, count, kinds, firstAt, lastAt, examples, replies, nearest } = gap;
  const now = shell.now();
  return (
    <li class="panel gap" data-testid="gap" data-gap={gap.id}>
      <div class="panel-head">
        <h3 lang={language === 'zh' ? 'zh-CN' : 'en'}>{title}</h3>
        <strong class="number">{counted(say.times, count)}</strong>
      </div>
      <p class="small muted row-of">
        {(Object.entries(kinds) as [GapKind, number][]).map(([kind, n]) => (
          <span key={kind} class="chip">
            {say[kind]} {number(n)}
          </span>
        ))}
        <span>{fill(say.from, { first: ago(firstAt, now), last: ago(lastAt, now) })}</span>
      </p>
      <div class="gap-sides">
        <Lines title={say.examples} lines={examples.slice(0, EXAMPLES)} />
        <Lines
          title={say.replies}
          lines={replies.slice(0, EXAMPLES).map((reply) => `${reply.text} (${number(reply.count)})`)}
        />
      </div>
      {nearest === undefined ? null : (
        <p class="small">
          <a class="link" href={hashOf('entries', nearest.entryId)}>
            {fill(say.nearest, { question: nearest.question, share: share(nearest.confidence) })}
          </a>
        </p>
      )}
      {gap.status === 'drafted' ? null : <Actions shell={shell} gap={gap} onChanged={onChanged} />}
    </li>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div>
      <h4 class="small muted">{title}</h4>
      <ul>
        {lines.map((line) => (
          <li key={line} class="pre">
            {line}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Actions({ shell, gap, onChanged }: GapProps) {
  const say = w.value;
  const path = `/v1/knowledge/gaps/${encodeURIComponent(gap.id)}`;
  const draft = async () => {
    const entry = await shell.attempt(() => shell.call('POST', `${path}/draft`, {}) as Promise<Entry>);
    if (entry === undefined) return;
    shell.say('good', fill(say.madeEntry, { id: entry.id }));
    shell.go('entries', entry.id);
  };
  const dismiss = async () => {
    const done = await shell.attempt(async () => {
      await shell.call('POST', `${path}/dismiss`, {});
      return true;
    });
    if (done === undefined) return;
    shell.say('good', say.putAside);
    await onChanged();
  };
  return (
    <div class="row-of">
      {gap.proposal === undefined ? (
        <button type="button" onClick={() => shell.go('entries', 'new', { question: gap.title })}>
          {say.writeEntry}
        </button>
      ) : (
        <button type="button" class="primary" data-testid="gap-draft" onClick={() => void draft()}>
          {say.makeEntry}
        </button>
      )}
      {gap.status === 'open' ? (
        <button type="button" onClick={() => void dismiss()}>
          {say.dismiss}
        </button>
      ) : null}
    </div>
  );
}
